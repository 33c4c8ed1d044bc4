/** Pictures that come with events. They stay at the gateway, and events name them. */
@NullMarked
package org.linli.edge.picture;

import org.jspecify.annotations.NullMarked;

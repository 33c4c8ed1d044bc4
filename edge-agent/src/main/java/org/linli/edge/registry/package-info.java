/** The registry from the hub, stored for times without the hub, and the unregistered equipment. */
@NullMarked
package org.linli.edge.registry;

import org.jspecify.annotations.NullMarked;

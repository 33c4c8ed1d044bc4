/** Who can do something in the hub, whatever it is that is done. */
@NullMarked
package org.linli.hub.people;

import org.jspecify.annotations.NullMarked;

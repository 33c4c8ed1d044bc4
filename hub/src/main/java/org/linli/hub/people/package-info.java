/** The actors that can do something in the hub, whatever it is. */
@NullMarked
package org.linli.hub.people;

import org.jspecify.annotations.NullMarked;

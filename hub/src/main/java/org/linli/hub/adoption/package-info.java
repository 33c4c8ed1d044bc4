/**
 * How a device that nobody registered becomes one, how broken hardware is replaced, and which
 * registry each gateway is told.
 */
@NullMarked
package org.linli.hub.adoption;

import org.jspecify.annotations.NullMarked;

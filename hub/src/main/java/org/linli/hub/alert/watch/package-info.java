/**
 * Which rules there are, and what they remember of each device: within limits, and in the hub's
 * records. It knows no alert.
 */
@NullMarked
package org.linli.hub.alert.watch;

import org.jspecify.annotations.NullMarked;

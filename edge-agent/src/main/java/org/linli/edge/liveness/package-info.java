/** The last sign of life of each device, and whether it is offline. */
@NullMarked
package org.linli.edge.liveness;

import org.jspecify.annotations.NullMarked;

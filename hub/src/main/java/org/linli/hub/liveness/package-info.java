/**
 * When each device and gateway was last heard, and whether it is present.
 *
 * <p>A batch only touches memory. A tick each second compares what was heard with what was
 * published, and writes and publishes the difference. Start with {@link
 * org.linli.hub.liveness.Liveness}.
 */
@NullMarked
package org.linli.hub.liveness;

import org.jspecify.annotations.NullMarked;

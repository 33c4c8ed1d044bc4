/**
 * Which device and which gateway spoke last, and whether they are there.
 *
 * <p>A batch only touches memory; a tick each second compares what was heard with what was told,
 * writes and tells the difference. Start with {@link org.linli.hub.liveness.Liveness}.
 */
@NullMarked
package org.linli.hub.liveness;

import org.jspecify.annotations.NullMarked;

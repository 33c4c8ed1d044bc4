/**
 * The status of devices and gateways: when each was last heard, and whether it is online.
 *
 * <p>A batch only changes memory. A ticker compares this each second with the published status, and
 * writes and publishes the difference. Start with {@link org.linli.hub.liveness.Liveness}.
 */
@NullMarked
package org.linli.hub.liveness;

import org.jspecify.annotations.NullMarked;

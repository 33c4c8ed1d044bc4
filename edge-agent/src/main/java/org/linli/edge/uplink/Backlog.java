package org.linli.edge.uplink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a lane still waits here once a batch is on its way.
 *
 * @param events how many have not been sent yet
 * @param since before when none of them was taken, by this gateway's clock; null where that is not
 *     known
 */
record Backlog(long events, @Nullable Instant since) {}

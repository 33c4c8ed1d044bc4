package org.linli.edge.uplink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rest of a lane that is still waiting after a batch was sent.
 *
 * @param events how many have not been sent yet
 * @param since a time before which none of them was taken, by this gateway's clock; null if it is
 *     not known
 */
record Backlog(long events, @Nullable Instant since) {}

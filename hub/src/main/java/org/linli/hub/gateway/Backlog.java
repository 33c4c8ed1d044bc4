package org.linli.hub.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway had not yet sent of a lane when it sent its last batch of that lane.
 *
 * @param since none of the unsent events was taken before this time, by the gateway's clock; null
 *     if the gateway did not report it
 */
public record Backlog(long events, @Nullable Instant since) {}

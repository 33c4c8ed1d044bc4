package org.linli.hub.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a lane a gateway had not sent yet when it sent its last batch of that lane.
 *
 * @param since before when none of it was taken, by the gateway's clock; null where it did not say
 */
public record Backlog(long events, @Nullable Instant since) {}

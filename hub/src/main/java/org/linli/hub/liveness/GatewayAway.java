package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;

/**
 * A gateway that was heard before has had no connection for a while. Published within a
 * transaction, once for each absence, and again if the hub was restarted in between. Its return is
 * a {@link GatewayStatusChanged}.
 *
 * @param longerThan the while
 * @param lastHeardAt when its last batch came; null for never
 * @param at when this was found
 */
public record GatewayAway(
    GatewayId gateway, Duration longerThan, @Nullable Instant lastHeardAt, Instant at) {}

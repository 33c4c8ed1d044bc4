package org.linli.hub.liveness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;

/**
 * How a gateway is.
 *
 * @param connected whether it has a connection to this hub
 * @param since when it came to be so; null where it was never connected since the hub started
 * @param lastHeardAt when its last batch came; null for never
 */
public record GatewayStatus(
    GatewayId gateway, boolean connected, @Nullable Instant since, @Nullable Instant lastHeardAt) {}

package org.linli.hub.gateway;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;

/**
 * A gateway said for the first time since the hub started what is wrong there, or something else
 * than before.
 *
 * @param before what it had said; null where it had said nothing since the hub started
 * @param troubles each since when, by the gateway's clock; empty where all is well
 * @param heardAt when the hub heard of it
 */
public record GatewayTroublesRead(
    GatewayId gateway,
    @Nullable Map<GatewayTrouble, Instant> before,
    Map<GatewayTrouble, Instant> troubles,
    Instant heardAt) {}

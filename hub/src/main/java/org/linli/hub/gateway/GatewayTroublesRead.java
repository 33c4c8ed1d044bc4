package org.linli.hub.gateway;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;

/**
 * A gateway reported its troubles for the first time since the hub started, or reported other ones
 * than before.
 *
 * @param before what it reported before; null if it has reported nothing since the hub started
 * @param troubles each trouble with the time when it began, by the gateway's clock; empty if there
 *     is none
 * @param heardAt when the hub received the report
 */
public record GatewayTroublesRead(
    GatewayId gateway,
    @Nullable Map<GatewayTrouble, Instant> before,
    Map<GatewayTrouble, Instant> troubles,
    Instant heardAt) {}

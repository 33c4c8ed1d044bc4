package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * A gateway reported that one of its own threads failed. Published once for each failure while the
 * hub runs.
 *
 * @param at when, by the gateway's clock
 * @param heardAt when the hub received the report
 */
public record GatewayThreadFailed(
    GatewayId gateway, String thread, String cause, Instant at, Instant heardAt) {}

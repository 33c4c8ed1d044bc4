package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * A gateway said what time it is by its own clock.
 *
 * @param sentAt by the gateway's clock, which may show any time, also one outside the years 1 to
 *     9999
 * @param heardAt by the hub's, later by as long as the message was on its way
 */
public record GatewayClockRead(GatewayId gateway, Instant sentAt, Instant heardAt) {}

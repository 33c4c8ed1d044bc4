package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * A gateway reported the time on its clock.
 *
 * @param sentAt by the gateway's clock, which may show any time, even one outside the years 1 to
 *     9999
 * @param heardAt by the hub's clock; later by the time that the message was on its way
 */
public record GatewayClockRead(GatewayId gateway, Instant sentAt, Instant heardAt) {}

package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/** A gateway went offline. Not published when a newer connection of the gateway took over. */
public record GatewayDisconnected(GatewayId gateway, Instant at) {}

package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/** A gateway went offline; not published when a newer connection of it took over. */
public record GatewayDisconnected(GatewayId gateway, Instant at) {}

package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/** A gateway came online and has received its watermarks. */
public record GatewayConnected(GatewayId gateway, Instant at) {}

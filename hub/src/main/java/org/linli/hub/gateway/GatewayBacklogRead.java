package org.linli.hub.gateway;

import org.linli.event.GatewayId;
import org.linli.event.Lane;

/** A gateway reported how much of a lane waits there. */
public record GatewayBacklogRead(GatewayId gateway, Lane lane, Backlog backlog) {}

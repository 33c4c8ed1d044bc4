package org.linli.hub.registry;

import org.linli.event.GatewayId;

/** A gateway and the building it stands in. */
public record Gateway(GatewayId id, String building) {}

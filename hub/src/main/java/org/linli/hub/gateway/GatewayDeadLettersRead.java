package org.linli.hub.gateway;

import org.linli.event.GatewayId;

/** A gateway reported how many messages it could not read. */
public record GatewayDeadLettersRead(GatewayId gateway, GatewayDeadLetters deadLetters) {}

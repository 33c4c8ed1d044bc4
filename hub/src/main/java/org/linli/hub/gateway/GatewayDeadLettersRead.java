package org.linli.hub.gateway;

import org.linli.event.GatewayId;

/** A gateway said how many messages it could not read. */
public record GatewayDeadLettersRead(GatewayId gateway, GatewayDeadLetters deadLetters) {}

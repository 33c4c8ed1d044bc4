package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * Two agents run under one gateway's identity: this one came back after the other had been there.
 *
 * @param instance the name that the one which came back gave itself
 * @param other the name of the one before
 */
public record IdentityShared(GatewayId gateway, String instance, String other, Instant at) {}

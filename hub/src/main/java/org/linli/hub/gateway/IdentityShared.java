package org.linli.hub.gateway;

import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * Two agents run under one gateway's identity: one came back after the other had been connected.
 *
 * @param instance the name that the agent which came back gave itself
 * @param other the name of the other one
 */
public record IdentityShared(GatewayId gateway, String instance, String other, Instant at) {}

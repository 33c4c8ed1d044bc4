package org.linli.hub.gateway;

import java.time.Duration;
import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * Connections under one gateway's identity keep taking over from each other: more than one program
 * uses the identity, or the network link breaks repeatedly. Published on an event loop, so
 * listeners must not block.
 *
 * @param from the address of the newest
 * @param times how often within the period
 */
public record TakenOverAgain(
    GatewayId gateway, String from, int times, Duration period, Instant at) {}

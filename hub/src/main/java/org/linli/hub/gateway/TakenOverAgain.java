package org.linli.hub.gateway;

import java.time.Duration;
import java.time.Instant;
import org.linli.event.GatewayId;

/**
 * Connections under one gateway's identity took over from each other again and again: more than one
 * program uses it, or its line breaks all the time. Published on an event loop: whoever hears it
 * does not block.
 *
 * @param from the address of the newest
 * @param times how often within the period
 */
public record TakenOverAgain(
    GatewayId gateway, String from, int times, Duration period, Instant at) {}

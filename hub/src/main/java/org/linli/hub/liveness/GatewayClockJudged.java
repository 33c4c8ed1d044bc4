package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;

/**
 * A gateway's clock is found to be off, or to be right. Published within a transaction, once until
 * that changes, and again if the hub was restarted in between.
 *
 * @param isOff whether it differs from the hub's by more than it may
 * @param ahead how far it is ahead of the hub's, negative if it is behind; null if it shows no time
 *     of the years 1 to 9999
 * @param at when this was found
 */
public record GatewayClockJudged(
    GatewayId gateway, boolean isOff, @Nullable Duration ahead, Instant at) {}

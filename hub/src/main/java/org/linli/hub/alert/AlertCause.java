package org.linli.hub.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Values;
import org.linli.hub.registry.BilingualName;
import org.linli.rules.Severity;

/**
 * Why an alert was opened. It never changes.
 *
 * @param key distinguishes the alerts of a source: at most one alert per key is unresolved
 * @param source what it is about
 * @param type type of the event that opened it or that was missed, or of what the hub detected
 * @param grid the grid of the device; null for a device that is in no file and for a gateway
 * @param title what happened and where, for people
 * @param event id by which the event that opened it can be followed; for an absence, that of the
 *     last event
 * @param happenedAt that event's own time
 * @param values the values of that event, as far as {@link CarriedValues} keeps them, or the {@link
 *     Particulars} of what the hub detected about a gateway or itself; null for an absence, and for
 *     an alert of a version that did not keep them
 */
public record AlertCause(
    String key,
    AlertSource source,
    EventType type,
    GatewayId gateway,
    @Nullable String grid,
    Severity severity,
    BilingualName title,
    String event,
    Instant happenedAt,
    @Nullable Values values) {}

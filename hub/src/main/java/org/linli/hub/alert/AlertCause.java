package org.linli.hub.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Severity;
import org.linli.event.Values;
import org.linli.hub.registry.BilingualName;

/**
 * Why an alert was opened. Never changes.
 *
 * @param key what tells a source's alerts apart: of each key at most one is unresolved
 * @param source what it is about
 * @param type of the event that opened it, or that was missed; what the hub noticed of a gateway
 * @param grid where the device stands; null for a device that is in no file and for a gateway
 * @param title what happened and where, for people
 * @param event id by which the event that opened it can be followed; for an absence, the last one
 * @param happenedAt that event's own time
 * @param values what that event carried, as far as {@link CarriedValues} keeps it; of what the hub
 *     noticed of a gateway or of itself, the {@link Particulars}; null for an absence, and for an
 *     alert of a version that did not keep it
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

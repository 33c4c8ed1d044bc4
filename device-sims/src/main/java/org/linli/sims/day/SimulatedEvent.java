package org.linli.sims.day;

import java.time.Instant;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;

/**
 * An event of a simulated device, before it is sent.
 *
 * @param time when it happens in the simulated day, to the millisecond
 */
public record SimulatedEvent(
    Instant time, DeviceId device, Kind kind, EventType type, EventId id, Values values) {}

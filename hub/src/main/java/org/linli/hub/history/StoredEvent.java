package org.linli.hub.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Values;

/**
 * An event as the history returns it; all times to the millisecond.
 *
 * @param id by which it can be followed everywhere
 * @param community that of its gateway when it was applied; null if the history does not say
 * @param epoch the epoch of the gateway's outbox to which {@code order} belongs
 * @param order the gateway's own number for this device's events
 * @param time when it happened
 * @param deviceTime the time that the device reported, if it was not believed; otherwise null
 * @param takenAt when the gateway received it, by the gateway's clock
 * @param receivedAt when the hub received it, by the hub's clock
 * @param storedAt when the hub handed it to the commit that made it durable, by the hub's clock: an
 *     event that can be read is durable, and its commit ended one {@code linli.history.append}
 *     after this
 * @param late whether something newer of this device had been applied before; not for measurements
 *     that an urgent event has overtaken
 */
public record StoredEvent(
    String id,
    @Nullable CommunityId community,
    DeviceId device,
    GatewayId gateway,
    long epoch,
    Kind kind,
    EventType type,
    Lane lane,
    long order,
    Instant time,
    @Nullable Instant deviceTime,
    Instant takenAt,
    Instant receivedAt,
    Instant storedAt,
    boolean late,
    Values values) {}

package org.linli.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device reported, as a gateway understood it. Times have millisecond precision.
 *
 * @param device the device that reported it
 * @param kind the kind of equipment
 * @param type what happened
 * @param id what the device calls this event; null when it gives none
 * @param time when it happened: the device's time when it is believable, otherwise {@code takenAt}
 * @param deviceTime the device's time when it was not believable (more than 5 minutes ahead or 35
 *     days behind); null otherwise (delivery contract, point 9), and null for a time outside the
 *     years 1 to 9999
 * @param takenAt when the gateway received it, by the gateway's clock
 * @param values what came with it
 */
public record DeviceEvent(
    DeviceId device,
    Kind kind,
    EventType type,
    @Nullable EventId id,
    Instant time,
    @Nullable Instant deviceTime,
    Instant takenAt,
    Values values) {

  public DeviceEvent {
    time = Times.toMillis(time);
    deviceTime = Times.known(deviceTime);
    takenAt = Times.toMillis(takenAt);
  }

  /** The device's own id for this event; empty when it gives none. */
  public Optional<EventId> givenId() {
    return Optional.ofNullable(id);
  }
}

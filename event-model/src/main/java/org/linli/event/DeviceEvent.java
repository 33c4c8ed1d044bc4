package org.linli.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device reported, as a gateway understood it. Times are kept to the millisecond.
 *
 * @param device who
 * @param kind what sort of equipment it is
 * @param type what happened
 * @param id what the device calls this event; null where it gives none
 * @param time when it happened: the device's time where it is believable, otherwise {@code takenAt}
 * @param deviceTime what the device said where that was not believed (more than 5 minutes ahead or
 *     35 days behind); otherwise null (delivery contract, point 9), as where it lies outside the
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

  public Optional<EventId> givenId() {
    return Optional.ofNullable(id);
  }
}

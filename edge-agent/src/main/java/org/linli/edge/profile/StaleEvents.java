package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * Handles events of a retained message whose own time is too long ago to be accepted ({@link
 * ClaimedTime}). A broker may send the history of a year at once when the gateway attaches, and an
 * alarm of last winter must not wake anybody today. Such events are kept as measurements that name
 * their former type. An event without a time stays as it is, because it may be the only copy of an
 * alarm. So does one with the time of a clock that was never set.
 */
public final class StaleEvents {

  /** The name of the value that holds the event's type. */
  public static final String WAS = "retained";

  /** For so long an alarm that a device kept, because it could not send it, is one. */
  private static final Duration OLD = Duration.ofHours(25);

  /** Clocks that were never set begin in 1970, in 2000 or when their firmware was built. */
  private static final Instant FIRST_BELIEVABLE = Instant.parse("2016-01-01T00:00:00Z");

  private StaleEvents() {}

  /** Whether it is not the time of a clock that was never set. */
  public static boolean isBelievable(@Nullable Instant said) {
    return said != null && said.isAfter(FIRST_BELIEVABLE);
  }

  /**
   * Whether a device that sends what it kept had this for too long. A clock that was never set says
   * nothing of that.
   *
   * @param said when it happened, by the device; null if it does not say
   */
  public static boolean isTooOld(@Nullable Instant said, Instant receivedAt) {
    return said != null && isBelievable(said) && said.isBefore(receivedAt.minus(OLD));
  }

  static boolean isOld(DeviceEvent event) {
    Instant said = event.deviceTime();
    return said != null
        && said.isBefore(event.takenAt())
        && isBelievable(said)
        && !event.type().isMeasurement();
  }

  /** The same events; old ones become measurements. */
  static List<DeviceEvent> settled(List<DeviceEvent> events) {
    return events.stream().map(event -> isOld(event) ? measured(event) : event).toList();
  }

  /** The same as a measurement that names its former type. */
  static DeviceEvent measured(DeviceEvent event) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(WAS, new Value.Text(event.type().value()));
    for (Map.Entry<String, Value> value : event.values().byName().entrySet()) {
      if (values.size() < Values.MAX_COUNT) {
        values.putIfAbsent(value.getKey(), value.getValue());
      }
    }
    return new DeviceEvent(
        event.device(),
        event.kind(),
        EventType.MEASUREMENT,
        event.id(),
        event.time(),
        event.deviceTime(),
        event.takenAt(),
        new Values(values));
  }
}

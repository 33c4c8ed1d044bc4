package org.linli.edge.profile;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;

/**
 * The alarms of one part of a message that a device had kept, and whose ends it had kept too and
 * said before: each is told with its end, so that no alert stays open (decision 0063). For one
 * thread.
 */
public final class OvertakenAlarms {

  private final Map<Alarm, Instant> ends = new HashMap<>();

  private record Alarm(DeviceId device, EventType type) {}

  OvertakenAlarms() {}

  /**
   * Adds one.
   *
   * @param signal whose known state is the end
   */
  void add(MessageReading reading, DeviceId device, EventType alarm, String signal) {
    StateChange.Known end = reading.knownStates().known(reading, device, signal);
    Instant endedAt = end == null ? null : end.at();
    if (endedAt != null) {
      ends.put(new Alarm(device, alarm), endedAt);
    }
  }

  /** An alarm holds, whatever was said of it before. */
  void remove(DeviceId device, EventType alarm) {
    ends.remove(new Alarm(device, alarm));
  }

  void clear() {
    ends.clear();
  }

  /** Whether an alarm that is told next is over. */
  public boolean has(Subject subject, EventType alarm) {
    return ends.containsKey(new Alarm(subject.device(), alarm));
  }

  /** The end of an alarm that has just been told; null if it holds. */
  @Nullable DeviceEvent endOf(DeviceEvent alarm) {
    Instant at = ends.remove(new Alarm(alarm.device(), alarm.type()));
    EventType type = Endings.endOf(alarm.type());
    if (at == null || type == null) {
      return null;
    }
    ClaimedTime time = ClaimedTime.of(at, alarm.takenAt());
    return new DeviceEvent(
        alarm.device(),
        alarm.kind(),
        type,
        null,
        time.time(),
        time.unbelieved(),
        alarm.takenAt(),
        ToldAlarms.place(alarm));
  }
}

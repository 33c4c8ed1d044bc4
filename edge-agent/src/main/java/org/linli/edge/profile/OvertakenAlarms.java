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

  /** Made for the first one, because most messages have none. */
  private @Nullable Map<Alarm, End> ends;

  private record Alarm(DeviceId device, EventType type) implements Comparable<Alarm> {

    /** Keeps the hash table fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Alarm other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : type.compareTo(other.type);
    }
  }

  /**
   * When it ended.
   *
   * @param isAgain whether the alarm was told before
   */
  private record End(Instant at, boolean isAgain) {}

  OvertakenAlarms() {}

  static boolean isOver(KnownStates.Said said) {
    return said == KnownStates.Said.OVERTAKEN || said == KnownStates.Said.OVERTAKEN_AGAIN;
  }

  /**
   * Notes what was said of an alarm.
   *
   * @param signal whose known state is the end, if it is over
   */
  void told(
      MessageReading reading,
      DeviceId device,
      EventType type,
      String signal,
      KnownStates.Said said) {
    StateChange.Known end =
        isOver(said) ? reading.knownStates().known(reading, device, signal) : null;
    Instant endedAt = end == null ? null : end.at();
    if (endedAt == null) {
      holds(device, type);
    } else {
      put(new Alarm(device, type), new End(endedAt, said == KnownStates.Said.OVERTAKEN_AGAIN));
    }
  }

  private void put(Alarm alarm, End end) {
    if (ends == null) {
      ends = new HashMap<>();
    }
    ends.put(alarm, end);
  }

  private @Nullable End remove(DeviceId device, EventType type) {
    return ends == null ? null : ends.remove(new Alarm(device, type));
  }

  private @Nullable End find(Subject subject, EventType type) {
    return ends == null ? null : ends.get(new Alarm(subject.device(), type));
  }

  /** An alarm holds, whatever was said of it before. */
  void holds(DeviceId device, EventType alarm) {
    var _ = remove(device, alarm);
  }

  void clear() {
    ends = null;
  }

  /** Takes back when an alarm ended, to be told of it later; null if it holds. */
  public @Nullable Instant take(Subject subject, EventType alarm) {
    End end = remove(subject.device(), alarm);
    return end == null ? null : end.at();
  }

  /** The alarm is told next, and ended then. */
  public void tellEnd(Subject subject, EventType alarm, Instant endedAt) {
    put(new Alarm(subject.device(), alarm), new End(endedAt, false));
  }

  /** Whether an alarm that is told next is over. */
  public boolean has(Subject subject, EventType alarm) {
    return find(subject, alarm) != null;
  }

  /** Whether it is one that was told before. */
  public boolean isAgain(Subject subject, EventType alarm) {
    End end = find(subject, alarm);
    return end != null && end.isAgain();
  }

  /** The end of an alarm that has just been told; null if it holds. */
  @Nullable DeviceEvent endOf(DeviceEvent alarm) {
    End end = remove(alarm.device(), alarm.type());
    EventType type = Endings.endOf(alarm.type());
    if (end == null || type == null) {
      return null;
    }
    ClaimedTime time = ClaimedTime.of(end.at(), alarm.takenAt());
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

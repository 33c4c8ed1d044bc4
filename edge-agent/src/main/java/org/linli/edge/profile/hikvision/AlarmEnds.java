package org.linli.edge.profile.hikvision;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.event.EventType;

/**
 * The ends of alarms that are events: smoke in a zone of a panel, a box in a fire lane. One is told
 * when the last region or zone that told the alarm says that it is over.
 */
final class AlarmEnds {

  private static final String BEFORE_REGION = "-";

  private final Changes changes;
  private final Conditions conditions;

  AlarmEnds(Changes changes) {
    this.changes = changes;
    this.conditions = new Conditions(changes);
  }

  /**
   * Notes that an alarm is active.
   *
   * @return whether it was, and its end was said before
   */
  boolean begun(
      MessageReading reading,
      Subject device,
      String type,
      String signal,
      @Nullable Instant claimed) {
    EventType event = AlarmTypes.ofActive(type);
    if (type.equals(AlarmTypes.VIDEO_LOSS)) {
      return changes.raised(reading, device, type, event, StateTime.byDevice(claimed));
    }
    if (AlarmTypes.end(event).isPresent()) {
      var _ = change(reading, device, event, claimed, Map.of(signal, true));
    }
    return reading.overtaken().has(device, event);
  }

  /** The event of the end; without a region, all regions are in order. */
  Optional<EventType> ended(
      MessageReading reading,
      Subject device,
      String type,
      Optional<String> region,
      @Nullable Instant claimed) {
    EventType event = AlarmTypes.ofActive(type);
    Optional<EventType> end = AlarmTypes.end(event);
    if (end.isEmpty()) {
      return end;
    }
    Map<String, Boolean> over = new LinkedHashMap<>();
    over.put(type + region.map(id -> BEFORE_REGION + id).orElse(""), false);
    if (region.isEmpty()) {
      changes
          .names(reading, device, Conditions.signal(event, type + BEFORE_REGION))
          .forEach(rest -> over.put(type + BEFORE_REGION + rest, false));
    }
    return end.filter(_ -> change(reading, device, event, claimed, over).isPresent());
  }

  private Optional<Boolean> change(
      MessageReading reading,
      Subject device,
      EventType event,
      @Nullable Instant claimed,
      Map<String, Boolean> told) {
    return conditions.change(reading, device, event, _ -> true, StateTime.byDevice(claimed), told);
  }
}

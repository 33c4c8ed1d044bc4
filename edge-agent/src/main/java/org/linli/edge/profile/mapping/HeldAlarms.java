package org.linli.edge.profile.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.event.EventType;
import org.linli.event.Sha256;

/**
 * Which points of a device an alarm holds at. The hub has one alert for a device and a type, so its
 * end is told once it holds at no point.
 */
record HeldAlarms(Changes changes, Map<EventType, Set<EventType>> endedBy) {

  private static final String HOLDS = "holds/";

  /** In hexadecimal digits. */
  private static final int MARK = 16;

  /** Ends with other types than those of the same first word. */
  private static final Map<String, Set<String>> SPECIAL =
      Map.of(
          "door.closed", Set.of("door.held-open"),
          "door.secured", Set.of("door.forced"),
          "fault.cleared", Set.of("door.fault", "stopped-off-level"),
          // Each bay is an event of its own, and no alarm.
          "bay.freed", Set.of());

  private static final Set<String> ENDINGS =
      Set.of("cleared", "restored", "normal", "released", "freed", "secured", "ended", "recovered");

  HeldAlarms {
    endedBy = Map.copyOf(endedBy);
  }

  /** For the rules of a mapping. */
  static HeldAlarms of(List<EventRule> rules, Changes changes) {
    Map<EventType, Set<EventType>> endedBy = new HashMap<>();
    for (EventRule end : rules) {
      Set<EventType> alarms = new HashSet<>();
      for (EventRule alarm : rules) {
        if (isEnd(end.type().value(), alarm.type().value())) {
          alarms.add(alarm.type());
        }
      }
      if (!alarms.isEmpty()) {
        endedBy.put(end.type(), Set.copyOf(alarms));
      }
    }
    return new HeldAlarms(changes, endedBy);
  }

  private static boolean isEnd(String end, String alarm) {
    Set<String> special = SPECIAL.get(end);
    return special != null
        ? special.contains(alarm)
        : isEnding(end) && !isEnding(alarm) && first(end).equals(first(alarm));
  }

  private static boolean isEnding(String type) {
    return ENDINGS.contains(
        type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('-')) + 1));
  }

  private static String first(String type) {
    return type.substring(0, Math.max(type.indexOf('.'), 0));
  }

  /** Whether a type ends an alarm of this mapping. */
  boolean isEnd(EventType type) {
    return endedBy.containsKey(type);
  }

  /** Whether a type is an alarm that another one ends. */
  boolean isEnded(EventType type) {
    return endedBy.values().stream().anyMatch(alarms -> alarms.contains(type));
  }

  /**
   * Notes that a rule fits what a point says. An alarm that is over is noted with the reading.
   *
   * @param time when it says that
   * @return whether it is an end that was said late, and that ends nothing
   */
  boolean note(
      MessageReading reading, Subject subject, EventRule rule, String point, StateTime time) {
    EventType type = rule.type();
    String mark = Sha256.hexOf(point).substring(0, MARK);
    if (isEnded(type) && rule.change() != null) {
      // What it gives would make a repeat of the next alarm, if this one were over.
      changes.noteWithItsEvent(reading, subject, signal(type, mark), true, time.of(true));
    } else if (isEnded(type)) {
      var _ = changes.raised(reading, subject, signal(type, mark), type, time);
    }
    List<String> over = new ArrayList<>();
    for (EventType alarm : endedBy.getOrDefault(type, Set.of())) {
      String signal = signal(alarm, mark);
      if (holds(reading, subject, signal)) {
        over.add(signal);
      } else if (time.at() != null) {
        // The alarm may be said later.
        changes.noteWithItsEvent(reading, subject, signal, false, time.of(false));
      }
    }
    return changes.isLateEnd(reading, subject, over, time.of(false));
  }

  /** Whether an alarm holds at some point of the device. */
  boolean isRaised(MessageReading reading, Subject subject, EventType alarm) {
    return changes.names(reading, subject, signal(alarm, "")).stream()
        .anyMatch(mark -> holds(reading, subject, signal(alarm, mark)));
  }

  /** Whether a type ends an alarm that still holds at some point of the device. */
  boolean isHeld(MessageReading reading, Subject subject, EventType type) {
    return endedBy.getOrDefault(type, Set.of()).stream()
        .anyMatch(alarm -> isRaised(reading, subject, alarm));
  }

  private boolean holds(MessageReading reading, Subject subject, String signal) {
    StateChange.Known known = changes.known(reading, subject, signal);
    return known != null && known.state().equals("true");
  }

  private static String signal(EventType alarm, String mark) {
    return HOLDS + alarm + "/" + mark;
  }
}

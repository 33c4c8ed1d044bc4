package org.linli.edge.profile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * What was told of the alarms of each device, whatever its format is. An end that is clearly older
 * than the alarm by the device's own clock is none, and neither is an alarm that a broker had
 * retained and that was told (decision 0063). Both become measurements that name their type. So
 * does the end at one point of a device, such as a zone, while the alarm holds at another.
 *
 * <p>A profile that finds that a state of an alarm changed has judged that for each input, and is
 * believed.
 */
final class ToldAlarms {

  /** No slash: it is no input of a condition. */
  private static final String TOLD = "told ";

  private static final String HOLDS = "told";
  static final String OVER = "over";

  /** Stands before the name of a point. */
  private static final char AT = '@';

  /** Values that say which input, zone or door of the device an event is about. */
  private static final List<String> POINTS =
      List.of("zone", "channel", "input", "endpoint", "probe", "point", "loop", "detector", "port");

  private ToldAlarms() {}

  /** The event, or a measurement instead of it. */
  static DeviceEvent judged(MessageReading reading, DeviceEvent event) {
    EventType type = event.type();
    if (type.isMeasurement()) {
      return event;
    }
    Set<EventType> ended = Endings.endedBy(type);
    if (!ended.isEmpty()) {
      boolean ends = true;
      for (EventType alarm : ended) {
        ends &= ends(reading, event, TOLD + alarm);
      }
      return ends ? event : repeated(reading, event, RepeatReason.OLDER);
    }
    if (!isAlarm(event)) {
      return event;
    }
    KnownStates.Said said = raised(reading, event);
    return reading.wasRetained() && !reading.isJudged() && said != KnownStates.Said.NEWS
        ? repeated(reading, event, RepeatReason.UNCHANGED)
        : event;
  }

  /** Records an alarm, unless it is over ({@link OvertakenAlarms}). */
  private static KnownStates.Said raised(MessageReading reading, DeviceEvent event) {
    EventType type = event.type();
    String alarm = TOLD + type;
    String point = point(event);
    String own = alarm + AT + point;
    // An end at one point says nothing of another one, nor of the whole device.
    boolean isOfWhole =
        Endings.hasEnd(type)
            && reading.knownStates().names(reading, event.device(), alarm + AT).isEmpty();
    if (!point.isEmpty()) {
      boolean isKnown = reading.knownStates().known(reading, event.device(), own) != null;
      KnownStates.Said said = record(reading, event, own, HOLDS, isKnown);
      if (OvertakenAlarms.isOver(said)) {
        reading.overtaken().told(reading, event.device(), type, own, said);
        return said;
      }
    }
    String state = event.givenId().map(id -> HOLDS + " " + id).orElse(HOLDS);
    KnownStates.Said said = record(reading, event, alarm, state, isOfWhole);
    if (OvertakenAlarms.isOver(said)) {
      reading.overtaken().told(reading, event.device(), type, alarm, said);
      if (!point.isEmpty()) {
        var _ = ended(reading, event, own);
      }
    }
    return said;
  }

  /** Whether one of some events is judged at all. */
  static boolean concernAny(List<DeviceEvent> events) {
    for (DeviceEvent event : events) {
      if (concern(event)) {
        return true;
      }
    }
    return false;
  }

  private static boolean concern(DeviceEvent event) {
    return !event.type().isMeasurement()
        && (isAlarm(event) || !Endings.endedBy(event.type()).isEmpty());
  }

  private static boolean isAlarm(DeviceEvent event) {
    return Endings.hasEnd(event.type())
        || EventTypes.laneOf(event.kind(), event.type()) == Lane.URGENT;
  }

  private static String point(DeviceEvent event) {
    for (String name : POINTS) {
      String point = point(event.values().find(name).orElse(null));
      if (!point.isEmpty()) {
        return name + "=" + point;
      }
    }
    return "";
  }

  private static String point(@Nullable Value value) {
    return switch (value) {
      case Value.Whole whole -> Long.toString(whole.number());
      case Value.Text text -> Numbers.plain(text.text());
      case null, default -> "";
    };
  }

  /** Of an event's values the one that names its point, if there is one. */
  static Values place(DeviceEvent event) {
    for (String name : POINTS) {
      Value value = event.values().find(name).orElse(null);
      if (value != null && !point(value).isEmpty()) {
        return new Values(Map.of(name, value));
      }
    }
    return Values.NONE;
  }

  private static boolean ends(MessageReading reading, DeviceEvent event, String alarm) {
    if (!holds(reading, event, alarm)) {
      if (at(reading, event) != null) {
        // The alarm may be said later.
        String point = point(event);
        var _ = ended(reading, event, point.isEmpty() ? alarm : alarm + AT + point);
      }
      return true;
    }
    List<String> points =
        reading.knownStates().names(reading, event.device(), alarm + AT).stream()
            .map(point -> alarm + AT + point)
            .filter(point -> holds(reading, event, point))
            .toList();
    String own = alarm + AT + point(event);
    if (!points.contains(own)) {
      boolean isAboutAnother = !point(event).isEmpty() && !points.isEmpty();
      if (isAboutAnother || ended(reading, event, alarm) == KnownStates.Said.OLDER) {
        return false;
      }
      points.forEach(point -> ended(reading, event, point));
      return true;
    }
    if (ended(reading, event, own) == KnownStates.Said.OLDER || points.size() > 1) {
      return false;
    }
    reading.judged();
    var _ = ended(reading, event, alarm);
    return true;
  }

  private static boolean holds(MessageReading reading, DeviceEvent event, String signal) {
    StateChange.Known known = reading.knownStates().known(reading, event.device(), signal);
    return known != null && !known.state().equals(OVER);
  }

  private static KnownStates.Said ended(MessageReading reading, DeviceEvent event, String signal) {
    return record(reading, event, signal, OVER, false);
  }

  /**
   * Records a state.
   *
   * @param mayBeOver whether it is an alarm whose end may have been said before
   */
  private static KnownStates.Said record(
      MessageReading reading, DeviceEvent event, String signal, String state, boolean mayBeOver) {
    StateTime time = StateTime.byDevice(at(reading, event));
    return reading
        .knownStates()
        .record(
            reading,
            event.device(),
            signal,
            state,
            mayBeOver && Endings.hasEnd(event.type())
                ? time.ofAlarm(true)
                : time.of(!state.equals(OVER)),
            StateScope.WITH_ITS_EVENT);
  }

  /**
   * The time that the device gives; null where the profile judged the states, as an input may have
   * another time than the newest alarm of its type.
   */
  private static @Nullable Instant at(MessageReading reading, DeviceEvent event) {
    boolean isByDevice =
        event.deviceTime() == null && !event.time().equals(event.takenAt()) && !reading.isJudged();
    return isByDevice ? event.time() : null;
  }

  private static DeviceEvent repeated(
      MessageReading reading, DeviceEvent event, RepeatReason reason) {
    reading.repeated(event.device(), reason);
    return StaleEvents.measured(event);
  }
}

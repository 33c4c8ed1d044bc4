package org.linli.edge.profile;

import java.util.List;
import java.util.Set;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Lane;
import org.linli.event.Value;

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
    String point = point(event);
    if (!point.isEmpty()) {
      var _ = record(reading, event, TOLD + type + AT + point, HOLDS);
    }
    String state = event.givenId().map(id -> HOLDS + " " + id).orElse(HOLDS);
    KnownStates.Said said = record(reading, event, TOLD + type, state);
    return reading.wasRetained() && !reading.isJudged() && said != KnownStates.Said.NEWS
        ? repeated(reading, event, RepeatReason.UNCHANGED)
        : event;
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
      String point =
          switch (event.values().find(name).orElse(null)) {
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Text text -> Numbers.plain(text.text());
            case null, default -> "";
          };
      if (!point.isEmpty()) {
        return name + "=" + point;
      }
    }
    return "";
  }

  private static boolean ends(MessageReading reading, DeviceEvent event, String alarm) {
    if (!holds(reading, event, alarm)) {
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
      if (isAboutAnother || record(reading, event, alarm, OVER) == KnownStates.Said.OLDER) {
        return false;
      }
      points.forEach(point -> record(reading, event, point, OVER));
      return true;
    }
    if (record(reading, event, own, OVER) == KnownStates.Said.OLDER || points.size() > 1) {
      return false;
    }
    reading.judged();
    var _ = record(reading, event, alarm, OVER);
    return true;
  }

  private static boolean holds(MessageReading reading, DeviceEvent event, String signal) {
    StateChange.Known known = reading.knownStates().known(reading, event.device(), signal);
    return known != null && !known.state().equals(OVER);
  }

  /**
   * Records a state at the time that the device gives; at none where the profile judged the states,
   * as an input may have another time than the newest alarm of its type.
   */
  private static KnownStates.Said record(
      MessageReading reading, DeviceEvent event, String signal, String state) {
    boolean isByDevice =
        event.deviceTime() == null && !event.time().equals(event.takenAt()) && !reading.isJudged();
    return reading
        .knownStates()
        .record(
            reading,
            event.device(),
            signal,
            state,
            StateTime.byDevice(isByDevice ? event.time() : null).of(!state.equals(OVER)),
            StateScope.WITH_ITS_EVENT);
  }

  private static DeviceEvent repeated(
      MessageReading reading, DeviceEvent event, RepeatReason reason) {
    reading.repeated(event.device(), reason);
    return StaleEvents.measured(event);
  }
}

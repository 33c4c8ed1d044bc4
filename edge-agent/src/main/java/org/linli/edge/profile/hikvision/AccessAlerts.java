package org.linli.edge.profile.hikvision;

import static org.linli.edge.profile.hikvision.HikvisionProfile.put;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.AlarmIds;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StaleEvents;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Sha256;

/** {@code AccessControllerEvent}: an event of a door controller or a terminal. */
final class AccessAlerts {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-f]{1,7}");
  private static final Pattern SERIAL_NUMBER = Pattern.compile("[0-9]{1,20}");

  private static final String EVENT = "AccessControllerEvent";
  private static final EventType GRANTED = new EventType("access.granted");
  private static final EventType CLOSED = new EventType("door.closed");
  private static final EventType SECURED = new EventType("door.secured");
  private static final EventType HELD_OPEN = new EventType("door.held-open");
  private static final EventType FORCED = new EventType("door.forced");
  private static final EventType SOS = new EventType("sos.pressed");
  private static final String FORCED_SIGNAL = "forced";
  private static final String LAST_NUMBER = "last number";

  /** What tells two events of one number apart. */
  private static final List<String> MARKS =
      List.of(
          "majorEventType", "subEventType", "doorNo", "cardReaderNo", "cardNo", "employeeNoString");

  /** In hexadecimal digits. */
  private static final int HASH = 16;

  private final boolean people;
  private final Changes changes;
  private final AlarmIds ids;

  AccessAlerts(boolean people, Changes changes) {
    this.people = people;
    this.changes = changes;
    this.ids = new AlarmIds(changes);
  }

  /**
   * @throws Unreadable if it does not say what happened
   */
  static void check(AlertFields alert) throws Unreadable {
    var _ = major(alert);
    var _ = sub(alert);
  }

  void describe(AlertFields alert, ValueCollector values) throws Unreadable {
    values.put("major", major(alert));
    values.put("sub", sub(alert));
    put(values, "reader", alert.text(EVENT, "cardReaderNo"));
    put(values, "door", alert.text(EVENT, "doorNo"));
    put(values, "verifyMode", alert.text(EVENT, "currentVerifyMode"));
    put(values, "attendance", alert.text(EVENT, "attendanceStatus"));
    put(values, "userType", alert.text(EVENT, "userType"));
    if (people) {
      put(values, "card", alert.text(EVENT, "cardNo"));
      put(values, "person", alert.text(EVENT, "name"));
      put(
          values,
          "employee",
          alert.text(EVENT, "employeeNoString").or(() -> alert.text(EVENT, "employeeNo")));
    }
  }

  void read(
      AlertFields alert,
      MessageReading reading,
      Subject door,
      @Nullable Instant claimed,
      ValueCollector values)
      throws Unreadable {
    int major = major(alert);
    int sub = sub(alert);
    String id = id(alert, reading, door, claimed);
    String sos = AccessCodes.sos(major, sub);
    boolean isTooOld =
        alert.text(EVENT, "currentEvent").filter("false"::equalsIgnoreCase).isPresent()
            && StaleEvents.isTooOld(claimed, reading.receivedAt());
    if (!sos.isEmpty() && isTooOld) {
      values.put(StaleEvents.WAS, SOS.value()).put("cause", sos);
      reading.happened(door, EventType.MEASUREMENT, id, claimed, values.first());
      return;
    }
    if (!sos.isEmpty()) {
      // An alarm at a door is a call for help, which has a kind of its own.
      reading.happened(
          reading.device("sos", Kind.CARE), SOS, id, claimed, values.put("cause", sos).first());
      return;
    }
    EventType type = AccessCodes.type(major, sub);
    if (type != null && !type.equals(GRANTED) && isTooOld) {
      values.put(StaleEvents.WAS, type.value());
      type = null;
    }
    if (type == null) {
      reading.happened(door, EventType.MEASUREMENT, id, claimed, values.first());
      return;
    }
    boolean lasts = type.equals(FORCED) || type.equals(HELD_OPEN);
    if (type.equals(FORCED)) {
      var _ = changes.raised(reading, door, FORCED_SIGNAL, FORCED, StateTime.byDevice(claimed));
    }
    reading.happened(
        door,
        type,
        id != null && lasts ? ids.begun(reading, door, type.value(), id, claimed) : id,
        claimed,
        values.first());
    if (type.equals(CLOSED)) {
      ids.ended(reading, door, FORCED.value(), claimed);
      ids.ended(reading, door, HELD_OPEN.value(), claimed);
    }
    StateTime at = StateTime.byDevice(claimed).of(false);
    if (type.equals(CLOSED) && changes.isChange(reading, door, FORCED_SIGNAL, false, at)) {
      // A forced door that is shut again clears that alarm.
      reading.followed(door, SECURED, id == null ? null : id + "-secured", claimed, values.first());
    }
  }

  /**
   * The event's id. The number alone begins anew when the controller's log is cleared, or is always
   * 0, and the clock may stand still: what happened tells two of one number and second apart.
   * Without a time that can be read it stands for the second.
   */
  private @Nullable String id(
      AlertFields alert, MessageReading reading, Subject door, @Nullable Instant claimed) {
    Optional<String> number =
        alert.text(EVENT, "serialNo").filter(no -> SERIAL_NUMBER.matcher(no).matches());
    if (number.isEmpty()) {
      return null;
    }
    String mark = mark(alert);
    if (claimed == null) {
      return "acs-" + number.get() + "@untimed-" + mark;
    }
    String id = "acs-" + number.get() + "@" + claimed.getEpochSecond();
    if (number.get().matches("0+")) {
      return id + "-" + mark;
    }
    StateChange.Known last = changes.known(reading, door, LAST_NUMBER);
    if (last != null && last.state().startsWith(id + " ")) {
      return last.state().equals(id + " " + mark) ? id : id + "-" + mark;
    }
    var _ = changes.isNewInThisRun(reading, door, LAST_NUMBER, id + " " + mark);
    return id;
  }

  private static String mark(AlertFields alert) {
    String said =
        Stream.concat(
                alert.text("dateTime").stream(),
                MARKS.stream().map(field -> field + "=" + alert.text(EVENT, field).orElse("")))
            .collect(Collectors.joining("\n"));
    return Sha256.hexOf(said).substring(0, HASH);
  }

  private static int major(AlertFields alert) throws Unreadable {
    // Some gateways leave the field out, and send events only.
    return alert.has(EVENT, "majorEventType")
        ? number(alert, "majorEventType")
        : AccessCodes.MAJOR_EVENT;
  }

  private static int sub(AlertFields alert) throws Unreadable {
    return number(alert, "subEventType");
  }

  private static int number(AlertFields alert, String field) throws Unreadable {
    String text =
        alert
            .text(EVENT, field)
            .orElseThrow(
                () ->
                    new Unreadable(
                        RefusalReason.MISSING_FIELD, EVENT + "." + field + ": is missing"))
            .toLowerCase(Locale.ROOT);
    if (NUMBER.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return Integer.parseInt(text.substring(2), 16);
    }
    throw new Unreadable(
        RefusalReason.BAD_FIELD, EVENT + "." + field + ": is not a number such as 75");
  }
}

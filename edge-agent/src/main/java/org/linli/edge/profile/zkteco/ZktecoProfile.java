package org.linli.edge.profile.zkteco;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.AlarmIds;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Numbers;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.StaleEvents;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TwoWays;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.ReceivedText;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Sha256;
import org.springframework.stereotype.Component;

/**
 * The lines that ZKTeco's terminals and door controllers upload (push protocol, "ADMS"), which the
 * HTTP door takes at their fixed path: passages ({@code ATTLOG}), operations ({@code OPERLOG}),
 * real-time events ({@code rtlog}) and the states of doors ({@code rtstate}). A line that cannot be
 * read costs no other line its event.
 */
@Component
final class ZktecoProfile implements Profile {

  private static final EventType GRANTED = new EventType("access.granted");
  private static final EventType CLOSED = new EventType("door.closed");
  private static final EventType FORCED = new EventType("door.forced");
  private static final EventType HELD_OPEN = new EventType("door.held-open");
  private static final EventType SECURED = new EventType("door.secured");
  private static final String OPERATION = "OPLOG";
  private static final int ALARM = 3;

  /** In hexadecimal digits. */
  private static final int HASH = 16;

  private static final int DURESS = 32;

  /** How many columns an operation has if none is missing. */
  private static final int WHOLE_OPERATION = 7;

  /** In an id, for a time that cannot be read. */
  private static final String UNTIMED = "untimed";

  /** Nothing, or the zeros of a clock that was never set. */
  private static final Pattern NO_TIME = Pattern.compile("[0 :/T-]*");

  /** A time, or the number that grows with it in what a controller kept. */
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d|(?i)(?<=\\btime_second=)\\d{1,10}");

  private final ZktecoSettings settings;
  private final ZoneId zone;
  private final Changes changes = new Changes();
  private final AlarmIds ids = new AlarmIds(changes);
  private final DoorStates doors = new DoorStates(changes, new TwoWays(changes));

  ZktecoProfile(ZktecoSettings settings, ProfileSettings all) {
    this.settings = settings;
    this.zone = all.zone();
  }

  @Override
  public String name() {
    return "zkteco";
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    // Names may be in GBK; no name is read, and every other character is one byte.
    String text = new String(message.payload(), StandardCharsets.ISO_8859_1);
    Unreadable first = null;
    int broken = 0;
    int records = 0;
    List<String> lines = text.lines().toList();
    List<Integer> order = inOrder(lines);
    for (int i = 0; i < lines.size(); i++) {
      int place = order.isEmpty() ? i : order.get(i);
      String line = ReceivedText.withoutTrailingPadding(lines.get(place));
      if (line.isBlank()) {
        continue;
      }
      records++;
      reading.nextPart();
      try {
        line(line, reading);
      } catch (Unreadable unreadable) {
        if (unreadable.refusal().reason() == RefusalReason.TOO_LARGE) {
          throw unreadable;
        }
        broken++;
        first = first == null ? at(place + 1, unreadable) : first;
        reading.document().keepUnread(first, line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    if (first == null) {
      if (records == 0) {
        reading.passOver();
      }
      return;
    }
    if (broken == records) {
      throw first;
    }
    reading.nextPart();
    ValueCollector values = new ValueCollector().put("unreadable-lines", broken);
    reading.lacks(first);
    reading.measured(reading.device("", Kind.ACCESS), null, values.inParts());
  }

  /**
   * The places of the lines in the order of their times, for some terminals send what they kept
   * with the newest first; empty if they come so. A line without a time has that of the one before.
   */
  private static List<Integer> inOrder(List<String> lines) {
    Matcher written = TIME.matcher("");
    boolean isInOrder = true;
    String time = "";
    List<String> times = new ArrayList<>();
    for (String line : lines) {
      if (written.reset(line).find()) {
        String next = comparable(written.group());
        isInOrder &= next.compareTo(time) >= 0;
        time = next;
      }
      times.add(time);
    }
    return isInOrder
        ? List.of()
        : IntStream.range(0, lines.size())
            .boxed()
            .sorted(Comparator.comparing(times::get))
            .toList();
  }

  private static String comparable(String time) {
    return time.indexOf('-') < 0 ? "%010d".formatted(Long.parseLong(time)) : time.replace('T', ' ');
  }

  private static Unreadable at(int line, Unreadable unreadable) {
    return unreadable.at("line " + line + ": ");
  }

  /** By what is in it: the order of its fields is the firmware's. */
  private void line(String line, MessageReading reading) throws Unreadable {
    String record = line.stripLeading();
    if (Tables.isOf(OPERATION, record)) {
      operation(record.substring(OPERATION.length()).stripLeading(), reading);
      return;
    }
    Map<String, String> fields = Columns.named(record);
    if (Tables.isHousekeeping(record)) {
      reading.passOver();
    } else if (fields.containsKey(FieldNames.AT_ONCE.code())) {
      atDoor(FieldNames.AT_ONCE, line, fields, reading);
    } else if (fields.containsKey(FieldNames.KEPT.code())) {
      atDoor(FieldNames.KEPT, line, fields, reading);
    } else if (DoorStates.isOne(fields)) {
      String said = fields.getOrDefault(FieldNames.AT_ONCE.time(), "");
      doors.read(fields, reading.time(() -> time(said)), reading);
    } else if (!fields.isEmpty()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, "is no record that this profile knows: it has no event=");
    } else {
      passage(line, reading);
    }
  }

  /** {@code PIN, time, status, verification, work code …}. */
  private void passage(String line, MessageReading reading) throws Unreadable {
    List<String> columns = Columns.of(line);
    if (!isPassage(columns)) {
      // The line is not quoted: it may say who somebody is.
      throw new Unreadable(
          RefusalReason.BAD_FIELD, "is no record of a passage: PIN, time, status, ...");
    }
    boolean isUntimed = isCounter(columns.get(1));
    String said = isUntimed ? "" : columns.get(1);
    int status = isUntimed ? 1 : 2;
    Instant time = reading.time(() -> time(said));
    ValueCollector values = new ValueCollector();
    put(values, "status", column(columns, status));
    put(values, "verify", column(columns, status + 1));
    if (settings.people()) {
      values.put("employee", columns.getFirst());
    }
    reading.happened(
        reading.device("", Kind.ACCESS),
        GRANTED,
        id("attlog", time, said, line),
        time,
        values.first());
  }

  private static String column(List<String> columns, int index) {
    return index < columns.size() ? columns.get(index) : "";
  }

  /** Whether it has a number of a person, and a time or, as that may be broken, two counters. */
  private boolean isPassage(List<String> columns) {
    if (columns.size() < 2 || columns.getFirst().isBlank()) {
      return false;
    }
    try {
      var _ = time(columns.get(1));
      return true;
    } catch (Unreadable noTime) {
      return columns.size() > 3 && isCounter(columns.get(2)) && isCounter(columns.get(3));
    }
  }

  /** {@code code, administrator, time, object 1 …}. */
  private void operation(String record, MessageReading reading) throws Unreadable {
    List<String> columns = Columns.of(record);
    int code = number("operation", columns.getFirst());
    if (code != ALARM && code != DURESS) {
      reading.passOver();
      return;
    }
    ValueCollector values = new ValueCollector();
    boolean isUntimed =
        columns.size() < WHOLE_OPERATION
            && isCounter(column(columns, 2))
            && !(column(columns, 2).equals("0") && columns.size() > 3);
    String said = isUntimed ? "" : column(columns, 2);
    Instant time = reading.time(() -> time(said));
    String id = id("oplog", time, said, record);
    String cause = column(columns, isUntimed ? 2 : 3);
    int reason = code == ALARM && !cause.isEmpty() ? number("reason", cause) : 0;
    values.put("operation", code).put("reason", reason);
    EventType type = code == DURESS ? EventCodes.SOS : EventCodes.ofAlarmReason(reason);
    if (type != null && StaleEvents.isTooOld(time, reading.receivedAt())) {
      // The log is uploaded after an outage too: what was raised days ago wakes nobody today.
      values.put(StaleEvents.WAS, type.value());
      type = null;
    }
    say(type, EventCodes.DURESS, "", id, false, time, values, reading);
  }

  private void atDoor(
      FieldNames names, String line, Map<String, String> fields, MessageReading reading)
      throws Unreadable {
    int code = number(names.code(), fields.getOrDefault(names.code(), ""));
    String door = Numbers.plain(fields.getOrDefault(names.door(), "0"));
    ValueCollector values = new ValueCollector().put("event", code).put("door", door);
    String said = fields.getOrDefault(names.time(), "");
    boolean isKept = names.equals(FieldNames.KEPT);
    Instant time = reading.time(() -> isKept ? KeptTime.read(said, zone) : time(said));
    put(values, "inoutstatus", fields.getOrDefault(names.direction(), ""));
    put(values, "verifytype", fields.getOrDefault(names.verification(), ""));
    if (settings.people()) {
      values.put("employee", fields.getOrDefault("pin", ""));
      values.put("card", fields.getOrDefault("cardno", ""));
    }
    EventType type = EventCodes.ofRealTime(code);
    if (isKept
        && type != null
        && !EventCodes.isPassage(type)
        && StaleEvents.isTooOld(time, reading.receivedAt())) {
      // What was raised days ago wakes nobody today.
      values.put(StaleEvents.WAS, type.value());
      type = null;
    }
    if (type != null && !isKept && !doors.isNewAsRecord(reading, type, door)) {
      values.put(StaleEvents.WAS, type.value());
      type = null;
    }
    String index = fields.getOrDefault("index", "");
    String id = idOfRealTime(time, said, index, line);
    boolean isNumbered = isNumbered(index);
    String cause = EventCodes.cause(code);
    say(type, cause, partOf(door), id, isNumbered, time, values, reading);
  }

  /** The part of the device that a door is: the first door is the device itself. */
  static String partOf(String door) {
    boolean isWhole = door.equals("0") || door.equals("1") || door.length() > 2;
    return isWhole ? "" : "door-" + door;
  }

  private void say(
      @Nullable EventType type,
      String cause,
      String part,
      @Nullable String id,
      boolean isNumbered,
      @Nullable Instant time,
      ValueCollector values,
      MessageReading reading)
      throws Unreadable {
    if (type != null && type.equals(EventCodes.SOS)) {
      // An alarm at a door is a call for help, which has a kind of its own.
      values.put("cause", cause);
      reading.happened(reading.device("sos", Kind.CARE), type, id, time, values.first());
      return;
    }
    Subject door = reading.device(part, Kind.ACCESS);
    boolean lasts = FORCED.equals(type) || HELD_OPEN.equals(type);
    reading.happened(
        door,
        type == null ? EventType.MEASUREMENT : type,
        id != null && lasts && !isNumbered
            ? ids.begun(reading, door, String.valueOf(type), id, time)
            : id,
        time,
        values.first());
    if (CLOSED.equals(type)) {
      ids.ended(reading, door, FORCED.value(), time);
      ids.ended(reading, door, HELD_OPEN.value(), time);
      // A forced door that is shut again clears that alarm.
      reading.happened(door, SECURED, id == null ? null : id + "-secured", time, values.first());
    }
  }

  /**
   * What makes a record one event however often it is uploaded: its time, and 64 bits of the hash
   * of the whole record, which tell people of one second apart. If the time cannot be read, the
   * hash alone. Null if it has no time at all: two alarms would be one.
   *
   * @param said the time as it is written
   */
  private static @Nullable String id(
      String table, @Nullable Instant time, String said, String record) {
    if (time == null && NO_TIME.matcher(said).matches()) {
      return null;
    }
    return hashed(table, time, record);
  }

  private static String hashed(String table, @Nullable Instant time, String record) {
    return table
        + "-"
        + (time == null ? UNTIMED : time.getEpochSecond())
        + "-"
        + Sha256.hexOf(record.stripTrailing()).substring(0, HASH);
  }

  /** By the number that a controller gives its events, where it does. */
  private static @Nullable String idOfRealTime(
      @Nullable Instant time, String said, String index, String line) {
    if (!isNumbered(index)) {
      return id("rtlog", time, said, line);
    }
    return time == null
        ? hashed("rtlog", null, line)
        : "rtlog-" + time.getEpochSecond() + "-" + index;
  }

  /** Some controllers write 0 for each. */
  private static boolean isNumbered(String index) {
    return index.matches("[0-9]{1,12}") && !index.matches("0+");
  }

  /** A counter that is not a number costs no event. */
  private static void put(ValueCollector values, String name, String text) throws Unreadable {
    if (isCounter(text)) {
      values.put(name, Integer.parseInt(text));
    }
  }

  private static boolean isCounter(String text) {
    return text.matches("[0-9]{1,9}");
  }

  private static int number(String field, String text) throws Unreadable {
    if (!text.strip().matches("[0-9]{1,9}")) {
      throw new Unreadable(RefusalReason.BAD_FIELD, field + ": is not a number");
    }
    return Integer.parseInt(text.strip());
  }

  private Instant time(String text) throws Unreadable {
    return DeviceTimes.read("time", text.strip(), zone);
  }
}

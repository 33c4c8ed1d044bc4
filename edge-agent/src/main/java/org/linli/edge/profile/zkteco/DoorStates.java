package org.linli.edge.profile.zkteco;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TwoWays;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;

/**
 * The state of a controller's doors, which it sends every few seconds ({@code rtstate}; ZKTeco,
 * "Security PUSH Communication Protocol", upload real-time status): {@code sensor=AABB relay=CC
 * alarm=DDEEFFGG…}, two hexadecimal digits of alarms for each door.
 *
 * <p>An alarm is told when its bit appears, and is over when the bit is gone. A door that was
 * forced or held open must not be open by its sensor then: somebody may have cancelled the alarm at
 * the controller. What a bit does not tell it does not end either, for many firmwares never set
 * one. An alarm that comes as a record too is told once ({@link TwoWays}).
 */
final class DoorStates {

  private static final String ALARM = "alarm";
  private static final String SENSOR = "sensor";

  /** In place of a door's number. */
  private static final String WHOLE = "0";

  /** Whole bytes, of at most 32 doors. */
  private static final Pattern BYTES = Pattern.compile("(?:[0-9a-f]{2}){1,32}");

  private static final int HEX = 16;
  private static final int DOORS_OF_A_BYTE = 4;
  private static final int BITS_OF_A_SENSOR = 2;
  private static final int SENSOR_MASK = 3;
  private static final int OPEN = 2;

  private static final EventType TAMPERED = new EventType("reader.tampered");

  /**
   * What a bit means.
   *
   * @param end the type of its end; null for one that only a person ends
   * @param isOfDoor whether it lasts no longer than the door is open
   * @param isOfDevice whether the bits of all doors mean the same
   */
  private record Bit(
      int mask, EventType type, @Nullable EventType end, boolean isOfDoor, boolean isOfDevice) {}

  private static final List<Bit> BITS =
      List.of(
          ofDoor(0x01, "door.forced", "door.secured"),
          new Bit(0x02, TAMPERED, null, false, false),
          new Bit(0x04, EventCodes.SOS, null, false, false),
          new Bit(0x08, EventCodes.SOS, null, false, false),
          ofDoor(0x10, "door.held-open", "door.closed"),
          new Bit(
              0x20, new EventType("supply.lost"), new EventType("supply.restored"), false, true),
          new Bit(0x40, new EventType("battery.low"), null, false, true),
          new Bit(0x80, TAMPERED, null, false, false));

  private final Changes changes;
  private final TwoWays ways;

  DoorStates(Changes changes, TwoWays ways) {
    this.changes = changes;
    this.ways = ways;
  }

  /** Whether no bit has just said what a record says. */
  boolean isNewAsRecord(MessageReading reading, EventType type, String door) throws Unreadable {
    boolean hasBit = BITS.stream().anyMatch(bit -> bit.type().equals(type) && !bit.isOfDevice());
    return !hasBit || isNew(reading, type, door, "record");
  }

  private boolean isNew(MessageReading reading, EventType type, String door, String way)
      throws Unreadable {
    Subject controller = reading.device("", Kind.ACCESS);
    return ways.isNew(reading, controller, type + " " + ZktecoProfile.partOf(door), way);
  }

  private static Bit ofDoor(int mask, String type, String end) {
    return new Bit(mask, new EventType(type), new EventType(end), true, false);
  }

  static boolean isOne(Map<String, String> fields) {
    return fields.containsKey(SENSOR) || fields.containsKey("relay") || fields.containsKey(ALARM);
  }

  /**
   * Tells what changed.
   *
   * @param time by the controller; null if it gives none that can be read
   */
  void read(Map<String, String> fields, @Nullable Instant time, MessageReading reading)
      throws Unreadable {
    String alarm = fields.getOrDefault(ALARM, "").strip().toLowerCase(Locale.ROOT);
    reading.passOver();
    if (alarm.isEmpty()) {
      return;
    }
    if (!BYTES.matcher(alarm).matches()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, ALARM + ": is no byte in hexadecimal digits for each door");
    }
    List<Integer> doors = bytes(alarm);
    int any = doors.stream().reduce(0, (some, more) -> some | more);
    List<Integer> sensors = bytes(fields.getOrDefault(SENSOR, "").strip().toLowerCase(Locale.ROOT));
    StateTime at = StateTime.byDevice(time);
    for (Bit bit : BITS) {
      if (bit.isOfDevice()) {
        tell(bit, WHOLE, (any & bit.mask()) != 0, at, reading);
      } else {
        for (int door = 0; door < doors.size(); door++) {
          boolean holds = (doors.get(door) & bit.mask()) != 0;
          if (holds || !bit.isOfDoor() || sensor(sensors, door) != OPEN) {
            tell(bit, Integer.toString(door + 1), holds, at, reading);
          }
        }
      }
    }
  }

  private void tell(Bit bit, String number, boolean holds, StateTime time, MessageReading reading)
      throws Unreadable {
    Subject controller = reading.device("", Kind.ACCESS);
    String signal = "bit " + bit.mask() + " of " + number;
    if ((!holds && !changes.mayBe(reading, controller, signal, true))
        || !changes.isChange(reading, controller, signal, holds, time.of(holds))) {
      return;
    }
    if (holds && !bit.isOfDevice() && !isNew(reading, bit.type(), number, "bit")) {
      return;
    }
    Subject door = reading.device(ZktecoProfile.partOf(number), Kind.ACCESS);
    ValueCollector values = new ValueCollector();
    if (!number.equals(WHOLE)) {
      values.put("door", number);
    }
    EventType end = bit.end();
    if (!holds) {
      if (end != null) {
        reading.happened(door, end, time.at(), values.first());
      }
    } else if (bit.type().equals(EventCodes.SOS)) {
      // An alarm at a door is a call for help, which has a kind of its own.
      values.put("cause", EventCodes.DURESS);
      reading.happened(reading.device("sos", Kind.CARE), bit.type(), time.at(), values.first());
    } else {
      reading.happened(door, bit.type(), time.at(), values.first());
    }
  }

  private static List<Integer> bytes(String digits) {
    List<Integer> bytes = new ArrayList<>();
    if (BYTES.matcher(digits).matches()) {
      for (int i = 0; i < digits.length(); i += 2) {
        bytes.add(Integer.parseInt(digits.substring(i, i + 2), HEX));
      }
    }
    return bytes;
  }

  private static int sensor(List<Integer> sensors, int door) {
    int place = door / DOORS_OF_A_BYTE;
    return place < sensors.size()
        ? (sensors.get(place) >> (door % DOORS_OF_A_BYTE * BITS_OF_A_SENSOR)) & SENSOR_MASK
        : 0;
  }
}

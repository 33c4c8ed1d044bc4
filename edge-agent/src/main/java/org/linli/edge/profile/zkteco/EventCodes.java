package org.linli.edge.profile.zkteco;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/**
 * The codes that have a meaning in Linli (ZKTeco, "Security PUSH Communication Protocol", appendix
 * of real-time events, and "Attendance PUSH Communication Protocol", appendices of operations and
 * alarm reasons). Other codes become measurements.
 */
final class EventCodes {

  static final EventType SOS = new EventType("sos.pressed");

  /** An alarm without a meaning here, which a person has to look at. */
  private static final EventType UNKNOWN = new EventType("alarm.unknown");

  static final String DURESS = "duress";

  /** The codes of real-time events that are alarms. */
  private static final int FIRST_ALARM = 100;

  private static final int LAST_ALARM = 199;

  /** The codes of extended events: those of faults, and from there on those of alarms. */
  private static final int FIRST_FAULT = 5_000;

  private static final int FIRST_EXTENDED_ALARM = 6_000;
  private static final int LAST_EXTENDED_ALARM = 6_999;

  /** A fire alarm system opened the doors. */
  private static final int FIRE = 6_000;

  private static final EventType FAULT = new EventType("device.fault");

  /** The reason of an alarm that was cancelled. */
  private static final int CANCELLED = 65_535;

  private static final Map<Integer, EventType> REAL_TIME = new HashMap<>();
  private static final Map<Integer, EventType> ALARM_REASONS = new HashMap<>();

  static {
    all(REAL_TIME, "access.granted", 0, 1, 2, 3, 4, 14, 15, 16, 17, 18, 19, 203, 207, 208, 222);
    all(REAL_TIME, "access.denied", 20, 21, 22, 23, 24, 25, 27, 29, 30, 33, 34, 35);
    all(REAL_TIME, "access.denied", 38, 39, 41, 42, 44, 48, 62, 68, 69);
    all(REAL_TIME, "battery.low", 54);
    all(REAL_TIME, "device.fault", 37, 47);
    all(REAL_TIME, "alarm.unknown", 58);
    all(REAL_TIME, "input.released", 220);
    all(REAL_TIME, "input.activated", 221);
    all(REAL_TIME, "door.held-open", 28);
    all(REAL_TIME, "door.forced", 102);
    all(REAL_TIME, "door.opened", 200);
    all(REAL_TIME, "door.closed", 201);
    all(REAL_TIME, "door.opened-remotely", 8, 205);
    all(REAL_TIME, "exit-button.pressed", 202, 209);
    all(REAL_TIME, "reader.tampered", 100);
    all(REAL_TIME, "sos.pressed", 101, 103, FIRE);
    all(ALARM_REASONS, "door.closed", 50);
    all(ALARM_REASONS, "door.opened", 51);
    all(ALARM_REASONS, "exit-button.pressed", 53);
    all(ALARM_REASONS, "door.forced", 54);
    all(ALARM_REASONS, "reader.tampered", 55);
    all(ALARM_REASONS, "access.denied", 58);
    all(ALARM_REASONS, "sos.pressed", 59);
  }

  private EventCodes() {}

  private static void all(Map<Integer, EventType> types, String type, int... codes) {
    for (int code : codes) {
      types.put(code, new EventType(type));
    }
  }

  /**
   * The type of a real-time event of a door controller; null for a code without a meaning that is
   * none of an alarm.
   */
  static @Nullable EventType ofRealTime(int code) {
    EventType known = REAL_TIME.get(code);
    if (known != null) {
      return known;
    }
    boolean isAlarm =
        (code >= FIRST_ALARM && code <= LAST_ALARM)
            || (code >= FIRST_EXTENDED_ALARM && code <= LAST_EXTENDED_ALARM);
    boolean isFault = code >= FIRST_FAULT && code < FIRST_EXTENDED_ALARM;
    return isAlarm ? UNKNOWN : isFault ? FAULT : null;
  }

  /**
   * Whether it is about somebody at a door, granted or denied, which is worth knowing later too.
   */
  static boolean isPassage(EventType type) {
    return type.value().startsWith("access.");
  }

  /** The cause of a call for help. */
  static String cause(int code) {
    return code == FIRE ? "fire input" : DURESS;
  }

  /** The type of an alarm in a terminal's operation log; null if it is over. */
  static @Nullable EventType ofAlarmReason(int code) {
    return code == CANCELLED ? null : ALARM_REASONS.getOrDefault(code, UNKNOWN);
  }
}

package org.linli.edge.profile.hikvision;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linli.event.EventType;

/**
 * What an alarm panel tells: {@code cidEvent}, with a code of Contact ID (SIA DC-05). Its first
 * figure says whether the event begins (1), is over (3) or is said again (6), the others what it is
 * about. The codes of a fault and those of opening, closing, bypasses and tests are no alarms.
 */
final class PanelCodes {

  private static final String EVENT = "CIDEvent";
  private static final String TYPE = "cid";
  private static final Pattern CODE = Pattern.compile("([136erp])([0-9]{3})");
  private static final Pattern LONE_CODE = Pattern.compile("[0-9]{3}");

  private static final EventType UNKNOWN = new EventType("alarm.unknown");
  private static final EventType FAULT = new EventType("device.fault");

  /** From here on: opening and closing, bypasses, tests. */
  private static final int FIRST_OF_OPERATION = 400;

  private static final int FIRST_OF_SUPERVISION = 200;

  private static final Map<Integer, EventType> TYPES = new HashMap<>();

  static {
    all("sos.pressed", 100, 101, 102);
    all("smoke.detected", 110, 111, 112, 113, 114, 115, 116, 117, 118);
    all("sos.pressed", 120, 121, 122, 123, 124, 125, 126, 127, 128, 129);
    all("zone.intruded", 103, 130, 131, 132, 133, 134, 135, 136, 138, 139, 146, 155);
    all("reader.tampered", 137, 144, 145, 341, 383);
    all("device.fault", 141, 142, 143, 147, 156, 157);
    all("gas.detected", 151, 162);
    all("water.leak", 154);
    all("battery.low", 302, 311, 338, 384);
    all("supply.lost", 301);
    all("door.forced", 423);
    all("door.held-open", 426);
  }

  private PanelCodes() {}

  private static void all(String type, int... codes) {
    for (int code : codes) {
      TYPES.put(code, new EventType(type));
    }
  }

  /** The code that an alert has; empty if it is none of a panel, or has none that can be read. */
  private static Optional<String> code(AlertFields alert) {
    return alert
        .text(EVENT, "standardCIDcode")
        .or(() -> alert.text(EVENT, "code"))
        .map(code -> code.toLowerCase(Locale.ROOT))
        .filter(code -> CODE.matcher(code).matches() || LONE_CODE.matcher(code).matches());
  }

  /** What the alert is about, as the type of an alarm. */
  static Optional<String> type(AlertFields alert) {
    return code(alert).map(code -> TYPE + code.substring(code.length() - 3));
  }

  /** The code as it came. */
  static Optional<String> told(AlertFields alert) {
    return alert.text(EVENT, "standardCIDcode").or(() -> alert.text(EVENT, "code"));
  }

  /** Whether it says that something is over. */
  static boolean isEnd(AlertFields alert) {
    return code(alert)
        .filter(code -> code.length() > 3 && "3r".indexOf(code.charAt(0)) >= 0)
        .isPresent();
  }

  /** Which input tells it: of a recorder, of a camera at it, or a zone of a panel. */
  static Optional<String> input(AlertFields alert) {
    return alert
        .text("inputIOPortID")
        .or(() -> alert.text("dynInputIOPortID"))
        .or(() -> alert.text(EVENT, "zone"))
        .or(() -> alert.text(EVENT, "zoneNo"))
        .or(() -> alert.text(EVENT, "deviceNo").map(device -> "device-" + device))
        .or(() -> alert.text(EVENT, "system").map(system -> "system-" + system));
  }

  static boolean isOne(String type) {
    return type.startsWith(TYPE) && LONE_CODE.matcher(type.substring(TYPE.length())).matches();
  }

  /**
   * @param type of an alarm, as {@link #type} says it
   */
  static EventType ofActive(String type) {
    int code = Integer.parseInt(type.substring(TYPE.length()));
    EventType known = TYPES.get(code);
    return known != null ? known : code >= FIRST_OF_SUPERVISION ? FAULT : UNKNOWN;
  }

  /** Whether it is no alarm. */
  static boolean isMeasured(String type) {
    int code = Integer.parseInt(type.substring(TYPE.length()));
    return code >= FIRST_OF_OPERATION && !TYPES.containsKey(code);
  }
}

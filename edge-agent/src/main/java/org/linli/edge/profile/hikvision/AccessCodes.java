package org.linli.edge.profile.hikvision;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/**
 * The pairs of major and sub type that have a meaning in Linli (Hikvision, "Access control event
 * types", an appendix of its ISAPI and device SDK guides). Other pairs become measurements.
 */
final class AccessCodes {

  static final int MAJOR_ALARM = 1;
  static final int MAJOR_EXCEPTION = 2;
  static final int MAJOR_OPERATION = 3;
  static final int MAJOR_EVENT = 5;

  private static final Map<Pair, EventType> TYPES = new HashMap<>();
  private static final Map<Pair, String> SOS =
      Map.of(
          new Pair(MAJOR_ALARM, 0x40a), "duress",
          new Pair(MAJOR_ALARM, 0x418), "fire button",
          new Pair(MAJOR_ALARM, 0x41c), "emergency button",
          new Pair(MAJOR_ALARM, 0x424), "fire input",
          new Pair(MAJOR_EVENT, 0x34), "fire relay");

  private record Pair(int major, int sub) {}

  static {
    // Successful identification: by card, code, fingerprint, face or several of them.
    all(
        "access.granted",
        MAJOR_EVENT,
        0x01,
        0x02,
        0x10,
        0x26,
        0x28,
        0x2b,
        0x2e,
        0x36,
        0x39,
        0x3c,
        0x3f,
        0x42,
        0x45,
        0x48,
        0x4b,
        0x4d,
        0x65,
        0x69,
        0x99,
        0x9c,
        0x9e,
        0x9f,
        0xb5);
    // Failed or expired identification, and cards without a right at that time or place.
    all(
        "access.denied",
        MAJOR_EVENT,
        0x03,
        0x04,
        0x05,
        0x06,
        0x07,
        0x08,
        0x09,
        0x0a,
        0x0b,
        0x0c,
        0x0d,
        0x0e,
        0x0f,
        0x27,
        0x29,
        0x2a,
        0x2c,
        0x2d,
        0x2f,
        0x30,
        0x31,
        0x37,
        0x38,
        0x3a,
        0x3b,
        0x3d,
        0x3e,
        0x40,
        0x41,
        0x43,
        0x44,
        0x46,
        0x47,
        0x49,
        0x4a,
        0x4c,
        0x4e,
        0x4f,
        0x50,
        0x66,
        0x67,
        0x68,
        0x70,
        0x71,
        0x75,
        0x94,
        0x96,
        0x97,
        0x98,
        0x9b,
        0x9d,
        0xa0,
        0xa1,
        0xa2,
        0xa3);
    all("lock.opened", MAJOR_EVENT, 0x15);
    all("lock.closed", MAJOR_EVENT, 0x16);
    all("exit-button.pressed", MAJOR_EVENT, 0x17);
    all("door.opened", MAJOR_EVENT, 0x19);
    all("door.closed", MAJOR_EVENT, 0x1a);
    all("door.forced", MAJOR_EVENT, 0x1b);
    all("door.held-open", MAJOR_EVENT, 0x1c);
    all("doorbell.rung", MAJOR_EVENT, 0x25);
    // A turnstile that is passed without leave: behind another, the wrong way, by force, over it.
    all("access.tailgating", MAJOR_EVENT, 0x85, 0x86, 0x8b);
    all("door.forced", MAJOR_EVENT, 0x87);
    all("zone.intruded", MAJOR_EVENT, 0x88, 0x8a);
    all("reader.tampered", MAJOR_ALARM, 0x404, 0x406, 0x40f, 0x41e, 0x422);
    all("device.fault", MAJOR_ALARM, 0x400, 0x401, 0x402, 0x415, 0x416);
    all("device.fault", MAJOR_EVENT, 0x8c);
    all("input.activated", MAJOR_ALARM, 0x408);
    all("input.released", MAJOR_ALARM, 0x409);
    all("access.denied", MAJOR_ALARM, 0x40c);
    all("battery.low", MAJOR_EXCEPTION, 0x403, 0x411);
    all("device.fault", MAJOR_EXCEPTION, 0x408, 0x409, 0x40d, 0x40f, 0x421);
    all("door.opened-remotely", MAJOR_OPERATION, 0x400);
  }

  private AccessCodes() {}

  private static void all(String type, int major, int... subs) {
    for (int sub : subs) {
      TYPES.put(new Pair(major, sub), new EventType(type));
    }
  }

  static @Nullable EventType type(int major, int sub) {
    return TYPES.get(new Pair(major, sub));
  }

  /** The cause of a call for help; empty for every other event. */
  static String sos(int major, int sub) {
    return SOS.getOrDefault(new Pair(major, sub), "");
  }
}

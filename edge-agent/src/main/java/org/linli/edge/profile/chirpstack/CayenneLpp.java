package org.linli.edge.profile.chirpstack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;

/**
 * Cayenne Low Power Payload (myDevices, "Cayenne LPP" 1.0, section Data Types): a sequence of
 * channel, type and data bytes, big-endian. The value of channel 1 is named {@code temperature.1}.
 * Temperatures are in degrees Celsius, humidity in percent, pressure in hectopascals, light in lux,
 * acceleration in g, angular velocity in degrees per second, position in degrees and metres.
 */
final class CayenneLpp implements PayloadDecoder {

  private record Part(String name, int bytes, boolean signed, double unitsInOne) {}

  private static final Map<Integer, List<Part>> TYPES = new HashMap<>();

  static {
    TYPES.put(0, List.of(new Part("digital-input", 1, false, 1)));
    TYPES.put(1, List.of(new Part("digital-output", 1, false, 1)));
    TYPES.put(2, List.of(new Part("analog-input", 2, true, 100)));
    TYPES.put(3, List.of(new Part("analog-output", 2, true, 100)));
    TYPES.put(101, List.of(new Part("illuminance", 2, false, 1)));
    TYPES.put(102, List.of(new Part("presence", 1, false, 1)));
    TYPES.put(103, List.of(new Part("temperature", 2, true, 10)));
    TYPES.put(104, List.of(new Part("humidity", 1, false, 2)));
    TYPES.put(113, axes("acceleration", 1_000));
    TYPES.put(115, List.of(new Part("pressure", 2, false, 10)));
    TYPES.put(134, axes("rotation", 100));
    TYPES.put(
        136,
        List.of(
            new Part("latitude", 3, true, 10_000),
            new Part("longitude", 3, true, 10_000),
            new Part("altitude", 3, true, 100)));
  }

  private static List<Part> axes(String name, double unitsInOne) {
    return List.of(
        new Part(name + "-x", 2, true, unitsInOne),
        new Part(name + "-y", 2, true, unitsInOne),
        new Part(name + "-z", 2, true, unitsInOne));
  }

  @Override
  public void decode(byte[] payload, int port, ValueCollector into) throws Unreadable {
    int at = 0;
    while (at < payload.length) {
      int start = at;
      if (payload.length - at < 2) {
        throw bad(start, "a channel without a type");
      }
      int channel = payload[at] & 0xff;
      int type = payload[at + 1] & 0xff;
      at += 2;
      List<Part> parts = TYPES.get(type);
      if (parts == null) {
        throw bad(start + 1, "type " + type + " is none of Cayenne LPP's");
      }
      for (Part part : parts) {
        if (payload.length - at < part.bytes()) {
          throw bad(start, "type " + type + " is cut off");
        }
        long units = number(payload, at, part);
        at += part.bytes();
        String name = part.name() + "." + channel;
        if (part.unitsInOne() == 1) {
          into.put(name, units);
        } else {
          into.put(name, units / part.unitsInOne());
        }
      }
    }
  }

  private static long number(byte[] payload, int at, Part part) {
    long number = part.signed() ? payload[at] : payload[at] & 0xff;
    for (int i = 1; i < part.bytes(); i++) {
      number = number << 8 | payload[at + i] & 0xff;
    }
    return number;
  }

  private static Unreadable bad(int at, String rule) {
    return new Unreadable(RefusalReason.BAD_FIELD, "data: byte " + at + ": " + rule);
  }
}

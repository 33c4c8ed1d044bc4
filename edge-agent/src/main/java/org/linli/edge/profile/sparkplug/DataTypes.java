package org.linli.edge.profile.sparkplug;

import java.time.Instant;
import java.util.HexFormat;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;

/** Converts a metric's value by its data type (Sparkplug 3.0 section 6.4.16). */
final class DataTypes {

  private static final int INT8 = 1;
  private static final int INT16 = 2;
  private static final int INT32 = 3;
  private static final int INT64 = 4;
  private static final int DATE_TIME = 13;

  private static final long LATEST = 253_402_300_799_999L;

  private DataTypes() {}

  /**
   * Adds the value under that name: numbers with their sign, a time as RFC 3339 text, bytes and
   * structures as hexadecimal text, and {@code <name>.null} for no value.
   */
  static void put(ValueCollector values, String name, int type, Metric metric) throws Unreadable {
    switch (metric.value()) {
      case null -> values.put(name + ".null", true);
      case Long number -> whole(values, name, type, number);
      case Float number -> values.put(name, asWritten(number));
      case Double number -> values.put(name, number);
      case Boolean truth -> values.put(name, truth);
      case byte[] bytes ->
          values.put(
              metric.isStructure() ? name + ".undecoded" : name, HexFormat.of().formatHex(bytes));
      case Object text -> values.put(name, text.toString());
    }
  }

  /** The double with the same decimal form as the float: 21.6, and not 21.600000381. */
  private static double asWritten(float number) {
    return Double.parseDouble(Float.toString(number));
  }

  private static void whole(ValueCollector values, String name, int type, long bits)
      throws Unreadable {
    switch (type) {
      case INT8 -> values.put(name, (byte) bits);
      case INT16 -> values.put(name, (short) bits);
      case INT32 -> values.put(name, (int) bits);
      case INT64 -> values.put(name, bits);
      case DATE_TIME -> {
        if (bits >= 0 && bits <= LATEST) {
          values.put(name, Instant.ofEpochMilli(bits).toString());
        } else {
          values.put(name, bits);
        }
      }
      default -> {
        if (bits < 0) {
          values.put(name, (bits >>> 1) * 2.0 + (bits & 1));
        } else {
          values.put(name, bits);
        }
      }
    }
  }
}

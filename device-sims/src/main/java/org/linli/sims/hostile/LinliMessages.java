package org.linli.sims.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Messages in Linli JSON. */
final class LinliMessages {

  /** The most values of an event. */
  private static final int VALUES = 128;

  private LinliMessages() {}

  static byte[] measurement(String key, long number) {
    return event("measurement", "\"%s\":%d".formatted(key, number));
  }

  static byte[] measurement(String key, String text) {
    return event("measurement", "\"%s\":\"%s\"".formatted(key, text));
  }

  static byte[] event(String type, String values) {
    return bytes("{\"type\":\"%s\",\"values\":{%s}}".formatted(type, values));
  }

  /**
   * Keys that differ only in characters that no key of a value may have, so that they could all
   * become one.
   */
  static byte[] clashingKeys(int count) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < count; i++) {
      values
          .append(i == 0 ? "" : ",")
          .append('"')
          .append((char) ('\u4e00' + i / 3))
          .append((char) ('\u4e00' + i % 3))
          .append("号\":")
          .append(i);
    }
    return bytes("{" + values + "}");
  }

  /** Different names with the same {@link String#hashCode}. */
  static byte[] collidingNames(int count) {
    StringBuilder values = new StringBuilder();
    int pairs = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    for (int i = 0; i < count; i++) {
      values.append(i == 0 ? "" : ",").append('"');
      for (int bit = 0; bit < pairs; bit++) {
        values.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      values.append("\":").append(i);
    }
    return bytes("{" + values + "}");
  }

  /** As many events with as many values as fit into a message. */
  static byte[] manyValues(int mostBytes) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < VALUES; i++) {
      values.append(i == 0 ? "\"" : ",\"").append(Integer.toString(i, 36)).append("\":1");
    }
    String event = "{\"type\":\"measurement\",\"values\":{%s}}".formatted(values);
    int count = (mostBytes - 1) / (event.length() + 1);
    return bytes("[" + String.join(",", Collections.nCopies(count, event)) + "]");
  }

  static List<byte[]> odd() {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    return List.of(
        event("measurement", "\"deep\":" + deep),
        event("measurement", "\"digits\":" + "9".repeat(200_000)),
        event("measurement", "\"exponent\":1e999999999"),
        event("measurement", "\"exponent\":-1e-999999999"),
        event("measurement", "\"whole\":9223372036854775807,\"least\":-9223372036854775808"),
        event("x".repeat(1_000), ""),
        bytes("{\"type\":\"measurement\",\"id\":\"" + "i".repeat(100_000) + "\"}"),
        bytes("{\"type\":\"measurement\",\"values\":{\"a\":\"\\ud800\"}}"),
        new byte[200_000]);
  }

  static List<byte[]> timesAtTheirEnds() {
    return List.of(
            "-9223372036854775808",
            "9223372036854775807",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999Z\"",
            "\"10000-01-01T00:00:00Z\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"" + "9".repeat(10_000) + "\"")
        .stream()
        .map(time -> bytes("{\"type\":\"measurement\",\"time\":%s,\"values\":{}}".formatted(time)))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package org.linli.sims.journal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;

/**
 * A checksum over an event's values that does not depend on their order or on how a number is
 * written: CRC-32 over {@code name=value;} by name, numbers in plain decimals without trailing
 * zeros, strings in double quotes.
 */
public final class Content {

  private Content() {}

  /** The checksum of values before they are sent. */
  public static int checksum(Values values) {
    SortedMap<String, String> texts = new TreeMap<>();
    values
        .byName()
        .forEach(
            (name, value) ->
                texts.put(
                    name,
                    switch (value) {
                      case Value.Whole(long number) -> Long.toString(number);
                      case Value.Real(double number) -> plain(BigDecimal.valueOf(number));
                      case Value.Truth(boolean truth) -> Boolean.toString(truth);
                      case Value.Text(String text) -> quoted(text);
                    }));
    return checksum(texts);
  }

  /** The checksum of values as the hub returns them. */
  public static int checksum(JsonNode values) {
    SortedMap<String, String> texts = new TreeMap<>();
    values.properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue())));
    return checksum(texts);
  }

  private static String text(JsonNode value) {
    if (value.isNumber()) {
      return plain(value.decimalValue());
    }
    return value.isString() ? quoted(value.asString()) : value.toString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static int checksum(Map<String, String> texts) {
    CRC32 checksum = new CRC32();
    texts.forEach(
        (name, text) ->
            checksum.update((name + '=' + text + ';').getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }
}

package org.linli.sims.journal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.sims.equipment.Expectation;
import org.linli.sims.equipment.Expectation.Beside;

/**
 * What the hub must make of a message, as the last five words of its line: KIND DEVICE TYPE VALUES
 * BESIDE. Values are {@code name=value} joined by {@code &} and percent-encoded; further types are
 * joined by commas, with a question mark after those that are not certain; a hyphen stands for
 * nothing.
 */
final class ExpectationText {

  private static final String NOTHING = "-";

  private ExpectationText() {}

  static String write(Expectation expectation) {
    String values =
        expectation.values().entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    String beside =
        expectation.beside().stream()
            .map(each -> each.type() + (each.certain() ? "" : "?"))
            .collect(Collectors.joining(","));
    return String.join(
        " ",
        expectation.kind().wireName(),
        expectation.device().value(),
        orNothing(expectation.type()),
        orNothing(values),
        orNothing(beside));
  }

  /**
   * Parses the five words.
   *
   * @throws IllegalArgumentException when they are not valid
   */
  static Expectation read(List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    split(words.get(3), "&")
        .forEach(
            pair -> {
              String[] sides = pair.split("=", 2);
              values.put(decode(sides[0]), decode(sides[1]));
            });
    return new Expectation(
        Kind.ofWireName(words.get(0))
            .orElseThrow(() -> new IllegalArgumentException("no kind " + words.get(0))),
        new DeviceId(words.get(1)),
        words.get(2).equals(NOTHING) ? "" : words.get(2),
        values,
        split(words.get(4), ",")
            .map(
                text ->
                    text.endsWith("?")
                        ? new Beside(text.substring(0, text.length() - 1), false)
                        : new Beside(text, true))
            .toList());
  }

  private static Stream<String> split(String text, String separator) {
    return text.equals(NOTHING) ? Stream.empty() : Stream.of(text.split(separator));
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? NOTHING : text;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

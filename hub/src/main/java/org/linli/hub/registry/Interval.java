package org.linli.hub.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses how often a device reports, as people write it: {@code 90s}, {@code 10m}, {@code 2h},
 * {@code 1d}.
 */
public final class Interval {

  /** What is expected, as the end of a sentence. */
  public static final String RULE =
      "write a number and s, m, h or d, such as 90s or 10m, at most 30d.";

  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,6})(s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(30);

  private Interval() {}

  /** Returns the duration; empty if the text has another form, or is longer than 30 days. */
  public static Optional<Duration> of(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration interval =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return Optional.of(interval).filter(some -> some.compareTo(LONGEST) <= 0);
  }

  /** Returns how an interval is written, in the largest unit of which it is a whole number. */
  public static String written(Duration interval) {
    long seconds = interval.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}

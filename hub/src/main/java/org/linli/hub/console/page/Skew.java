package org.linli.hub.console.page;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a clock is off, in everyday words.
 *
 * @param key the message that says whether it is ahead or behind
 * @param unit the message that says how far
 * @param number the number in that message
 */
public record Skew(String key, String unit, long number) {

  /** A smaller difference can be network latency and is not worth mentioning. */
  private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

  /** Returns null if there is nothing to say. */
  static @Nullable Skew of(@Nullable Duration ahead) {
    if (ahead == null || ahead.abs().compareTo(WORTH_SAYING) < 0) {
      return null;
    }
    String key = ahead.isNegative() ? "clock.behind" : "clock.ahead";
    Duration far = ahead.abs();
    if (far.toMinutes() < 1) {
      return new Skew(key, "span.seconds", far.toSeconds());
    }
    if (far.toHours() < 1) {
      return new Skew(key, "span.minutes", far.toMinutes());
    }
    return far.toDays() < 1
        ? new Skew(key, "span.hours", far.toHours())
        : new Skew(key, "span.days", far.toDays());
  }
}

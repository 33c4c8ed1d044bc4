package org.linli.hub.console.page;

import java.time.Duration;

/**
 * How long ago something was, in everyday words.
 *
 * @param key the message that says it
 * @param number the number in that message
 */
public record Age(String key, long number) {

  static Age of(Duration duration) {
    if (duration.toMinutes() < 1) {
      return new Age("age.now", 0);
    }
    if (duration.toHours() < 1) {
      return new Age("age.minutes", duration.toMinutes());
    }
    return duration.toDays() < 1
        ? new Age("age.hours", duration.toHours())
        : new Age("age.days", duration.toDays());
  }
}

package org.linli.rules;

import java.time.Duration;

/** When a rule opens its alert. */
public sealed interface Onset {

  /** As soon as the event arrives. */
  record AtOnce() implements Onset {}

  /** When no clearing event arrives within the duration. */
  record After(Duration duration) implements Onset {}

  /** When {@code count} events arrive within the duration. */
  record Repeated(int count, Duration within) implements Onset {}

  /** When no such event arrives within the duration. */
  record Absent(Duration duration) implements Onset {}
}

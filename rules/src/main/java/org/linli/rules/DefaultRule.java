package org.linli.rules;

import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;

/**
 * A rule that every hub has.
 *
 * @param kind the kind of device it is about; null for any
 * @param severity of the alert that it opens
 */
public record DefaultRule(@Nullable Kind kind, Rule rule, Severity severity) {

  /**
   * Whether it watches devices of this kind. What a device says opens its alert whatever kind the
   * device was registered as: it may be two things, such as a door station with a camera. Only an
   * absence, which nobody says, is for its own kind alone.
   */
  public boolean watches(Kind other) {
    return kind == null || kind == other || !(rule.onset() instanceof Onset.Absent);
  }
}

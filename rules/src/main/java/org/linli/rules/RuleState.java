package org.linli.rules;

import java.time.Instant;
import java.util.List;

/** The state that a rule keeps for one device. */
public sealed interface RuleState {

  /** No event that concerned the rule so far. */
  record Unseen() implements RuleState {}

  /**
   * Nothing that could lead to an alert.
   *
   * @param last the newest event that concerned the rule
   */
  record Quiet(Position last) implements RuleState {}

  /**
   * Some events of a repetition, too few so far.
   *
   * @param times when the gateway took them, in the order in which they arrived
   */
  record Counting(Position last, List<Instant> times) implements RuleState {
    public Counting {
      times = List.copyOf(times);
    }
  }

  /**
   * An alert opens at {@code due} unless an event prevents it.
   *
   * @param due by the clock of {@link Occurrence#now}
   */
  record Waiting(Position last, Instant due) implements RuleState {}

  /** An alert is open. */
  record Raised(Position last) implements RuleState {}
}

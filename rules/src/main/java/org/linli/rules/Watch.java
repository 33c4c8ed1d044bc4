package org.linli.rules;

import java.time.Instant;
import java.util.List;

/** What a rule remembers of one device. */
public sealed interface Watch {

  /** Nothing yet. */
  record Unseen() implements Watch {}

  /**
   * Nothing that could lead to an alert.
   *
   * @param last the newest event that concerned the rule
   */
  record Quiet(Position last) implements Watch {}

  /**
   * Some events, too few so far.
   *
   * @param times when the gateway took them, oldest first
   */
  record Counting(Position last, List<Instant> times) implements Watch {
    public Counting {
      times = List.copyOf(times);
    }
  }

  /**
   * An alert opens at {@code due} unless an event comes that prevents it.
   *
   * @param due by the clock of whoever decides
   */
  record Waiting(Position last, Instant due) implements Watch {}

  /** An alert is open. */
  record Raised(Position last) implements Watch {}
}

package org.linli.sims.day;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Future steps, ordered by simulated time; at equal times the one added first goes first. */
final class Agenda {

  /** A step at a time, in milliseconds since 1970. */
  @FunctionalInterface
  interface Step {
    void happen(long at);
  }

  private record Entry(long at, long number, Step step) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
  private long added;

  void add(long at, Step step) {
    entries.add(new Entry(at, added++, step));
  }

  /** Runs the next step; false when there is none. */
  boolean advance() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    next.step().happen(next.at());
    return true;
  }
}

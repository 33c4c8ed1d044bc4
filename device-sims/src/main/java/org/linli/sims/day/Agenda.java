package org.linli.sims.day;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen, ordered by simulated time; what was added first goes first at equal times. */
final class Agenda {

  /** Something that happens at a time, in milliseconds since 1970. */
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

  /** Lets the next thing happen; false when there is none. */
  boolean advance() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    next.step().happen(next.at());
    return true;
  }
}

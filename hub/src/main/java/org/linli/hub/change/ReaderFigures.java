package org.linli.hub.change;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what a reader of changes did not get, or could do nothing with. Safe for any thread. */
public final class ReaderFigures {

  private final Counter leftOut;
  private final Counter gaps;

  /**
   * @param reader a name of the program's
   */
  public ReaderFigures(MeterRegistry meters, String reader) {
    this.leftOut =
        Counter.builder("linli.changes.left.out")
            .description("Subjects of changes that a reader cannot show or work on")
            .tag("reader", reader)
            .register(meters);
    this.gaps =
        Counter.builder("linli.changes.gaps")
            .description("Times that a reader is told to read everything again")
            .tag("reader", reader)
            .register(meters);
  }

  /**
   * @param subjects that the reader cannot show or work on
   */
  public void leftOut(long subjects) {
    leftOut.increment(subjects);
  }

  /** The reader is told to read everything again. */
  public void gap() {
    gaps.increment();
  }
}

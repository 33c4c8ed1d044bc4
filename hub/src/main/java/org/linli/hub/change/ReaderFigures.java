package org.linli.hub.change;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what a reader of changes did not receive or could not process. Safe for any thread. */
public final class ReaderFigures {

  private final Counter leftOut;
  private final Counter gaps;

  /**
   * @param reader a name chosen by the program
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
   * @param subjects how many the reader cannot show or process
   */
  public void leftOut(long subjects) {
    leftOut.increment(subjects);
  }

  /** Counts that the reader has to read everything again. */
  public void gap() {
    gaps.increment();
  }
}

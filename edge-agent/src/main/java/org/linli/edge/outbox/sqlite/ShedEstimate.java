package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;

/**
 * Whether giving up all eligible events would make enough room. A large lane is not scanned as a
 * whole in each commit. A scan ends when enough is found, continues in the next commit after
 * {@value #ROWS_AT_ONCE} rows, and its answer is valid for a while. For the writer thread only.
 */
final class ShedEstimate {

  /** Rows that are scanned in one commit. */
  static final int ROWS_AT_ONCE = 10_000;

  /**
   * How long TOO_LITTLE is valid, for each commit that the scan took, unless clearly less is needed
   * than before.
   */
  private static final long TOO_LITTLE_MILLIS = 1_000;

  private static final int CLEARLY = 8;

  /** How long ENOUGH is valid, unless more is needed than before. */
  private static final long ENOUGH_MILLIS = 60_000;

  private final RowTable urgent;
  private final RowTable bulk;

  /** The bytes that were needed when the answer was found. */
  private long asked;

  private long answeredAt;
  private Result answer = Result.NOT_KNOWN_YET;

  /** State of a scan that may be unfinished: its position, and the number of its commits. */
  private boolean isLooking;

  private int commits;
  private boolean bulkIsSeen;
  private long seen;
  private long found;

  ShedEstimate(RowTable urgent, RowTable bulk) {
    this.urgent = urgent;
    this.bulk = bulk;
  }

  /** The result of giving up everything. */
  enum Result {
    ENOUGH,
    TOO_LITTLE,

    /** To be asked again in the next commit; until then nothing is given up. */
    NOT_KNOWN_YET
  }

  /** No more room is needed. */
  void forget() {
    answer = Result.NOT_KNOWN_YET;
    isLooking = false;
  }

  /**
   * @param lacking bytes that are needed, more than 0
   * @param running the outbox's running time in milliseconds
   */
  Result of(long lacking, RowTable.Span ofBulk, RowTable.Span ofUrgent, long running)
      throws SQLException {
    if (holds(lacking, running)) {
      return answer;
    }
    if (!isLooking) {
      isLooking = true;
      commits = 0;
      bulkIsSeen = false;
      seen = ofBulk.after();
      found = 0;
    }
    commits++;
    answer = look(lacking, ofBulk, ofUrgent);
    if (answer != Result.NOT_KNOWN_YET) {
      isLooking = false;
      asked = lacking;
      answeredAt = running;
    }
    return answer;
  }

  private boolean holds(long lacking, long running) {
    return switch (answer) {
      case ENOUGH -> lacking <= asked && running - answeredAt < ENOUGH_MILLIS;
      case TOO_LITTLE ->
          lacking >= asked - asked / CLEARLY && running - answeredAt < commits * TOO_LITTLE_MILLIS;
      case NOT_KNOWN_YET -> false;
    };
  }

  private Result look(long lacking, RowTable.Span ofBulk, RowTable.Span ofUrgent)
      throws SQLException {
    int rows = ROWS_AT_ONCE;
    if (!bulkIsSeen) {
      RowTable.Gain gain = gain(bulk, ofBulk, lacking, rows);
      if (found >= lacking) {
        return Result.ENOUGH;
      }
      rows -= gain.rows();
      if (rows == 0) {
        return Result.NOT_KNOWN_YET;
      }
      bulkIsSeen = true;
      seen = ofUrgent.after();
    }
    RowTable.Gain gain = gain(urgent, ofUrgent, lacking, rows);
    if (found >= lacking) {
      return Result.ENOUGH;
    }
    return gain.rows() == rows ? Result.NOT_KNOWN_YET : Result.TOO_LITTLE;
  }

  private RowTable.Gain gain(RowTable table, RowTable.Span span, long lacking, int rows)
      throws SQLException {
    RowTable.Gain gain =
        table.gain(
            new RowTable.Span(Math.max(seen, span.after()), span.to(), span.sent()),
            lacking - found,
            rows);
    seen = gain.end();
    found += gain.bytes();
    return gain;
  }
}

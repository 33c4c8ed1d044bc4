package org.linli.sims.hostile;

import java.util.Map;

/**
 * What an attack may do at most; docs/reliability.md has them as a table.
 *
 * @param p99Times so many times what it is without an attack
 * @param p99FloorMillis below which a p99 is never too much: a machine's own noise
 * @param heapShare of the largest heap, after a collection
 * @param gatewayResidentMb at any time
 * @param hubResidentMb at any time
 * @param gatewayFiles more than without an attack, once things have settled
 * @param hubFiles likewise, with those of tables of the history that strangers bring into use
 * @param threads more than without an attack, once things have settled
 * @param mostThreads more than without an attack, at any time
 * @param silenceSeconds in which nothing goes on, or health does not answer
 * @param untrueSeconds in which health may say UP while nothing goes on
 * @param logMb that a program may write about one attack
 * @param quotaTimes so many times its quota the outbox may hold on disk
 * @param rows of a table, by program and table
 */
record Limits(
    double p99Times,
    double p99FloorMillis,
    double heapShare,
    double gatewayResidentMb,
    double hubResidentMb,
    int gatewayFiles,
    int hubFiles,
    int threads,
    int mostThreads,
    double silenceSeconds,
    double untrueSeconds,
    double logMb,
    double quotaTimes,
    Map<String, Long> rows) {

  /** A fixed part that is Java's own, and the heap. */
  private static final double OUTSIDE_GATEWAY_HEAP_MB = 320;

  private static final double OUTSIDE_HUB_HEAP_MB = 704;

  /**
   * Of a table of the history that is written; those of far times and of unnamed devices come late.
   */
  private static final int FILES_OF_A_TABLE = 50;

  Limits {
    rows = Map.copyOf(rows);
  }

  static Limits with(double p99FloorMillis) {
    return new Limits(
        3,
        p99FloorMillis,
        0.75,
        Arena.GATEWAY_HEAP_MB + OUTSIDE_GATEWAY_HEAP_MB,
        Arena.HUB_HEAP_MB + OUTSIDE_HUB_HEAP_MB,
        64,
        64 + 2 * FILES_OF_A_TABLE,
        16,
        256,
        10,
        10,
        4,
        1.1,
        Rows.LIMITS);
  }
}

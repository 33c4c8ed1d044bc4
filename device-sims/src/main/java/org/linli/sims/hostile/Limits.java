package org.linli.sims.hostile;

import java.util.Map;

/**
 * The limits of what an attack may cause; docs/reliability.md has them as a table.
 *
 * @param p99Times as a multiple of the p99 without an attack
 * @param p99FloorMillis a p99 below this is always accepted: it is the machine's own noise
 * @param heapShare of the largest heap, after a collection
 * @param gatewayResidentMb at any time
 * @param hubResidentMb at any time
 * @param gatewayFiles more than without an attack, once settled
 * @param hubFiles likewise, including those of history tables that unknown clients bring into use
 * @param threads more than without an attack, once settled
 * @param mostThreads more than without an attack, at any time
 * @param silenceSeconds without progress, or without an answer from health
 * @param untrueSeconds in which health may say UP without progress
 * @param logMb that a program may write about one attack
 * @param quotaTimes the outbox on disk as a multiple of its quota
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

  /** Resident memory outside the heap, used by Java itself. */
  private static final double OUTSIDE_GATEWAY_HEAP_MB = 320;

  private static final double OUTSIDE_HUB_HEAP_MB = 704;

  /**
   * Files of a history table in use; the tables for far times and unnamed devices come into use
   * late.
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

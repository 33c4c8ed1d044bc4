package org.linli.hub.journal;

import java.time.Duration;
import org.linli.hub.records.TestRecords;

/** How old a store's parts are, on real records, without Spring. */
public final class PartsOnRecords {

  private PartsOnRecords() {}

  /**
   * @param age how long parts are kept
   */
  public static HistoryParts of(TestRecords records, Duration age) {
    return new HistoryParts(
        records.client(),
        records.transactions(),
        ArchiveOnRecords.of(records),
        new HistoryKeeping(age, null),
        records.runningTime());
  }

  /** The stores have everything up to this row of the journal. */
  public static void carried(TestRecords records, long row) {
    records
        .client()
        .sql(
            """
            INSERT INTO journal (id, received_at, events, repeats, late, payload)
            VALUES (?, 0, 1, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(row, new byte[0], new byte[0], new byte[0])
        .update();
    records.client().sql("UPDATE journal_position SET last_id = ?").param(row).update();
    records.client().sql("UPDATE archive SET carried = ?").param(row).update();
  }
}

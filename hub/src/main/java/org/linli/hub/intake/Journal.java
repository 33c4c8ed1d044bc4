package org.linli.hub.intake;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Batches that are applied and not yet in every store, in the hub's records. A batch enters in the
 * transaction that applies it, so that its events are durable with their alerts and one sync is
 * enough for both; once the stores have it on disk, it belongs to the {@link Archive}.
 */
@Component
class Journal {

  private static final String ADD =
      """
      INSERT INTO journal (received_at, events, repeats, late, payload)
      VALUES (:at, :events, :repeats, :late, :payload)
      """;

  private final JdbcClient client;
  private final JournalRows rows;
  private final Archive archive;
  private final long limit;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  private volatile Runnable onMore = () -> {};

  Journal(JdbcClient client, RecordsReader reader, Archive archive, JournalSettings settings) {
    this.client = client;
    this.rows = new JournalRows(reader);
    this.archive = archive;
    this.limit = settings.limit().toBytes();
    reader
        .sql(
            """
            SELECT COALESCE(SUM(events), 0), COALESCE(SUM(LENGTH(payload)), 0) FROM journal
            WHERE id > :carried
            """)
        .param("carried", archive.carried())
        .query(
            row -> {
              events.set(row.getLong(1));
              bytes.set(row.getLong(2));
            });
  }

  /**
   * @throws StoreUnavailableException when as much waits as may
   */
  void requireRoom() {
    if (bytes.get() > limit) {
      throw new StoreUnavailableException(
          ("%d events (%d bytes) wait for the history's store, more than linli.journal.limit"
                  + " allows. See that the store takes them.")
              .formatted(events.get(), bytes.get()));
    }
  }

  /** Within the caller's transaction; {@link #added} is to follow when it has committed. */
  void add(ArrivedBatch arrived, int count, BitSet repeats, BitSet late) {
    client
        .sql(ADD)
        .param("at", arrived.receivedAt().toEpochMilli())
        .param("events", count)
        .param("repeats", repeats.toByteArray())
        .param("late", late.toByteArray())
        .param("payload", arrived.payload())
        .update();
  }

  /** After the commit. */
  void added(long moreEvents, long moreBytes) {
    events.addAndGet(moreEvents);
    bytes.addAndGet(moreBytes);
    onMore.run();
  }

  /** Has this run after each commit that added something. */
  void onMore(Runnable action) {
    onMore = action;
  }

  /** Events that wait. */
  long events() {
    return events.get();
  }

  /** Bytes of batches that wait, as they came. */
  long bytes() {
    return bytes.get();
  }

  /** The oldest entries, with about as many events as told and one entry at least; none: none. */
  List<JournalEntry> oldest(int most) {
    return rows.oldest(archive.carried() + 1, Long.MAX_VALUE, most);
  }

  /** After the commit in which the {@link Archive} took them. */
  void carried(List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      events.addAndGet(-entry.events());
      bytes.addAndGet(-entry.payload().length);
    }
  }
}

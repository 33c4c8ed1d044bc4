package org.linli.hub.intake;

import java.time.Instant;
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
 * enough for both; it leaves when the stores have it on disk.
 */
@Component
class Journal {

  private static final int MOST_ENTRIES = 500;

  private static final String ADD =
      """
      INSERT INTO journal (received_at, events, repeats, late, payload)
      VALUES (:at, :events, :repeats, :late, :payload)
      """;

  private final JdbcClient client;
  private final RecordsReader reader;
  private final long limit;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  private volatile Runnable onMore = () -> {};

  /** A batch that waits. */
  record Entry(
      long id, Instant receivedAt, int events, BitSet repeats, BitSet late, byte[] payload) {}

  private record Size(long id, long events) {}

  Journal(JdbcClient client, RecordsReader reader, JournalSettings settings) {
    this.client = client;
    this.reader = reader;
    this.limit = settings.limit().toBytes();
    reader
        .sql("SELECT COALESCE(SUM(events), 0), COALESCE(SUM(LENGTH(payload)), 0) FROM journal")
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
  List<Entry> oldest(int most) {
    List<Size> sizes =
        reader
            .sql("SELECT id, events FROM journal ORDER BY id LIMIT " + MOST_ENTRIES)
            .query((row, number) -> new Size(row.getLong("id"), row.getLong("events")))
            .list();
    long last = 0;
    long sum = 0;
    for (Size size : sizes) {
      sum += size.events();
      if (last > 0 && sum > most) {
        break;
      }
      last = size.id();
    }
    return reader
        .sql(
            """
            SELECT id, received_at, events, repeats, late, payload FROM journal
            WHERE id <= :last ORDER BY id
            """)
        .param("last", last)
        .query(
            (row, number) ->
                new Entry(
                    row.getLong("id"),
                    Instant.ofEpochMilli(row.getLong("received_at")),
                    row.getInt("events"),
                    BitSet.valueOf(row.getBytes("repeats")),
                    BitSet.valueOf(row.getBytes("late")),
                    row.getBytes("payload")))
        .list();
  }

  /** Within the caller's transaction; {@link #removed} is to follow when it has committed. */
  void remove(List<Entry> entries) {
    client
        .sql("DELETE FROM journal WHERE id BETWEEN :first AND :last")
        .param("first", entries.getFirst().id())
        .param("last", entries.getLast().id())
        .update();
  }

  /** After the commit. */
  void removed(List<Entry> entries) {
    for (Entry entry : entries) {
      events.addAndGet(-entry.events());
      bytes.addAndGet(-entry.payload().length);
    }
  }
}

package org.linli.hub.journal;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.registry.Registry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Batches in the hub's records that are applied and not yet in every store. A batch enters in the
 * transaction that applies it, so that its events are durable together with their alerts, with one
 * sync for both. Once the stores have it on disk, it belongs to the {@link Archive}.
 */
@Component
public class Journal {

  private static final String ADD =
      """
      INSERT INTO journal (received_at, events, repeats, late, payload, urgent_of)
      VALUES (:at, :events, :repeats, :late, :payload, :urgentOf)
      """;

  private final JdbcClient client;
  private final JournalRows rows;
  private final Archive archive;
  private final long limit;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong timesCarried = new AtomicLong();
  private final UrgentRoom urgent;

  private volatile Runnable onMore = () -> {};

  @Autowired
  Journal(
      JdbcClient client,
      RecordsReader reader,
      Archive archive,
      JournalSettings settings,
      Registry registry) {
    this(client, reader, archive, settings, () -> registry.gateways().size());
  }

  Journal(
      JdbcClient client,
      RecordsReader reader,
      Archive archive,
      JournalSettings settings,
      IntSupplier gateways) {
    this.client = client;
    this.rows = new JournalRows(reader);
    this.archive = archive;
    this.limit = settings.limit().toBytes();
    this.urgent = new UrgentRoom(limit, gateways);
    reader
        .sql(
            """
            SELECT urgent_of, SUM(events) AS events, SUM(LENGTH(payload)) AS bytes FROM journal
            WHERE id > :carried GROUP BY urgent_of
            """)
        .param("carried", archive.carried())
        .query(
            row -> {
              events.addAndGet(row.getLong("events"));
              bytes.addAndGet(row.getLong("bytes"));
              String urgentOf = row.getString("urgent_of");
              if (urgentOf != null) {
                urgent.add(new GatewayId(urgentOf), row.getLong("bytes"));
              }
            });
  }

  /**
   * @throws StoreUnavailableException if the journal holds as much as it may before it refuses bulk
   *     events
   */
  public void requireRoom() {
    if (bytes.get() > limit) {
      throw new StoreUnavailableException(
          ("%d events (%d bytes) wait for the history's store, more than linli.journal.limit"
                  + " allows. See that the store takes them.")
              .formatted(events.get(), bytes.get()));
    }
  }

  /**
   * @throws StoreUnavailableException if these batches are urgent and as much urgent data of their
   *     gateway waits as may
   */
  public void requireRoomFor(List<ArrivedBatch> arrived) {
    for (ArrivedBatch batch : arrived) {
      if (batch.lane() == Lane.URGENT) {
        urgent.require(batch.gateway());
      }
    }
  }

  /** Adds a batch within the caller's transaction. {@link #added} must follow after the commit. */
  public void add(ArrivedBatch arrived, int count, BitSet repeats, BitSet late) {
    client
        .sql(ADD)
        .param("at", arrived.receivedAt().toEpochMilli())
        .param("events", count)
        .param("repeats", repeats.toByteArray())
        .param("late", late.toByteArray())
        .param("payload", arrived.payload())
        .param("urgentOf", arrived.lane() == Lane.URGENT ? arrived.gateway().value() : null)
        .update();
  }

  /** Counts a batch as waiting. To be called after the commit. */
  public void added(ArrivedBatch arrived, long moreEvents) {
    if (arrived.lane() == Lane.URGENT) {
      urgent.add(arrived.gateway(), arrived.payload().length);
    }
    added(moreEvents, arrived.payload().length);
  }

  /** Counts bulk events as waiting. To be called after the commit. */
  void added(long moreEvents, long moreBytes) {
    events.addAndGet(moreEvents);
    bytes.addAndGet(moreBytes);
    onMore.run();
  }

  /** Registers an action that runs after each commit that added something. */
  void onMore(Runnable action) {
    onMore = action;
  }

  /** Returns how many events wait. */
  long events() {
    return events.get();
  }

  /** Returns how many bytes of batches wait, as they came. */
  long bytes() {
    return bytes.get();
  }

  /**
   * Returns the oldest entries, with roughly {@code most} events and at least one entry; empty if
   * none waits.
   */
  List<JournalEntry> oldest(int most) {
    return rows.oldest(archive.carried() + 1, Long.MAX_VALUE, most);
  }

  long timesCarried() {
    return timesCarried.get();
  }

  /**
   * Counts entries as no longer waiting. To be called after the commit in which the {@link Archive}
   * took them.
   */
  void carried(List<JournalEntry> entries) {
    timesCarried.incrementAndGet();
    for (JournalEntry entry : entries) {
      events.addAndGet(-entry.events());
      bytes.addAndGet(-entry.payload().length);
      if (entry.urgentOf() != null) {
        urgent.add(entry.urgentOf(), -entry.payload().length);
      }
    }
  }
}

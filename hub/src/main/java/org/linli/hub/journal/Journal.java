package org.linli.hub.journal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.linli.event.CommunityId;
import org.linli.event.Lane;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.records.LastWrite;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.registry.Registry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Batches in the hub's records that are applied and not yet in every store. A batch enters in the
 * transaction that applies it, so that its events are durable together with their alerts, with one
 * sync for both. Once the stores have it on disk, it belongs to the {@link Archive}.
 */
@Component
public class Journal {

  private final JournalRows rows;
  private final JournalEnd end;
  private final Archive archive;
  private final long limit;
  private final IntSupplier gateways;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong timesCarried = new AtomicLong();
  private volatile UrgentRoom urgent;

  /** Whether a commit failed in such a way that nobody knows whether it happened. */
  private volatile boolean isInDoubt;

  private volatile Runnable onMore = () -> {};

  @Autowired
  Journal(
      JdbcTemplate writer,
      RecordsReader reader,
      Archive archive,
      JournalSettings settings,
      Registry registry) {
    this(writer, reader, archive, settings, () -> registry.gateways().size());
  }

  Journal(
      JdbcTemplate writer,
      RecordsReader reader,
      Archive archive,
      JournalSettings settings,
      IntSupplier gateways) {
    this.rows = new JournalRows(reader);
    this.end = new JournalEnd(writer);
    this.archive = archive;
    this.limit = settings.limit().toBytes();
    this.gateways = gateways;
    this.urgent = new UrgentRoom(limit, gateways);
    count(reader.sql(JournalRows.WAITING));
  }

  private void count(JdbcClient.StatementSpec waiting) {
    UrgentRoom counted = new UrgentRoom(limit, gateways);
    long sum = 0;
    long size = 0;
    for (JournalRows.Waiting part : JournalRows.waiting(waiting)) {
      sum += part.events();
      size += part.bytes();
      if (part.urgentOf() != null) {
        counted.add(part.urgentOf(), part.bytes());
      }
    }
    events.set(sum);
    bytes.set(size);
    urgent = counted;
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

  /**
   * Adds a batch within the caller's transaction. It is written last and waits from the commit on.
   *
   * @param community the community of its gateway
   */
  public void add(
      CommunityId community, ArrivedBatch arrived, int count, BitSet repeats, BitSet late) {
    moves().added.add(new JournalEnd.Row(community, arrived, count, repeats, late));
  }

  private Moves moves() {
    Moves moves = (Moves) TransactionSynchronizationManager.getResource(this);
    if (moves == null) {
      moves = new Moves();
      TransactionSynchronizationManager.registerSynchronization(moves);
      TransactionSynchronizationManager.bindResource(this, moves);
    }
    return moves;
  }

  /** What one transaction adds to what waits, and takes from it. */
  private final class Moves implements LastWrite {

    private final List<JournalEnd.Row> added = new ArrayList<>();
    private final List<JournalEntry> carried = new ArrayList<>();

    /** Whether its commit was begun. */
    private boolean isCommitting;

    /** Its ids are always taken before those of changes: two transactions never cross. */
    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void writeLast() {
      isCommitting = true;
      end.append(added);
    }

    /** Runs before the next transaction begins, so that {@link #recount} counts nothing twice. */
    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(Journal.this);
      if (status == STATUS_COMMITTED) {
        added.forEach(row -> added(row.arrived(), row.events()));
        if (!carried.isEmpty()) {
          subtract(carried);
        }
      } else if (isCommitting) {
        isInDoubt = true;
        onMore.run();
      }
    }
  }

  /**
   * Returns whether a commit failed in such a way that nobody knows whether it happened. {@link
   * #recount} must follow.
   */
  boolean isInDoubt() {
    return isInDoubt;
  }

  /** Counts what waits by the rows, within the caller's transaction. */
  void recount() {
    end.await();
    count(end.sql(JournalRows.WAITING));
    isInDoubt = false;
  }

  /** Counts a batch as waiting. */
  void added(ArrivedBatch arrived, long moreEvents) {
    if (arrived.lane() == Lane.URGENT) {
      urgent.add(arrived.gateway(), arrived.payload().length);
    }
    added(moreEvents, arrived.payload().length);
  }

  /** Counts bulk events as waiting. */
  void added(long moreEvents, long moreBytes) {
    events.addAndGet(moreEvents);
    bytes.addAndGet(moreBytes);
    onMore.run();
  }

  /** Registers an action that runs after each commit that added something, or may have. */
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
   * Counts entries as no longer waiting once the caller's transaction has committed, in which the
   * {@link Archive} takes them.
   */
  void carried(List<JournalEntry> entries) {
    moves().carried.addAll(entries);
  }

  private void subtract(List<JournalEntry> entries) {
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

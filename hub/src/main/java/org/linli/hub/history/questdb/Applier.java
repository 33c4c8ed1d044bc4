package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.O3PartitionPurgeJob;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.CheckWalTransactionsJob;
import io.questdb.cairo.wal.WalPurgeJob;
import io.questdb.cairo.wal.seq.SeqTxnTracker;
import io.questdb.mp.Job;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.hub.history.HistoryStore;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.LoggerFactory;

/**
 * Makes committed rows readable: applies them from the write-ahead log to the tables, on a thread
 * of its own, and does the housekeeping there. A table that could not be written, for example
 * because the disk was full, is retried every housekeeping period; until then its commits wait in
 * the log.
 */
final class Applier implements AutoCloseable {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(Applier.class));

  /** Consecutive checks without progress before a standstill is reported. */
  private static final int PATIENCE = 12;

  /** A step that takes longer is considered to have stopped. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

  /**
   * The owner that QuestDB's pools give to an unused entry; entries that are about to close have a
   * lower one.
   */
  private static final long UNALLOCATED = -1;

  private static final long UNKNOWN_SINCE = Long.MIN_VALUE;

  private final CairoEngine cairo;
  private final List<TableToken> tables;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore wake = new Semaphore(0);
  private final Duration housekeeping;
  private final Timer visible;
  private final MeterRegistry meters;
  private final Gauge behind;
  private final Runnable onStandstill;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread thread;
  private final AtomicLong readable = new AtomicLong();

  /** How many commits were ever waiting. */
  private long added;

  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * A commit that cannot be read yet.
   *
   * @param ends the last transaction in the log of each table
   */
  private record Waiting(List<Long> ends, long since) {}

  /**
   * @param onStandstill called when commits wait and nothing becomes readable, and again for as
   *     long as it lasts; must not block
   */
  Applier(
      Engine engine,
      MeterRegistry meters,
      LivingThreads threads,
      Duration housekeeping,
      Runnable onStandstill) {
    this.threads = threads;
    this.onStandstill = onStandstill;
    this.housekeeping = housekeeping;
    this.cairo = engine.cairo();
    this.tables = engine.tables();
    this.visible =
        Timer.builder("linli.history.visible")
            .description("From a durable commit to rows that queries find")
            .publishPercentileHistogram()
            .register(meters);
    this.meters = meters;
    this.behind =
        Gauge.builder("linli.history.waiting", waiting, Queue::size)
            .description("Durable commits that queries do not find yet")
            .register(meters);
  }

  void start() {
    // The commits of an earlier run of the hub wait too.
    add(UNKNOWN_SINCE);
    thread = threads.start(LivingThreads.Make.DAEMON, "history-apply", LONGEST_STEP, this::run);
  }

  /**
   * Notes that something was committed.
   *
   * @return a number for {@link #isReadable}
   */
  long committed() {
    long number = add(System.nanoTime());
    wake.release();
    return number;
  }

  private synchronized long add(long since) {
    waiting.add(new Waiting(ends(), since));
    return ++added;
  }

  /**
   * Returns whether this commit and all before it can be read; the first is what earlier runs left.
   */
  boolean isReadable(long number) {
    return readable.get() >= number;
  }

  private List<Long> ends() {
    return tables.stream().map(table -> tracker(table).getSeqTxn()).toList();
  }

  private void run(LivingThread own) throws InterruptedException {
    try (ApplyWal2TableJob apply = new ApplyWal2TableJob(cairo, 1);
        WalPurgeJob purgeLog = new WalPurgeJob(cairo);
        O3PartitionPurgeJob purgeParts = new O3PartitionPurgeJob(cairo, 1)) {
      List<Job> chores = List.of(new CheckWalTransactionsJob(cairo), purgeLog, purgeParts);
      long houseKept = System.nanoTime() - housekeeping.toNanos();
      Waiting oldest = null;
      int looks = 0;
      while (!isClosing()) {
        own.beat();
        try {
          if (System.nanoTime() - houseKept >= housekeeping.toNanos()) {
            houseKept = System.nanoTime();
            resumeSuspended();
            chores.forEach(chore -> chore.run(0));
            releaseInactive();
            looks = oldest != null && oldest.equals(waiting.peek()) ? looks + 1 : 0;
            oldest = waiting.peek();
            if (looks >= PATIENCE) {
              looks = 0;
              onStandstill.run();
            }
          }
          while (!isClosing() && apply.run(0)) {
            reportVisible();
            own.beat();
          }
          reportVisible();
          own.succeeded();
        } catch (Throwable thrown) {
          // Caught here and not further out, because the time of a standstill includes failures.
          own.failed(thrown);
        }
        if (wake.tryAcquire(housekeeping.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
    }
  }

  /**
   * Closes what is not being written. If QuestDB could not close a table because the disk failed,
   * its entry stays in the pool as about to close, and the next thread that asks for it waits
   * without end; here that would be this very thread. Only this thread takes tables from the pool,
   * so an entry that is about to close now has failed to.
   */
  private void releaseInactive() {
    try {
      cairo.releaseInactive();
    } finally {
      cairo.getWriterPoolEntries().values().removeIf(entry -> entry.getOwnerThread() < UNALLOCATED);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void reportVisible() {
    for (Waiting first = waiting.peek();
        first != null && isVisible(first);
        first = waiting.peek()) {
      if (first.since() != UNKNOWN_SINCE) {
        visible.record(System.nanoTime() - first.since(), TimeUnit.NANOSECONDS);
      }
      waiting.remove();
      readable.incrementAndGet();
    }
  }

  HistoryStore.Visibility visibility() {
    return new HistoryStore.Visibility(waiting.size(), readable.get());
  }

  private boolean isVisible(Waiting commit) {
    for (int i = 0; i < tables.size(); i++) {
      if (tracker(tables.get(i)).getWriterTxn() < commit.ends().get(i)) {
        return false;
      }
    }
    return true;
  }

  private void resumeSuspended() {
    for (TableToken table : tables) {
      if (cairo.getTableSequencerAPI().isSuspended(table)) {
        limited
            .atWarn(table.getTableName())
            .addKeyValue("table", table.getTableName())
            .addKeyValue("reason", tracker(table).getErrorMessage())
            .log("History stood still and is tried again");
        cairo.getTableSequencerAPI().resumeTable(table, 0);
      }
    }
  }

  private SeqTxnTracker tracker(TableToken table) {
    return cairo.getTableSequencerAPI().getTxnTracker(table);
  }

  @Override
  public void close() {
    meters.remove(behind);
    closing.countDown();
    wake.release();
    LivingThread running = thread;
    if (running != null) {
      running.end();
      running.join();
    }
  }
}

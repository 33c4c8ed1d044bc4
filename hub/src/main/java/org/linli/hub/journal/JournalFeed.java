package org.linli.hub.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.records.Availability;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries batches from the journal to the stores, in the order in which they were applied and many
 * at a time, on a thread of its own. An event that a store will never take becomes a dead letter.
 * While a store cannot write, everything waits and alerts go on.
 */
@Component
class JournalFeed implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JournalFeed.class);

  /** Events in one commit of a store. More than some thousands cost memory and gain little. */
  private static final int MOST_EVENTS = 5_000;

  /** A store that takes longer for one commit is considered to have stopped. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

  private static final Duration SIGN = Duration.ofSeconds(10);

  private final Journal journal;
  private final Archive archive;
  private final Storing storing;
  private final Undelivered undelivered;
  private final TransactionTemplate transaction;
  private final Duration linger;
  private final long mostBytes;
  private final Semaphore more = new Semaphore(0);
  private final LivingThreads threads;
  private volatile @Nullable LivingThread own;

  JournalFeed(
      Journal journal,
      Archive archive,
      ObjectProvider<DurableStore> stores,
      Undelivered undelivered,
      TransactionTemplate transaction,
      JournalSettings settings,
      LivingThreads threads,
      HubMemory memory,
      MeterRegistry meters) {
    this.mostBytes = memory.journal();
    this.journal = journal;
    this.archive = archive;
    this.storing = new Storing(stores);
    this.undelivered = undelivered;
    this.transaction = transaction;
    this.linger = settings.linger();
    this.threads = threads;
    Gauge.builder("linli.journal.events", journal, Journal::events)
        .description("Events that are applied and wait for the history's store")
        .register(meters);
    Gauge.builder("linli.journal.bytes", journal, Journal::bytes)
        .description("Bytes of batches that are applied and wait for the history's store")
        .register(meters);
  }

  private void carryAll(LivingThread thread) throws InterruptedException {
    boolean failing = false;
    while (!thread.isEnding()) {
      if (journal.events() == 0 && !journal.isInDoubt()) {
        while (!thread.isEnding() && !more.tryAcquire(SIGN.toMillis(), TimeUnit.MILLISECONDS)) {
          thread.beat();
        }
      }
      thread.beat();
      more.drainPermits();
      if (journal.events() < MOST_EVENTS) {
        thread.pause(linger);
      }
      try {
        carry();
        if (failing) {
          log.atInfo().log("The history's store takes events again");
        }
        failing = false;
        thread.succeeded();
      } catch (NestedRuntimeException e) {
        // The store or the records cannot write now: nothing is wrong with the thread.
        if (!failing && !Availability.explains(e)) {
          log.atError()
              .addKeyValue("waiting", journal.events())
              .addKeyValue("reason", e.toString())
              .log("The history's store takes no events now; they wait in the hub's records");
        }
        failing |= !Availability.explains(e);
        thread.pauseAfterFailure();
      }
    }
  }

  /** Carries one step: the oldest of what waits. */
  void carry() {
    settle();
    List<JournalEntry> entries = journal.oldest(MOST_EVENTS);
    if (entries.isEmpty()) {
      return;
    }
    JournalPortion portion = JournalPortion.of(entries, mostBytes);
    Map<HubEvent, String> refused = storing.append(portion.events(), portion.lastRow());
    transaction.executeWithoutResult(
        status -> {
          if (!refused.isEmpty() || !portion.unreadable().isEmpty()) {
            undelivered.keep(refused, portion.unreadable());
          }
          archive.take(portion.entries(), storing.needArchive());
          journal.carried(portion.entries());
        });
    tell(refused);
    portion.unreadable().forEach(JournalFeed::tell);
  }

  private void settle() {
    if (journal.isInDoubt()) {
      transaction.executeWithoutResult(_ -> journal.recount());
    }
  }

  private static void tell(UnreadableBatch batch) {
    log.atError()
        .addKeyValue("batch", batch.row())
        .addKeyValue("events", batch.events())
        .log(
            "A batch that was applied cannot be read any more, and is kept as a dead letter: {}",
            batch.why());
  }

  private static void tell(Map<HubEvent, String> refused) {
    refused.entrySet().stream()
        .findFirst()
        .ifPresent(
            first ->
                log.atWarn()
                    .addKeyValue("events", refused.size())
                    .addKeyValue("device", first.getKey().taken().event().device())
                    .addKeyValue("event", first.getKey().id())
                    .log("A store refuses events, kept as dead letters: {}", first.getValue()));
  }

  @Override
  public void start() {
    more.release();
    journal.onMore(more::release);
    own = threads.start(LivingThreads.Make.DAEMON, "journal", LONGEST_STEP, this::carryAll);
  }

  @Override
  public void stop() {
    LivingThread started = own;
    if (started != null) {
      started.end();
      more.release();
      started.join();
    }
    own = null;
  }

  @Override
  public boolean isRunning() {
    return own != null;
  }
}

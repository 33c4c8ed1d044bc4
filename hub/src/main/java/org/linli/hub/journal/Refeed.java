package org.linli.hub.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.records.Availability;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/**
 * Gives the stores again what the {@link Archive} keeps, if one of them has lost it. It begins with
 * the oldest, works alongside what is new and takes at most half of the time, so that alerts and
 * new events go on as before. After a restart it continues where it was. What a store refuses is
 * already a dead letter since the first time, and does not become one again.
 */
@Component
class Refeed implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Refeed.class);

  private static final int MOST_EVENTS = 5_000;

  /** A store that takes longer for one commit is considered to have stopped. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

  private static final Duration SAID_EVERY = Duration.ofSeconds(30);

  private final Archive archive;
  private final Storing storing;
  private final ApplicationEventPublisher publisher;
  private final LivingThreads threads;
  private final long mostBytes;
  private volatile @Nullable LivingThread own;

  Refeed(
      Archive archive,
      ObjectProvider<DurableStore> stores,
      ApplicationEventPublisher publisher,
      LivingThreads threads,
      HubMemory memory,
      MeterRegistry meters) {
    this.mostBytes = memory.journal();
    this.archive = archive;
    this.storing = new Storing(stores);
    this.publisher = publisher;
    this.threads = threads;
    Gauge.builder("linli.archive.again", archive, Archive::stillToGive)
        .description("Batches that are still to be given to the history's store again")
        .register(meters);
  }

  private void giveAll(LivingThread thread) throws InterruptedException {
    log.atWarn()
        .addKeyValue("batches", archive.stillToGive())
        .log("The history is built anew from the hub's records");
    long said = System.nanoTime();
    boolean more = true;
    while (more && !thread.isEnding()) {
      long began = System.nanoTime();
      thread.beat();
      try {
        more = step();
        thread.succeeded();
        thread.pause(Duration.ofNanos(System.nanoTime() - began));
      } catch (NestedRuntimeException e) {
        // The store or the records cannot write now: nothing is wrong with the thread.
        if (!Availability.explains(e)) {
          log.atError()
              .addKeyValue("reason", e.toString())
              .log("The history cannot be built anew now, and is tried again");
        }
        thread.pauseAfterFailure();
      }
      if (System.nanoTime() - said > SAID_EVERY.toNanos()) {
        said = System.nanoTime();
        log.atInfo()
            .addKeyValue("batches", archive.stillToGive())
            .log("The history is being built anew");
      }
    }
  }

  /**
   * Gives the next portion.
   *
   * @return false if that was all
   */
  boolean step() {
    List<JournalEntry> entries = archive.next(MOST_EVENTS);
    if (entries.isEmpty()) {
      boolean whole = archive.isWhole();
      publisher.publishEvent(new GivenAgain(whole));
      archive.givenAll();
      log.atInfo().addKeyValue("whole", whole).log("The history has everything again that is kept");
      return false;
    }
    JournalPortion portion = JournalPortion.of(entries, mostBytes);
    portion
        .unreadable()
        .forEach(
            one ->
                log.atError()
                    .addKeyValue("batch", one.row())
                    .addKeyValue("events", one.events())
                    .log("A batch of the archive cannot be read any more: {}", one.why()));
    storing.append(portion.events(), portion.lastRow());
    archive.given(portion.entries());
    return true;
  }

  @Override
  public void start() {
    if (archive.isGivingAgain()) {
      own = threads.start(LivingThreads.Make.DAEMON, "refeed", LONGEST_STEP, this::giveAll);
    }
  }

  @Override
  public void stop() {
    LivingThread started = own;
    if (started != null) {
      started.end();
      started.join();
    }
    own = null;
  }

  @Override
  public boolean isRunning() {
    return own != null;
  }
}

package org.linli.hub.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives the stores again what the {@link Archive} keeps, where one of them has lost it: from the
 * oldest on, beside what is new and never more than half of the time, so that alerts and new events
 * go on as ever. A restart goes on where it was. What a store refuses is a dead letter since it was
 * given for the first time, and is not buried again.
 */
@Component
class Refeed implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Refeed.class);

  private static final int MOST_EVENTS = 5_000;
  private static final Duration SAID_EVERY = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Archive archive;
  private final Storing storing;
  private final ApplicationEventPublisher publisher;
  private volatile @Nullable Run run;

  Refeed(
      Archive archive,
      ObjectProvider<DurableStore> stores,
      ApplicationEventPublisher publisher,
      MeterRegistry meters) {
    this.archive = archive;
    this.storing = new Storing(stores);
    this.publisher = publisher;
    Gauge.builder("linli.archive.again", archive, Archive::stillToGive)
        .description("Batches that are still to be given to the history's store again")
        .register(meters);
  }

  /** One thread, until everything is given or the hub stops. */
  private final class Run {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("refeed").daemon().unstarted(this::go);
    private Duration pause = FIRST_PAUSE;

    private void go() {
      log.atWarn()
          .addKeyValue("batches", archive.stillToGive())
          .log("The history is built anew from the hub's records");
      long said = System.nanoTime();
      boolean more = true;
      while (more && closing.getCount() > 0) {
        long began = System.nanoTime();
        Duration rest;
        try {
          more = step();
          pause = FIRST_PAUSE;
          rest = Duration.ofNanos(System.nanoTime() - began);
        } catch (RuntimeException e) {
          // The outermost guard: whatever it is, it must go on, or the history stays without it.
          log.atError()
              .addKeyValue("reason", e.toString())
              .log("The history cannot be built anew now, and is tried again");
          rest = pause;
          pause = pause.multipliedBy(2);
          if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
          }
        }
        if (System.nanoTime() - said > SAID_EVERY.toNanos()) {
          said = System.nanoTime();
          log.atInfo()
              .addKeyValue("batches", archive.stillToGive())
              .log("The history is being built anew");
        }
        rest(rest);
      }
    }

    private void rest(Duration time) {
      try {
        closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
    }

    private void end() {
      closing.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Gives the next portion.
   *
   * @return false when that was all
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
    List<HubEvent> events = new ArrayList<>();
    entries.forEach(entry -> events.addAll(entry.read()));
    storing.append(events);
    archive.given(entries);
    return true;
  }

  @Override
  public void start() {
    if (archive.isGivingAgain()) {
      Run started = new Run();
      run = started;
      started.thread.start();
    }
  }

  @Override
  public void stop() {
    Run started = run;
    if (started != null) {
      started.end();
    }
    run = null;
  }

  @Override
  public boolean isRunning() {
    return run != null;
  }
}

package org.linli.hub.history;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.hub.journal.HistoryMoves;
import org.linli.hub.journal.HistoryProgress;
import org.linli.hub.journal.HistoryStands;
import org.linli.hub.journal.Standstill;
import org.linli.hub.records.Availability;
import org.linli.hub.records.Elapsed;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Checks whether the history makes progress, for the component {@code history} of the health page
 * and for an alert. It stands still when events wait, for the store or in it, and none of them made
 * progress for a minute.
 */
@Component("historyHealthIndicator")
class HistoryMonitor extends Ticker implements HealthIndicator {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(HistoryMonitor.class));

  private static final Duration EVERY = Duration.ofSeconds(5);
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Standstill TAKES_NOTHING =
      new Standstill(
          Standstill.Cause.TAKES_NOTHING, "", "its store takes no events; the hub's log says why.");
  private static final Standstill NOT_READABLE =
      new Standstill(
          Standstill.Cause.NOT_READABLE,
          "",
          "its store takes events, but makes none of them readable; the hub's log says why.");

  private final LongSupplier waiting;
  private final LongSupplier carried;
  private final Supplier<HistoryStore.Visibility> readable;
  private final Supplier<@Nullable Standstill> cause;
  private final Consumer<Object> publisher;
  private final InstantSource clock;
  private final Elapsed elapsed;
  private final Stage carrying;
  private final Stage reading;
  private volatile @Nullable String trouble;

  /** What was published last, so that a failed publication is repeated. */
  private Published published = Published.NOTHING;

  private enum Published {
    /**
     * Nothing was published yet. The hub may have ended in a standstill, so there may be an alert.
     */
    NOTHING,
    STANDS,
    MOVES
  }

  /** What waits at one place, and since when it has made no progress. */
  private static final class Stage {
    private boolean waited;
    private long mark;
    private long since;

    /** Returns whether it stands still. */
    boolean look(boolean waits, long mark, long now) {
      if (!waits || !waited || mark != this.mark) {
        this.waited = waits;
        this.mark = mark;
        this.since = now;
      }
      return waits && now - since >= PATIENCE.toNanos();
    }
  }

  @Autowired
  HistoryMonitor(
      HistoryProgress progress,
      HistoryStore store,
      Availability records,
      ApplicationEventPublisher publisher,
      InstantSource clock,
      Elapsed elapsed,
      LivingThreads threads) {
    this(
        // While the records cannot be reached, nothing waits for the store.
        () -> records.trouble() == null ? progress.behind().waiting() : 0,
        progress::carried,
        store::visibility,
        store::trouble,
        publisher::publishEvent,
        clock,
        elapsed,
        threads);
  }

  HistoryMonitor(
      LongSupplier waiting,
      LongSupplier carried,
      Supplier<HistoryStore.Visibility> readable,
      Supplier<@Nullable Standstill> cause,
      Consumer<Object> publisher,
      InstantSource clock,
      Elapsed elapsed,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "history-watch", EVERY);
    this.waiting = waiting;
    this.carried = carried;
    this.readable = readable;
    this.cause = cause;
    this.publisher = publisher;
    this.clock = clock;
    this.elapsed = elapsed;
    this.carrying = new Stage();
    this.reading = new Stage();
  }

  @Override
  protected void look() {
    long now = elapsed.nanos();
    long events = waiting.getAsLong();
    HistoryStore.Visibility commits = readable.get();
    boolean notCarried = carrying.look(events > 0, carried.getAsLong(), now);
    boolean notReadable = reading.look(commits.waiting() > 0, commits.done(), now);
    if (notCarried || notReadable) {
      standing(events, notCarried);
    } else {
      moving();
    }
  }

  private void standing(long events, boolean notCarried) {
    Standstill known = cause.get();
    Standstill why = known != null ? known : notCarried ? TAKES_NOTHING : NOT_READABLE;
    limited
        .atError("standing")
        .addKeyValue("waiting", events)
        .addKeyValue("reason", why.sentence())
        .log("The history stands still");
    trouble = why.sentence();
    if (published != Published.STANDS) {
      publisher.accept(new HistoryStands(events, why, clock.instant()));
      published = Published.STANDS;
    }
  }

  private void moving() {
    trouble = null;
    if (published != Published.MOVES) {
      publisher.accept(new HistoryMoves(clock.instant()));
      published = Published.MOVES;
    }
  }

  @Override
  public Health health() {
    String why = trouble;
    return why == null
        ? Health.up().build()
        : Health.status(new Status(Status.DOWN.getCode(), "the history stands still: " + why))
            .withDetail("waiting", waiting.getAsLong())
            .build();
  }
}

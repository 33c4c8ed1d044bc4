package org.linli.sims.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.Console;
import org.linli.sims.day.SimulatedDay;
import org.linli.sims.day.SimulatedEvent;

/**
 * A day going by at its speed: each event leaves when its time comes. Ctrl-C and a terminating
 * signal end the day early and still let the answers come in and the count be told.
 */
final class Playing implements AutoCloseable {

  private static final Duration ANSWERS_AFTER_SIGNAL = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 20;

  private final Fleet fleet;
  private final Tally tally;
  private final Console console;
  private final Thread player = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::endEarly, "end-of-day");
  private final Thread progress;
  private final Instant began;
  private final long beganNanos = System.nanoTime();
  private boolean playing = true;
  private volatile boolean stopped;

  Playing(Fleet fleet, Tally tally, InstantSource clock, Console console) {
    this.fleet = fleet;
    this.tally = tally;
    this.console = console;
    this.began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.progress = Thread.ofVirtual().name("progress").start(this::showProgress);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Sends one event after the other until the cut-off, or until it is stopped. */
  void play(SimulatedDay day, Limit limit, double speed) {
    try {
      while (!stopped) {
        SimulatedEvent event = day.next();
        boolean allowed = limit.allows(event);
        Instant time =
            allowed ? event.time() : limit.end().filter(event.time()::isAfter).orElse(day.start());
        Duration into =
            Duration.ofNanos((long) (Duration.between(day.start(), time).toNanos() / speed));
        TimeUnit.NANOSECONDS.sleep(beganNanos + into.toNanos() - System.nanoTime());
        if (!allowed) {
          return;
        }
        fleet.send(event, began.plusMillis(into.toMillis()));
      }
    } catch (InterruptedException e) {
      // Stopped by a signal: what was offered so far is what counts.
    } finally {
      endPlaying();
    }
  }

  /** Waits until everything offered is answered, for so long at most. */
  void awaitAnswers(Duration patience) throws InterruptedException {
    long since = System.nanoTime();
    while (tally.total().unanswered() > 0) {
      Duration most = stopped ? ANSWERS_AFTER_SIGNAL : patience;
      if (System.nanoTime() - since > most.toNanos()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() {
    progress.interrupt();
    done.countDown();
    if (!stopped) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private synchronized void endPlaying() {
    playing = false;
    // A signal that came between the last event and here must not disturb what follows.
    boolean unused = Thread.interrupted();
  }

  private synchronized void stopPlaying() {
    stopped = true;
    if (playing) {
      player.interrupt();
    }
  }

  private void endEarly() {
    stopPlaying();
    try {
      boolean unused = done.await(ANSWERS_AFTER_SIGNAL.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void showProgress() {
    try {
      while (true) {
        Tally.Count count = tally.total();
        console.progress(
            "%4d s  offered %d, acknowledged %d, refused %d, waiting %d%s"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos),
                    count.offered(),
                    count.acknowledged(),
                    count.refused(),
                    count.unanswered(),
                    fleet.trouble().map(trouble -> "; " + trouble).orElse("")));
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      // The day is over.
    }
  }
}

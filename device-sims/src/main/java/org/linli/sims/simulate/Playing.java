package org.linli.sims.simulate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.Console;
import org.linli.sims.day.SimulatedDay;
import org.linli.sims.day.SimulatedEvent;

/**
 * Plays a day at its speed: each event is sent when its time comes. Ctrl-C and a terminating signal
 * end the day early; answers are still awaited and the count is still printed.
 */
final class Playing implements AutoCloseable {

  private static final Duration ANSWERS_AFTER_SIGNAL = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 20;

  private final Fleet fleet;
  private final Makes makes;
  private final Tally<Protocol> tally;
  private final MessageTally messages;
  private final Console console;
  private final Thread player = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::endEarly, "end-of-day");
  private final Thread progress;
  private final Instant began;
  private final long beganNanos = System.nanoTime();
  private boolean playing = true;
  private volatile boolean stopped;

  Playing(
      Fleet fleet,
      Makes makes,
      Tally<Protocol> tally,
      MessageTally messages,
      InstantSource clock,
      Console console) {
    this.fleet = fleet;
    this.makes = makes;
    this.tally = tally;
    this.messages = messages;
    this.console = console;
    this.began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.progress = Thread.ofVirtual().name("progress").start(this::showProgress);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Sends one event after the other until the limit, or until it is stopped. */
  void play(SimulatedDay day, Limit limit, double speed) throws IOException {
    try {
      while (!stopped) {
        SimulatedEvent event = day.next();
        boolean allowed = limit.allows(event);
        Instant time =
            allowed ? event.time() : limit.end().filter(event.time()::isAfter).orElse(day.start());
        for (Optional<Instant> due = makes.due();
            due.isPresent() && due.get().isBefore(time);
            due = makes.due()) {
          makes.send(await(Duration.between(day.start(), due.get()), speed));
        }
        Instant sent = await(Duration.between(day.start(), time), speed);
        if (!allowed) {
          return;
        }
        fleet.send(event, sent);
      }
    } catch (InterruptedException e) {
      // Stopped by a signal: the events offered so far count.
    } finally {
      endPlaying();
    }
  }

  /** Waits until that much of the day is over, and returns the time of it. */
  private Instant await(Duration ofDay, double speed) throws InterruptedException {
    Duration into = Duration.ofNanos((long) (ofDay.toNanos() / speed));
    TimeUnit.NANOSECONDS.sleep(beganNanos + into.toNanos() - System.nanoTime());
    return began.plusMillis(into.toMillis());
  }

  private Tally.Count total() {
    return tally.total().plus(messages.total());
  }

  /** Waits until everything offered is answered, at most that long. */
  void awaitAnswers(Duration patience) throws InterruptedException {
    long since = System.nanoTime();
    while (total().unanswered() > 0) {
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
    // A signal between the last event and here must not disturb what follows.
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
        Tally.Count count = total();
        console.progress(
            "%4d s  offered %d, acknowledged %d, refused %d, waiting %d%s"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos),
                    count.offered(),
                    count.acknowledged(),
                    count.refused(),
                    count.unanswered(),
                    fleet.trouble().or(makes::trouble).map(trouble -> "; " + trouble).orElse("")));
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      // The day is over.
    }
  }
}

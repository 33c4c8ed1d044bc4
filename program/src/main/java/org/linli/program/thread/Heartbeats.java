package org.linli.program.thread;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every heartbeat of a program, and the thread that reports when one stops. */
final class Heartbeats {

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A check this late means that the whole program stood still; all may beat first. */
  private static final Duration LATE = LOOK.multipliedBy(3);

  private final Failures failures;
  private final LongSupplier nanoTime;
  private final Guard guard;
  private final Set<Heartbeat> all = ConcurrentHashMap.newKeySet();
  private @Nullable LivingThread watching;

  /** For the watching thread only. */
  private long lookedAt;

  /**
   * @param guard of the thread that looks at them
   */
  Heartbeats(Failures failures, Guard guard, LongSupplier nanoTime) {
    this.failures = failures;
    this.guard = guard;
    this.nanoTime = nanoTime;
  }

  synchronized Heartbeat begin(String name, Duration longestSilence) {
    Heartbeat heartbeat = new Heartbeat(name, longestSilence, nanoTime, this::end);
    all.add(heartbeat);
    if (watching == null) {
      lookedAt = nanoTime.getAsLong();
      // Not virtual: it must run even when all carriers of virtual threads are taken.
      watching =
          new LivingThread(guard, null, Thread.ofPlatform().daemon(), this::watch, () -> {})
              .started();
    }
    return heartbeat;
  }

  private synchronized void end(Heartbeat heartbeat) {
    all.remove(heartbeat);
    LivingThread watcher = watching;
    if (all.isEmpty() && watcher != null) {
      watcher.end();
      watching = null;
    }
  }

  private void watch(LivingThread own) throws InterruptedException {
    while (!own.isEnding()) {
      own.pause(LOOK);
      look();
      RateLimitedLog.sayWhatIsDue();
      own.succeeded();
    }
  }

  void look() {
    long now = nanoTime.getAsLong();
    boolean late = now - lookedAt > LATE.toNanos();
    lookedAt = now;
    if (!late) {
      all.forEach(this::look);
    }
  }

  private void look(Heartbeat heartbeat) {
    String problem = heartbeat.problem();
    if (!heartbeat.hasTurned(problem != null)) {
      return;
    }
    if (problem == null) {
      log.atInfo().addKeyValue("thread", heartbeat.name()).log("Signs of life come again");
    } else {
      failures.add(Failure.silent(heartbeat.name(), heartbeat.longestSilence(), failures.now()));
      log.atError()
          .addKeyValue("thread", heartbeat.name())
          .setCause(heartbeat.whereItStands())
          .log(problem);
    }
  }

  Stream<Heartbeat> stream() {
    return all.stream();
  }
}

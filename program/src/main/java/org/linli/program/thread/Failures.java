package org.linli.program.thread;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What failed in the threads of a program and is to be reported to people. Thread-safe. */
final class Failures {

  /** The most threads whose newest failure is kept until it is reported. */
  private static final int MOST_UNTOLD = 1_000;

  private final InstantSource clock;

  /** The newest failure of each thread that was not yet reported, oldest first. */
  private final Map<String, Failure> untold = new LinkedHashMap<>();

  private volatile @Nullable Failure newest;

  private volatile Predicate<Throwable> explained = _ -> false;

  Failures(InstantSource clock) {
    this.clock = clock;
  }

  void explainedBy(Predicate<Throwable> known) {
    explained = known;
  }

  /** Whether another part of the program reports what caused this. */
  boolean areExplained(Throwable thrown) {
    return explained.test(thrown);
  }

  Instant now() {
    return clock.instant();
  }

  void add(Failure failure) {
    newest = failure;
    synchronized (untold) {
      untold.put(failure.thread(), failure);
      if (untold.size() > MOST_UNTOLD) {
        untold.remove(untold.keySet().iterator().next());
      }
    }
  }

  @Nullable Failure newest() {
    return newest;
  }

  List<Failure> untold() {
    synchronized (untold) {
      return List.copyOf(untold.values());
    }
  }

  void told(Failure failure) {
    synchronized (untold) {
      untold.remove(failure.thread(), failure);
    }
  }
}

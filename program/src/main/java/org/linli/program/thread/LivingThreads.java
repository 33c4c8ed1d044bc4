package org.linli.program.thread;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place that creates a program's own threads and knows their state. One per program;
 * thread-safe.
 */
public final class LivingThreads {

  /** A check that takes longer than this, pauses aside, counts as hanging. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

  private final Failures failures;
  private final Heartbeats heartbeats;
  private final Farewell farewell;
  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();

  /** The type of a thread. */
  public enum Make {
    /** Cheap, for work that mostly waits. */
    VIRTUAL,
    /** A platform thread for work in native code; the program does not wait for it. */
    DAEMON,
    /** A platform thread that keeps the program running. */
    PLATFORM;

    private Thread.Builder builder() {
      return switch (this) {
        case VIRTUAL -> Thread.ofVirtual();
        case DAEMON -> Thread.ofPlatform().daemon();
        case PLATFORM -> Thread.ofPlatform();
      };
    }
  }

  public LivingThreads(InstantSource clock) {
    this(clock, System::nanoTime);
  }

  /**
   * @param nanoTime the clock for signs of life: counts nanoseconds and is never set back
   */
  public LivingThreads(InstantSource clock, LongSupplier nanoTime) {
    this(clock, nanoTime, Farewell.unlimited());
  }

  /**
   * @param nanoTime the clock for signs of life: counts nanoseconds and is never set back
   * @param farewell how long the parts of the program may take to stop
   */
  public LivingThreads(InstantSource clock, LongSupplier nanoTime, Farewell farewell) {
    this.failures = new Failures(clock);
    this.farewell = farewell;
    this.heartbeats = new Heartbeats(failures, guard("heartbeats"), nanoTime);
    OutOfMemory.prepare();
  }

  /**
   * Says which failures have a cause that another part of the program reports, such as a database
   * that cannot be reached. The threads in which they happen count as working.
   */
  public void explainedBy(Predicate<Throwable> known) {
    failures.explainedBy(known);
  }

  /** Starts a thread that works until it must end or its work is done. */
  public LivingThread start(Make make, String name, LivingThread.Work work) {
    Guard own = new Guard(name, null, failures, true);
    guards.add(own);
    return new LivingThread(own, null, make.builder(), work, () -> forget(own)).started();
  }

  /**
   * Starts a thread that gives signs of life by {@link LivingThread#beat} and during its pauses.
   *
   * @param longestSilence without a sign of life, after which it counts as hanging
   */
  public LivingThread start(
      Make make, String name, Duration longestSilence, LivingThread.Work work) {
    Guard own = new Guard(name, null, failures, true);
    guards.add(own);
    return new LivingThread(
            own, heartbeat(name, longestSilence), make.builder(), work, () -> forget(own))
        .started();
  }

  /** Starts a thread whose guard is shared with other work or outlives the thread. */
  public LivingThread start(Make make, Guard guard, LivingThread.Work work) {
    return new LivingThread(guard, null, make.builder(), work, () -> {}).started();
  }

  /**
   * The signs of life of something that must keep running but is not a thread of this program's
   * own, or is only part of one, such as an event loop that beats by its own timer.
   *
   * @param name its name in health, log and alerts
   * @param longestSilence without a sign of life, after which it counts as hanging
   */
  public Heartbeat heartbeat(String name, Duration longestSilence) {
    return heartbeats.begin(name, longestSilence);
  }

  /** Starts a thread that checks repeatedly, with this pause before each check. */
  public LivingThread tick(Make make, String name, Duration every, Runnable look) {
    return start(
        make,
        name,
        LONGEST_LOOK,
        thread -> {
          thread.pause(every);
          while (!thread.isEnding()) {
            thread.beat();
            look.run();
            thread.succeeded();
            thread.pause(every);
          }
        });
  }

  /**
   * One thread for short tasks, in order.
   *
   * @param mostWaiting more are rejected with a {@link
   *     java.util.concurrent.RejectedExecutionException}
   */
  public ExecutorService pool(String name, int mostWaiting) {
    return pool(name, 1, mostWaiting);
  }

  /**
   * Several threads for independent tasks.
   *
   * @param most threads at a time
   * @param mostWaiting more are rejected with a {@link
   *     java.util.concurrent.RejectedExecutionException}
   */
  public ExecutorService pool(String name, int most, int mostWaiting) {
    return new GuardedPool(guard(name), most, mostWaiting);
  }

  /** One thread for tasks to run now or later. */
  public ScheduledExecutorService scheduler(String name) {
    return new GuardedScheduler(guard(name));
  }

  /** A guard for work on a thread that a library owns. */
  public Guard guard(String name) {
    return guard(name, null);
  }

  /**
   * A guard for work on a thread that a library owns, or on several. The health page names it once
   * it has failed.
   *
   * @param about the gateway whose work it is, at the hub; null when it concerns all
   */
  public Guard guard(String name, @Nullable String about) {
    Guard guard = new Guard(name, about, failures, false);
    guards.add(guard);
    return guard;
  }

  /** How long the parts of the program may take to stop. */
  public Farewell farewell() {
    return farewell;
  }

  /** Removes a guard whose work has ended. */
  public void forget(Guard guard) {
    guards.remove(guard);
  }

  /** The newest failure since the program started; null for none. */
  public @Nullable Failure newest() {
    return failures.newest();
  }

  /** The newest failure of each thread that was not yet reported. */
  public List<Failure> untold() {
    return failures.untold();
  }

  /** Marks a failure as reported; a newer one of the thread must be reported again. */
  public void told(Failure failure) {
    failures.told(failure);
  }

  /** The state of each thread by name; of several with one name, that of the one that fails. */
  Map<String, String> standings() {
    Map<String, String> standings = new TreeMap<>();
    for (Guard guard : guards) {
      if (guard.isListed()) {
        standings.merge(
            guard.name(),
            guard.standing(),
            (one, other) -> guard.isFailing() || one.equals(Guard.WORKS) ? other : one);
      }
    }
    heartbeats.stream().forEach(heart -> standings.putIfAbsent(heart.name(), Guard.WORKS));
    standings.putAll(silences());
    return standings;
  }

  boolean isFailing() {
    return guards.stream().anyMatch(Guard::isFailing);
  }

  /** The problems of those that fail or give no sign of life, by name. */
  public List<Trouble> troubles() {
    Map<String, Trouble> troubles = new TreeMap<>();
    for (Guard guard : guards) {
      Trouble.Fails trouble = guard.trouble();
      if (trouble != null) {
        troubles.put(guard.name(), trouble);
      }
    }
    heartbeats.stream()
        .map(Heartbeat::trouble)
        .filter(Objects::nonNull)
        .forEach(trouble -> troubles.put(trouble.thread(), trouble));
    return List.copyOf(troubles.values());
  }

  /** The same problems as sentences. */
  public List<String> problems() {
    return troubles().stream().map(Trouble::sentence).toList();
  }

  private Map<String, String> silences() {
    return heartbeats.stream()
        .map(Heartbeat::trouble)
        .filter(Objects::nonNull)
        .collect(
            Collectors.toMap(
                Trouble::thread, Trouble::sentence, (one, other) -> other, TreeMap::new));
  }

  /** Reports which heartbeats stopped or started again since the last check. */
  void lookAtHeartbeats() {
    heartbeats.look();
  }
}

package org.linli.program.thread;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a program's own threads are made, and where it is known how they are. One of
 * each program; safe for any thread.
 */
public final class LivingThreads {

  /** Of how many threads the newest failure is remembered until it was told. */
  private static final int MOST_UNTOLD = 1_000;

  /** Beyond its pause, a look that takes longer hangs. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Heartbeats heartbeats;
  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();

  /** The newest of each thread that was not told to people yet, oldest first. */
  private final Map<String, Failure> untold = new LinkedHashMap<>();

  private volatile @Nullable Failure newest;

  /** What a thread is made of. */
  public enum Make {
    /** Cheap, for what mostly waits. */
    VIRTUAL,
    /** One of the system's, for work in native code; the program does not wait for it. */
    DAEMON,
    /** One of the system's; the program lasts as long as it does. */
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
   * @param nanoTime what signs of life are measured by: counts nanoseconds and is not set back
   */
  public LivingThreads(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.heartbeats = new Heartbeats(this, nanoTime);
    OutOfMemory.prepare();
  }

  /** Starts a thread that works until it is told to end or its work is done. */
  public LivingThread start(Make make, String name, LivingThread.Work work) {
    Guard own = new Guard(name, null, this, true);
    guards.add(own);
    return new LivingThread(own, null, make.builder(), work, () -> forget(own)).started();
  }

  /**
   * Starts a thread that says by {@link LivingThread#beat}, and while it pauses, that it is alive.
   *
   * @param longestSilence without a sign of life after which it is said to hang
   */
  public LivingThread start(
      Make make, String name, Duration longestSilence, LivingThread.Work work) {
    Guard own = new Guard(name, null, this, true);
    guards.add(own);
    return new LivingThread(
            own, heartbeat(name, longestSilence), make.builder(), work, () -> forget(own))
        .started();
  }

  /** Starts a thread whose failures a guard says that stands around others too, or outlives it. */
  public LivingThread start(Make make, Guard guard, LivingThread.Work work) {
    return new LivingThread(guard, null, make.builder(), work, () -> {}).started();
  }

  /**
   * The signs of life of something that must go on and is no thread of this program's own, or part
   * of one: such as an event loop, which beats by a timer of its own.
   *
   * @param name as health, log and alerts say it
   * @param longestSilence without a sign of life after which it is said to hang
   */
  public Heartbeat heartbeat(String name, Duration longestSilence) {
    return heartbeats.begin(name, longestSilence);
  }

  /** Starts a thread that looks again and again, each time so long after the last look. */
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
   * One thread for short pieces of work in their order.
   *
   * @param mostWaiting more are rejected with a {@link
   *     java.util.concurrent.RejectedExecutionException}
   */
  public ExecutorService pool(String name, int mostWaiting) {
    return pool(name, 1, mostWaiting);
  }

  /**
   * Several threads for pieces of work that have nothing to do with each other.
   *
   * @param most threads at a time
   * @param mostWaiting more are rejected with a {@link
   *     java.util.concurrent.RejectedExecutionException}
   */
  public ExecutorService pool(String name, int most, int mostWaiting) {
    return new GuardedPool(guard(name), most, mostWaiting);
  }

  /** One thread for what is to be done now or later. */
  public ScheduledExecutorService scheduler(String name) {
    return new GuardedScheduler(guard(name));
  }

  /** For work on a thread that a library owns. */
  public Guard guard(String name) {
    return guard(name, null);
  }

  /**
   * For work on a thread that a library owns, or on several. The health page names it once it
   * failed.
   *
   * @param about which gateway's work it is, at the hub; null for everybody's
   */
  public Guard guard(String name, @Nullable String about) {
    Guard guard = new Guard(name, about, this, false);
    guards.add(guard);
    return guard;
  }

  /** What it stood around has ended. */
  public void forget(Guard guard) {
    guards.remove(guard);
  }

  Instant now() {
    return clock.instant();
  }

  void tell(Failure failure) {
    newest = failure;
    synchronized (untold) {
      untold.put(failure.thread(), failure);
      if (untold.size() > MOST_UNTOLD) {
        untold.remove(untold.keySet().iterator().next());
      }
    }
  }

  /** The newest failure since the program started; null for none. */
  public @Nullable Failure newest() {
    return newest;
  }

  /** Of each thread the newest failure that was not told yet. */
  public List<Failure> untold() {
    synchronized (untold) {
      return List.copyOf(untold.values());
    }
  }

  /** A failure was told to people; a newer one of the thread is to be told again. */
  public void told(Failure failure) {
    synchronized (untold) {
      untold.remove(failure.thread(), failure);
    }
  }

  /** How each thread stands, by name; of several of one name the one that fails. */
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

  /** What is wrong with those that fail or give no sign of life, by name. */
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

  /** The same as sentences. */
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

  /** Says which heartbeats stopped or began again since the last look. */
  void lookAtHeartbeats() {
    heartbeats.look();
  }
}

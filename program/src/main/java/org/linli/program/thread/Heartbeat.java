package org.linli.program.thread;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The signs of life of something that must keep running: a thread, an event loop, a listening port.
 * The worker beats again and again; an observer asks how long ago the last beat was. What hangs or
 * is gone cannot beat, whatever its flags say. {@link LivingThreads#heartbeat} creates it and
 * reports in log, health and an alert when it stops. Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {

  private final String name;
  private final long longestNanos;
  private final LongSupplier nanoTime;
  private final Consumer<Heartbeat> forget;
  private volatile long beatAt;
  private volatile @Nullable Thread whose;

  /** Whether its stop was reported; for the watching thread only. */
  private boolean said;

  Heartbeat(
      String name, Duration longestSilence, LongSupplier nanoTime, Consumer<Heartbeat> forget) {
    this.name = name;
    this.longestNanos = longestSilence.toNanos();
    this.nanoTime = nanoTime;
    this.forget = forget;
    beatAt = nanoTime.getAsLong();
  }

  /** Called by the worker: a sign of life, at almost no cost. */
  public void beat() {
    whose = Thread.currentThread();
    beatAt = nanoTime.getAsLong();
  }

  /** Why it counts as dead, as a sentence for people; null while it beats. */
  public @Nullable String problem() {
    Trouble trouble = trouble();
    return trouble == null ? null : trouble.sentence();
  }

  /** The same as {@link #problem}, as data; null while it beats. */
  Trouble.@Nullable IsSilent trouble() {
    long silent = nanoTime.getAsLong() - beatAt;
    return silent <= longestNanos
        ? null
        : new Trouble.IsSilent(name, TimeUnit.NANOSECONDS.toSeconds(silent));
  }

  /** Ends it in good order; no beat is expected any more. */
  @Override
  public void close() {
    forget.accept(this);
  }

  String name() {
    return name;
  }

  Duration longestSilence() {
    return Duration.ofNanos(longestNanos);
  }

  /**
   * For the watching thread.
   *
   * @return whether it stopped or started again since the last call
   */
  boolean hasTurned(boolean isSilent) {
    boolean turned = said != isSilent;
    said = isSilent;
    return turned;
  }

  /** Where the thread of the last beat is now, for the log. */
  Throwable whereItStands() {
    Thread last = whose;
    Throwable where = new Throwable("where " + (last == null ? name : last.getName()) + " stands");
    where.setStackTrace(last == null ? new StackTraceElement[0] : last.getStackTrace());
    return where;
  }
}

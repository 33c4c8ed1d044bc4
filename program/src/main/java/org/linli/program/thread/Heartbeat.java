package org.linli.program.thread;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The signs of life of something that must go on: a thread, an event loop, a door. Who does the
 * work beats, again and again; who wants to know asks how long ago that was. What hangs or is gone
 * cannot beat, whatever its flags say. Made by {@link LivingThreads#heartbeat}, which says in log,
 * health and an alert where it stops. Safe for any thread.
 */
public final class Heartbeat implements AutoCloseable {

  private final String name;
  private final long longestNanos;
  private final LongSupplier nanoTime;
  private final Consumer<Heartbeat> forget;
  private volatile long beatAt;
  private volatile @Nullable Thread whose;

  /** Whether it was said that it stopped; for the thread that watches only. */
  private boolean said;

  Heartbeat(
      String name, Duration longestSilence, LongSupplier nanoTime, Consumer<Heartbeat> forget) {
    this.name = name;
    this.longestNanos = longestSilence.toNanos();
    this.nanoTime = nanoTime;
    this.forget = forget;
    beatAt = nanoTime.getAsLong();
  }

  /** Called by who works: a sign of life, which costs next to nothing. */
  public void beat() {
    whose = Thread.currentThread();
    beatAt = nanoTime.getAsLong();
  }

  /** Why it is to be taken for dead, as a sentence for a person; null while it beats. */
  public @Nullable String problem() {
    Trouble trouble = trouble();
    return trouble == null ? null : trouble.sentence();
  }

  /** The same; null while it beats. */
  Trouble.@Nullable IsSilent trouble() {
    long silent = nanoTime.getAsLong() - beatAt;
    return silent <= longestNanos
        ? null
        : new Trouble.IsSilent(name, TimeUnit.NANOSECONDS.toSeconds(silent));
  }

  /** It ends in order, and no sign is expected any more. */
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
   * For the thread that watches.
   *
   * @return whether it stopped or began again since the last call
   */
  boolean hasTurned(boolean isSilent) {
    boolean turned = said != isSilent;
    said = isSilent;
    return turned;
  }

  /** Where the thread that beat last is now, for the log. */
  Throwable whereItStands() {
    Thread last = whose;
    Throwable where = new Throwable("where " + (last == null ? name : last.getName()) + " stands");
    where.setStackTrace(last == null ? new StackTraceElement[0] : last.getStackTrace());
    return where;
  }
}

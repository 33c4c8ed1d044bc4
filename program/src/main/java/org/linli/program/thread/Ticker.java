package org.linli.program.thread;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A part of a program that looks again and again, from its start to its stop, on a thread of its
 * own that lives whatever a look throws ({@link LivingThreads#tick}).
 */
public abstract class Ticker implements SmartLifecycle {

  private final LivingThreads threads;
  private final LivingThreads.Make make;
  private final String name;
  private final Duration every;
  private volatile @Nullable LivingThread ticking;

  /**
   * @param name as log, health and alerts say it
   * @param every pause between two looks, and before the first
   */
  protected Ticker(LivingThreads threads, LivingThreads.Make make, String name, Duration every) {
    this.threads = threads;
    this.make = make;
    this.name = name;
    this.every = every;
  }

  /** Looks once; called by one thread at a time. */
  protected abstract void look();

  @Override
  public void start() {
    ticking = threads.tick(make, name, every, this::look);
  }

  /** Ends when the look that is under way has. */
  @Override
  public void stop() {
    LivingThread last = ticking;
    if (last != null) {
      last.end();
      last.join();
    }
    ticking = null;
  }

  @Override
  public final boolean isRunning() {
    return ticking != null;
  }
}

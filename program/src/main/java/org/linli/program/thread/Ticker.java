package org.linli.program.thread;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * A part of a program that checks something repeatedly, from its start to its stop, on a thread of
 * its own that lives whatever a check throws ({@link LivingThreads#tick}).
 */
public abstract class Ticker implements SmartLifecycle {

  /** A check that hangs does not hold up the stop of the others for longer. */
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(1);

  private final LivingThreads threads;
  private final LivingThreads.Make make;
  private final String name;
  private final Duration every;
  private volatile @Nullable LivingThread ticking;

  /**
   * @param name its name in health, log and alerts
   * @param every the pause before each check
   */
  protected Ticker(LivingThreads threads, LivingThreads.Make make, String name, Duration every) {
    this.threads = threads;
    this.make = make;
    this.name = name;
    this.every = every;
  }

  /** Checks once; called by one thread at a time. */
  protected abstract void look();

  @Override
  public void start() {
    ticking = threads.tick(make, name, every, this::look);
  }

  /** Waits until a running check has ended. */
  @Override
  public void stop() {
    LivingThread last = ticking;
    if (last != null) {
      last.end();
      threads.farewell().end(name, FAREWELL_WAIT, last::join);
    }
    ticking = null;
  }

  @Override
  public final boolean isRunning() {
    return ticking != null;
  }
}

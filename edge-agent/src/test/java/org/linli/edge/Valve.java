package org.linli.edge;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.linli.edge.outbox.CommitGate;

/** Holds commits back until it is opened, or makes them fail as a disk that refuses would. */
public final class Valve implements CommitGate {

  private final Semaphore open = new Semaphore(1);
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicBoolean failsNext = new AtomicBoolean();

  public void close() {
    open.acquireUninterruptibly();
  }

  public void open() {
    open.release();
  }

  /** Whether a group is held back. */
  public boolean holds() {
    return open.hasQueuedThreads();
  }

  /** From now on the disk refuses, or takes again. */
  public void breakDisk(boolean now) {
    broken.set(now);
  }

  /** The disk refuses the next group, and takes those after it. */
  public void failNext() {
    failsNext.set(true);
  }

  @Override
  public void beforeCommit() {
    open.acquireUninterruptibly();
    open.release();
    if (failsNext.getAndSet(false) || broken.get()) {
      throw new IllegalStateException("the disk refuses");
    }
  }
}

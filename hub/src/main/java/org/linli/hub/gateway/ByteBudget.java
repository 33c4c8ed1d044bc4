package org.linli.hub.gateway;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many bytes that may be taken at a time, by whoever. What alone is larger than all of them is
 * let through alone, so that nothing waits for ever. Safe for any thread.
 */
public final class ByteBudget {

  private final long most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();

  /** One waits at a time, the others behind it: small wishes do not starve a large one. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private long taken;

  public ByteBudget(long most) {
    this.most = most;
  }

  /** How many there are in all. */
  public long most() {
    return most;
  }

  /** How many are taken now. */
  public long taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes them where they are there.
   *
   * @return false where they are not, and nothing was taken
   */
  public boolean tryTake(long bytes) {
    lock.lock();
    try {
      boolean room = hasRoom(bytes);
      taken += room ? bytes : 0;
      return room;
    } finally {
      lock.unlock();
    }
  }

  /** Takes them once they are there. Whoever holds some already must not ask for more. */
  public void take(long bytes) {
    turn.lock();
    lock.lock();
    try {
      while (!hasRoom(bytes)) {
        given.awaitUninterruptibly();
      }
      taken += bytes;
    } finally {
      lock.unlock();
      turn.unlock();
    }
  }

  private boolean hasRoom(long bytes) {
    return taken == 0 || bytes <= most - taken;
  }

  /** Gives back what was taken, or a part of it. */
  public void give(long bytes) {
    lock.lock();
    try {
      taken -= bytes;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

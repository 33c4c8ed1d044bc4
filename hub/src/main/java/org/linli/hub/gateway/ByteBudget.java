package org.linli.hub.gateway;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget of bytes that threads take and give back. A request larger than the whole budget is
 * granted when nothing else is taken, so that nothing waits for ever. Safe for any thread.
 */
public final class ByteBudget {

  private final long most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();

  /**
   * One thread waits at a time and the others queue behind it, so that small requests do not starve
   * a large one.
   */
  private final ReentrantLock turn = new ReentrantLock(true);

  private long taken;

  public ByteBudget(long most) {
    this.most = most;
  }

  /** Returns the size of the budget. */
  public long most() {
    return most;
  }

  /** Returns how many bytes are taken now. */
  public long taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes bytes if they are available.
   *
   * @return false if they are not; nothing was taken then
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

  /**
   * Waits until the bytes are available and takes them. A thread that holds some already must not
   * ask for more.
   */
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

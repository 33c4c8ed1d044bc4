package org.linli.sims.fault;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether a network path lets data through, and under which conditions. Thread-safe. */
final class Passage {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.OPEN;
  private volatile Impairment impairment = Impairment.NONE;

  private enum State {
    OPEN,
    HALF_OPEN,
    CUT
  }

  Impairment impairment() {
    return impairment;
  }

  void impair(Impairment now) {
    impairment = now;
  }

  void cut() {
    become(State.CUT);
  }

  void halfOpen() {
    become(State.HALF_OPEN);
  }

  void heal() {
    impairment = Impairment.NONE;
    become(State.OPEN);
  }

  boolean isCut() {
    return is(State.CUT);
  }

  boolean isOpen() {
    return is(State.OPEN);
  }

  /** Waits while the path carries nothing. */
  void awaitCarrying() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (state == State.HALF_OPEN) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean is(State asked) {
    lock.lock();
    try {
      return state == asked;
    } finally {
      lock.unlock();
    }
  }

  private void become(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

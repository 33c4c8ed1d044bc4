package org.linli.edge.profile;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.linli.event.DeviceId;

/**
 * From where the states of a device are judged until the outbox has the message, one message at a
 * time speaks of that device: of two that arrive at once, the outbox gets first the one that was
 * judged first. Otherwise an end could reach it before its alarm, and the alarm would never end.
 *
 * <p>Messages of other devices go on meanwhile, unless they share the device's lock, of which there
 * are {@value #LOCKS}. Nothing waits for a disk in its turn: the outbox takes a message at once.
 * Thread-safe.
 */
final class DeviceTurns {

  private static final int LOCKS = Long.SIZE;

  /**
   * A message takes the turns of its devices as it comes to them. Two that come to the same ones in
   * another order would wait for each other for ever; one of them goes on after this time.
   */
  private static final long PATIENCE_MILLIS = 250;

  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  /** The present message's turns. */
  private final ThreadLocal<Turn> present = new ThreadLocal<>();

  /** The locks that a message has asked for, and those that it has got, as bits. */
  private static final class Turn {
    private long asked;
    private long got;
  }

  /**
   * Does everything to a message up to the outbox. The turns that it takes end with that.
   *
   * @param way in this thread alone
   */
  void within(Runnable way) {
    if (present.get() != null) {
      way.run();
      return;
    }
    Turn turn = new Turn();
    present.set(turn);
    try {
      way.run();
    } finally {
      present.remove();
      for (long left = turn.got; left != 0; left &= left - 1) {
        locks[Long.numberOfTrailingZeros(left)].unlock();
      }
    }
  }

  /** As below; the same device. */
  Subject takenFor(Subject subject) {
    take(subject.device());
    return subject;
  }

  /** Takes a device's turn until the message has reached the outbox; none outside of its way. */
  void take(DeviceId device) {
    Turn turn = present.get();
    if (turn == null) {
      return;
    }
    int hash = device.hashCode();
    int at = (hash ^ hash >>> 16) & LOCKS - 1;
    long bit = 1L << at;
    if ((turn.asked & bit) != 0) {
      return;
    }
    turn.asked |= bit;
    if (taken(locks[at], turn.got >>> at == 0)) {
      turn.got |= bit;
    }
  }

  /**
   * @param isInOrder whether no lock is held that comes after it, so that nobody who has it waits
   *     for this message
   */
  private static boolean taken(ReentrantLock lock, boolean isInOrder) {
    if (isInOrder) {
      lock.lock();
      return true;
    }
    try {
      return lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package org.linli.sims.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one MQTT connection has to publish and what it has published without an answer yet, in
 * order. A broken session puts the unanswered back in front: the first {@code repeats} of those
 * waiting went out before.
 */
final class PublishWindow {

  /** What the writer does next. */
  sealed interface Turn {

    record Publish(int packetId, Sending sending) implements Turn {}

    /** Nothing to publish for as long as was asked. */
    record Quiet() implements Turn {}

    /** The session is over. */
    record Broken() implements Turn {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Deque<Sending> waiting = new ArrayDeque<>();
  private final Map<Integer, Sending> unanswered = new LinkedHashMap<>();
  private final int mostUnanswered;
  private final int mostWaiting;
  private int allowed;
  private int lastPacketId;
  private int repeats;
  private boolean inSession;

  PublishWindow(int mostUnanswered, int mostWaiting) {
    this.mostUnanswered = mostUnanswered;
    this.mostWaiting = mostWaiting;
  }

  void add(Sending sending) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= mostWaiting) {
        room.await();
      }
      waiting.addLast(sending);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  void beginSession(int receiveMaximum) {
    lock.lock();
    try {
      allowed = Math.min(mostUnanswered, receiveMaximum);
      inSession = true;
    } finally {
      lock.unlock();
    }
  }

  void breakSession() {
    lock.lock();
    try {
      inSession = false;
      List<Sending> again = new ArrayList<>(unanswered.values());
      unanswered.clear();
      again.reversed().forEach(waiting::addFirst);
      repeats += again.size();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean inSession() {
    lock.lock();
    try {
      return inSession;
    } finally {
      lock.unlock();
    }
  }

  boolean hasNextNow() {
    lock.lock();
    try {
      return canPublish();
    } finally {
      lock.unlock();
    }
  }

  Turn next(long mostMillis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(mostMillis);
      while (inSession && !canPublish()) {
        if (left <= 0) {
          return new Turn.Quiet();
        }
        left = work.awaitNanos(left);
      }
      if (!inSession) {
        return new Turn.Broken();
      }
      Sending next = waiting.removeFirst();
      room.signal();
      do {
        lastPacketId = lastPacketId % 65_535 + 1;
      } while (unanswered.containsKey(lastPacketId));
      unanswered.put(lastPacketId, next);
      if (repeats > 0) {
        repeats--;
        next.answer().repeated();
      }
      return new Turn.Publish(lastPacketId, next);
    } finally {
      lock.unlock();
    }
  }

  /** An answer without a publish, or for one of an earlier session, changes nothing. */
  void answered(int packetId, OptionalInt refusal) {
    Sending sending;
    lock.lock();
    try {
      sending = unanswered.remove(packetId);
      work.signal();
    } finally {
      lock.unlock();
    }
    if (sending != null) {
      refusal.ifPresentOrElse(
          reason -> sending.answer().refused("MQTT reason 0x%02X".formatted(reason)),
          () -> sending.answer().acknowledged());
    }
  }

  private boolean canPublish() {
    return inSession && !waiting.isEmpty() && unanswered.size() < allowed;
  }
}

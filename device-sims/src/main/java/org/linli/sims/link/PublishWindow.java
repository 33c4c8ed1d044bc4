package org.linli.sims.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The publishes of one MQTT connection that wait and those without an answer yet, in order. When a
 * session breaks, the unanswered ones go back to the front of those waiting, where the first {@code
 * repeats} were sent before; a device that does not send again drops them instead.
 */
final class PublishWindow {

  /** The writer's next step. */
  sealed interface Turn {

    record Publish(int packetId, Sending sending) implements Turn {}

    /** The third step of QoS 2 for a publish that the gateway has. */
    record Release(int packetId) implements Turn {}

    /** Nothing to publish within the requested time. */
    record Quiet() implements Turn {}

    /** The session is over. */
    record Broken() implements Turn {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Deque<Sending> waiting = new ArrayDeque<>();
  private final Map<Integer, Sending> unanswered = new LinkedHashMap<>();
  private final Deque<Integer> toRelease = new ArrayDeque<>();
  private final Set<Integer> unreleased = new HashSet<>();
  private final boolean answersCome;
  private final boolean resends;
  private final int mostUnanswered;
  private final int mostWaiting;
  private int allowed;
  private int lastPacketId;
  private int repeats;
  private boolean inSession;

  /**
   * @param answersCome false at QoS 0, where a publish is done once it is sent
   * @param resends whether unanswered events are sent again in the next session
   */
  PublishWindow(boolean answersCome, boolean resends, int mostUnanswered, int mostWaiting) {
    this.answersCome = answersCome;
    this.resends = resends;
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
    List<Sending> open;
    lock.lock();
    try {
      inSession = false;
      open = new ArrayList<>(unanswered.values());
      unanswered.clear();
      toRelease.clear();
      unreleased.clear();
      if (resends) {
        open.reversed().forEach(waiting::addFirst);
        repeats += open.size();
      }
      work.signal();
    } finally {
      lock.unlock();
    }
    if (!resends) {
      open.forEach(sending -> sending.answer().unconfirmed());
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
      return hasTurn();
    } finally {
      lock.unlock();
    }
  }

  Turn next(long mostMillis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(mostMillis);
      while (inSession && !hasTurn()) {
        if (left <= 0) {
          return new Turn.Quiet();
        }
        left = work.awaitNanos(left);
      }
      if (!inSession) {
        return new Turn.Broken();
      }
      Integer release = toRelease.pollFirst();
      if (release != null) {
        return new Turn.Release(release);
      }
      Sending next = waiting.removeFirst();
      room.signal();
      if (!answersCome) {
        return new Turn.Publish(0, next);
      }
      do {
        lastPacketId = lastPacketId % 65_535 + 1;
      } while (unanswered.containsKey(lastPacketId) || unreleased.contains(lastPacketId));
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

  /** Ignores an answer without a publish, or for one of an earlier session. */
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

  /** The gateway has a publish of QoS 2: its packet id stays in use until it is released. */
  void received(int packetId, OptionalInt refusal) {
    lock.lock();
    try {
      if (refusal.isEmpty()) {
        unreleased.add(packetId);
        toRelease.addLast(packetId);
      }
    } finally {
      lock.unlock();
    }
    answered(packetId, refusal);
  }

  /** The gateway has released the packet id of a publish of QoS 2. */
  void completed(int packetId) {
    lock.lock();
    try {
      unreleased.remove(packetId);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasTurn() {
    return inSession
        && (!toRelease.isEmpty()
            || !waiting.isEmpty() && unanswered.size() + unreleased.size() < allowed);
  }
}

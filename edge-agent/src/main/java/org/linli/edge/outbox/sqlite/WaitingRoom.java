package org.linli.edge.outbox.sqlite;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Lane;

/**
 * Messages that wait for the writer thread, limited in events and in bytes. Requests of the uplink
 * wait beside them without a limit, because there are never more than a few. The doors' requests
 * for sessions and commands have a limit, because clients cause them.
 */
final class WaitingRoom {

  /** Limit of a group, so that its commit does not delay the next one. */
  private static final int GROUP_EVENTS = 4_000;

  static final int MOST_REQUESTS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final WaitingMessages messages;
  private final Map<Lane, Long> receipts = new EnumMap<>(Lane.class);
  private final List<Request> requests = new ArrayList<>();
  private boolean closed;

  WaitingRoom(OutboxSettings settings) {
    messages = new WaitingMessages(settings);
  }

  /** The result of adding a message. */
  sealed interface Admission {

    /**
     * @param turnedAway the rejected messages, newest first: none, others for this one, or this one
     */
    record Open(List<Interpreted> turnedAway) implements Admission {}

    /** The room is closed. */
    record Closed() implements Admission {}
  }

  /**
   * The contents of one commit.
   *
   * @param receipts the position up to which the hub has each lane
   * @param last whether the room is closed and nothing will follow
   */
  record Group(
      List<Interpreted> messages, Map<Lane, Long> receipts, List<Request> requests, boolean last) {

    boolean isEmpty() {
      return messages.isEmpty() && receipts.isEmpty() && requests.isEmpty();
    }
  }

  /** Adds a message, if there is room for it or others have more than their share. */
  Admission enter(Interpreted message) {
    lock.lock();
    try {
      if (closed) {
        return new Admission.Closed();
      }
      List<Interpreted> turnedAway = messages.enter(message);
      something.signal();
      return new Admission.Open(turnedAway);
    } finally {
      lock.unlock();
    }
  }

  /** The hub has this lane up to this position; of several calls the highest counts. */
  void enterReceipt(Lane lane, long position) {
    lock.lock();
    try {
      receipts.merge(lane, position, Math::max);
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return false if the room is closed, or holds too many requests of doors
   */
  boolean enter(Request request) {
    lock.lock();
    try {
      if (closed || request instanceof Request.OnTables<?> && requests.size() >= MOST_REQUESTS) {
        return false;
      }
      requests.add(request);
      something.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything that waits, or waits for it; empty after the timeout. */
  Group leave(long timeout, TimeUnit unit) {
    lock.lock();
    try {
      awaitSomething(unit.toNanos(timeout));
      Group group =
          new Group(
              messages.take(GROUP_EVENTS),
              receipts.isEmpty() ? Map.of() : Map.copyOf(receipts),
              requests.isEmpty() ? List.of() : List.copyOf(requests),
              closed && messages.isEmpty());
      receipts.clear();
      requests.clear();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void awaitSomething(long nanos) {
    long left = nanos;
    try {
      while (messages.isEmpty()
          && receipts.isEmpty()
          && requests.isEmpty()
          && !closed
          && left > 0) {
        left = something.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Only close() ends the writer: half a group would leave devices without an answer.
    }
  }

  /** Closes the room. */
  void close() {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }
}

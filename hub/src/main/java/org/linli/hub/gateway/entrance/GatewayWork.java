package org.linli.hub.gateway.entrance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.ByteBudget;
import org.linli.program.thread.LivingThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues the messages of one gateway until they are processed, over either kind of connection.
 * Status messages come first, then urgent batches, then bulk batches, then reports of equipment;
 * each sort in its order, and several batches of a lane together. A sort that was passed over
 * {@value #MOST_PASSED_OVER} times in a row gets a turn with one message, so that no sort stops.
 * Status messages and reports each get five turns at once and then one per second. Work that failed
 * is retried after a pause that grows from 0.1 s to 10 s, while other sorts go on. Safe for one
 * thread that adds and one that works.
 */
public final class GatewayWork<M> {

  private static final Logger log = LoggerFactory.getLogger(GatewayWork.class);

  /** Batches of one lane that are handed on together. */
  private static final int MOST_TOGETHER = 8;

  /** How often a sort that is due may be passed over for one of higher rank. */
  private static final int MOST_PASSED_OVER = 4;

  private final ByteBudget budget;
  private final ToLongFunction<M> bytesOf;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<WorkRank<M>> ranks =
      Stream.of(WorkSort.values()).map(WorkRank<M>::new).toList();
  private int size;

  /** How often the gateway began anew. */
  private int beginnings;

  private boolean closed;

  /**
   * @param budget for the waiting messages of all gateways together
   * @param bytesOf the bytes that a message takes of the budget
   */
  public GatewayWork(ByteBudget budget, ToLongFunction<M> bytesOf) {
    this.budget = budget;
    this.bytesOf = bytesOf;
  }

  /** Does the work. */
  public interface Hands<M> {

    /**
     * Processes messages of one sort.
     *
     * @return false if they cannot be processed now
     */
    boolean work(WorkSort sort, List<M> messages);

    /** Handles messages that could not be processed, or that made {@link #work} throw. */
    void undone(Portion<M> portion);
  }

  /**
   * The messages to be processed next: more than one only for a lane.
   *
   * @param beginning the number of the {@link #beginAnew beginning} to which it belongs
   */
  public record Portion<M>(WorkSort sort, List<M> messages, int beginning) {}

  /**
   * Adds a message.
   *
   * @return false if there was no room for it and it was not added
   */
  public boolean add(WorkSort sort, M message) {
    if (!budget.tryTake(bytesOf.applyAsLong(message))) {
      return false;
    }
    lock.lock();
    try {
      if (closed) {
        give(List.of(message));
        return true;
      }
      ranks.get(sort.ordinal()).waiting.addLast(message);
      size++;
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether messages of this sort wait behind one that failed. */
  public boolean isFailing(WorkSort sort) {
    lock.lock();
    try {
      return ranks.get(sort.ordinal()).failing;
    } finally {
      lock.unlock();
    }
  }

  private void give(Collection<M> messages) {
    budget.give(messages.stream().mapToLong(bytesOf).sum());
  }

  /** Releases a portion that is neither done nor to be retried. */
  public void drop(Portion<M> portion) {
    give(portion.messages());
  }

  /** Returns how many messages wait, without those being processed. */
  public int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many messages of a sort wait, without those being processed. */
  public int size(WorkSort sort) {
    lock.lock();
    try {
      return ranks.get(sort.ordinal()).waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next portion; returns null once this is closed. */
  @Nullable Portion<M> next() {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        WorkSort first = null;
        for (WorkSort sort : WorkSort.values()) {
          WorkRank<M> rank = ranks.get(sort.ordinal());
          if (rank.isDue(now)) {
            if (!rank.mayBegin()) {
              if (sort == WorkSort.STATUS) {
                // Nothing comes before the greeting.
                break;
              }
              continue;
            }
            if (rank.passedOver >= MOST_PASSED_OVER) {
              return take(sort, rank, 1);
            }
            first = first == null ? sort : first;
          }
        }
        if (first != null) {
          return take(first, ranks.get(first.ordinal()), first.lane() == null ? 1 : MOST_TOGETHER);
        }
        await(now);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Portion<M> take(WorkSort sort, WorkRank<M> rank, int most) {
    for (WorkRank<M> after : ranks.subList(sort.ordinal() + 1, ranks.size())) {
      after.passedOver = after.waiting.isEmpty() ? 0 : after.passedOver + 1;
    }
    rank.passedOver = 0;
    rank.begins();
    List<M> messages = new ArrayList<>(Math.min(most, rank.waiting.size()));
    while (messages.size() < most && !rank.waiting.isEmpty()) {
      messages.add(rank.waiting.removeFirst());
    }
    size -= messages.size();
    return new Portion<>(sort, messages, beginnings);
  }

  /** Waits until something changes or the first pause is over; may return earlier. */
  @SuppressWarnings("WaitNotInLoop") // next() is the loop
  private void await(long now) {
    WorkRank<M> status = ranks.get(WorkSort.STATUS.ordinal());
    long nanos = status.nanosToDue(now);
    if (!status.isDue(now)) {
      for (WorkRank<M> rank : ranks) {
        nanos = Math.min(nanos, rank.nanosToDue(now));
      }
    }
    if (nanos == Long.MAX_VALUE) {
      changed.awaitUninterruptibly();
      return;
    }
    try {
      long _ = changed.awaitNanos(nanos);
    } catch (InterruptedException nobodyMeansThis) {
      log.debug("Woken while waiting; waiting on");
    }
  }

  /** Notes that a portion is done. */
  void done(Portion<M> portion) {
    lock.lock();
    try {
      give(portion.messages());
      ranks.get(portion.sort().ordinal()).works();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Notes that a portion could not be done. It comes first of its sort again, after a pause, unless
   * the gateway began anew meanwhile.
   *
   * @return the messages that now wait in that rank
   */
  public List<M> again(Portion<M> portion) {
    lock.lock();
    try {
      WorkRank<M> rank = ranks.get(portion.sort().ordinal());
      boolean wanted = portion.beginning() == beginnings || portion.sort() == WorkSort.STATUS;
      if (closed || !wanted) {
        give(portion.messages());
      } else {
        portion.messages().reversed().forEach(rank.waiting::addFirst);
        size += portion.messages().size();
        rank.fails();
      }
      return List.copyOf(rank.waiting);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Handles a gateway that begins anew and sends everything again that has no receipt: earlier
   * messages are discarded, except status messages.
   *
   * @return the discarded messages
   */
  public List<M> beginAnew() {
    lock.lock();
    try {
      List<M> forgotten = new ArrayList<>();
      for (WorkSort sort : WorkSort.values()) {
        if (sort != WorkSort.STATUS) {
          WorkRank<M> rank = ranks.get(sort.ordinal());
          forgotten.addAll(rank.waiting);
          rank.waiting.clear();
          rank.works();
        }
      }
      give(forgotten);
      size -= forgotten.size();
      beginnings++;
      return forgotten;
    } finally {
      lock.unlock();
    }
  }

  /** Discards the message of a sort that waits longest. */
  public Optional<M> forgetOldest(WorkSort sort) {
    lock.lock();
    try {
      Optional<M> oldest = Optional.ofNullable(ranks.get(sort.ordinal()).waiting.pollFirst());
      oldest.ifPresent(message -> give(List.of(message)));
      size -= oldest.isPresent() ? 1 : 0;
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** Discards waiting messages that match. */
  public void forget(Predicate<M> unwanted) {
    lock.lock();
    try {
      for (WorkRank<M> rank : ranks) {
        give(rank.waiting.stream().filter(unwanted).toList());
        rank.waiting.removeIf(unwanted);
      }
      size = ranks.stream().mapToInt(rank -> rank.waiting.size()).sum();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Processes messages until this is closed. If a piece of work throws, the failure is reported and
   * that piece counts as not done.
   */
  public void workOff(LivingThread thread, Hands<M> hands) {
    for (Portion<M> portion = next(); portion != null; portion = next()) {
      boolean done = false;
      try {
        done = hands.work(portion.sort(), portion.messages());
        thread.succeeded();
      } catch (Throwable thrown) {
        thread.failed(thrown);
      }
      if (done) {
        done(portion);
      } else {
        hands.undone(portion);
      }
    }
  }

  /** Closes the queue and discards what waits; {@link #next} then returns null. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (WorkRank<M> rank : ranks) {
        give(rank.waiting);
        rank.waiting.clear();
      }
      size = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

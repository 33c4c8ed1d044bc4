package org.linli.hub.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.Lane;
import org.linli.event.UplinkTopics;
import org.linli.program.thread.LivingThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one gateway sent and the hub has not worked off, by whichever way it came: what it says of
 * itself first, then urgent batches before bulk ones, then what it hears of equipment; each in its
 * order, and what waits of a lane together. Whoever was passed over {@value #MOST_PASSED_OVER}
 * times in a row has its turn, with one message: no sort comes to a stop. What a gateway says of
 * itself, and its reports, have their turn five times at once and then once a second. What could
 * not be done is tried again after a pause that grows from 0.1 s to 10 s, in which other ranks go
 * on. Safe for one thread that adds and one that works.
 */
final class GatewayWork<M> {

  private static final Logger log = LoggerFactory.getLogger(GatewayWork.class);

  /** Batches of one lane that are handed on together. */
  private static final int MOST_TOGETHER = 8;

  /** So often what is due may be passed over for what comes before it. */
  private static final int MOST_PASSED_OVER = 4;

  private final ByteBudget budget;
  private final ToLongFunction<M> bytesOf;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<WorkRank<M>> ranks = Stream.of(Sort.values()).map(WorkRank<M>::new).toList();
  private int size;

  /** How often it was begun anew. */
  private int beginnings;

  private boolean closed;

  /**
   * @param budget of what all gateways together may have waiting
   * @param bytesOf what a message takes of it
   */
  GatewayWork(ByteBudget budget, ToLongFunction<M> bytesOf) {
    this.budget = budget;
    this.bytesOf = bytesOf;
  }

  /** Sorts of messages in the order in which they are worked off. */
  enum Sort {
    STATUS(null),
    URGENT(Lane.URGENT),
    BULK(Lane.BULK),
    REPORT(null);

    private final @Nullable Lane lane;

    Sort(@Nullable Lane lane) {
      this.lane = lane;
    }

    /** What comes by this topic; empty where it is none that a gateway sends by. */
    static Optional<Sort> of(UplinkTopics topics, String topic) {
      Optional<Lane> lane = topics.lane(topic);
      if (lane.isPresent()) {
        return Arrays.stream(values()).filter(sort -> sort.lane == lane.get()).findFirst();
      }
      return topic.equals(topics.status())
          ? Optional.of(STATUS)
          : topic.equals(topics.equipment()) ? Optional.of(REPORT) : Optional.empty();
    }

    /** Null for what is no batch. */
    @Nullable Lane lane() {
      return lane;
    }
  }

  /** What does the work. */
  interface Hands<M> {

    /**
     * Does it.
     *
     * @return false when it cannot be done now
     */
    boolean work(Sort sort, List<M> messages);

    /** It could not be done, or threw something. */
    void undone(Portion<M> portion);
  }

  /**
   * What is to be done next: several only of a lane.
   *
   * @param beginning to which of the {@link #beginAnew beginnings} it belongs
   */
  record Portion<M>(Sort sort, List<M> messages, int beginning) {}

  /**
   * Adds what came.
   *
   * @return false where there is no room for it, and it was not added
   */
  boolean add(Sort sort, M message) {
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

  /** Whether what waits of a sort waits behind something that could not be done. */
  boolean isFailing(Sort sort) {
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

  /** What was taken is neither done nor tried again. */
  void drop(Portion<M> portion) {
    give(portion.messages());
  }

  /** How much waits and is not being worked at. */
  int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** How much of a sort waits and is not being worked at. */
  int size(Sort sort) {
    lock.lock();
    try {
      return ranks.get(sort.ordinal()).waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what is to be done next; null when this is closed. */
  @Nullable Portion<M> next() {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        Sort first = null;
        for (Sort sort : Sort.values()) {
          WorkRank<M> rank = ranks.get(sort.ordinal());
          if (rank.isDue(now)) {
            if (!rank.mayBegin()) {
              if (sort == Sort.STATUS) {
                // Nothing before the greeting.
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

  private Portion<M> take(Sort sort, WorkRank<M> rank, int most) {
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

  /** Until something changes or the first pause is over, or earlier. */
  @SuppressWarnings("WaitNotInLoop") // next() is the loop
  private void await(long now) {
    WorkRank<M> status = ranks.get(Sort.STATUS.ordinal());
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

  /** What was taken is done. */
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
   * What was taken could not be done: it comes first of its rank again, after a pause, unless this
   * was begun anew meanwhile.
   *
   * @return what waits in that rank now
   */
  List<M> again(Portion<M> portion) {
    lock.lock();
    try {
      WorkRank<M> rank = ranks.get(portion.sort().ordinal());
      boolean wanted = portion.beginning() == beginnings || portion.sort() == Sort.STATUS;
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
   * The gateway begins anew, and sends everything again that it has no receipt for: what waits from
   * before is forgotten, but for what it said of itself.
   *
   * @return what was forgotten
   */
  List<M> beginAnew() {
    lock.lock();
    try {
      List<M> forgotten = new ArrayList<>();
      for (Sort sort : Sort.values()) {
        if (sort != Sort.STATUS) {
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

  /** Forgets what waits longest of a sort. */
  Optional<M> forgetOldest(Sort sort) {
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

  /** Forgets what waits and is so. */
  void forget(Predicate<M> unwanted) {
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
   * Works off what comes, until this is closed. Whatever a piece of work throws is said, and no
   * more than that the piece is not done.
   */
  void workOff(LivingThread thread, Hands<M> hands) {
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

  /** Forgets what waits; {@link #next} says so. */
  void close() {
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

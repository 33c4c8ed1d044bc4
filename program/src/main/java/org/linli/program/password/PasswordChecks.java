package org.linli.program.password;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.LivingThreads;

/**
 * The queue of passwords to check, and the one thread that checks them, because a check takes long.
 * Known clients come before unknown ones. Addresses take turns; one that sent a wrong password
 * lately comes after the others. The number of waiting checks is limited per name and address. So
 * wrong passwords cannot keep out a right one from another address, delay one of another name only
 * briefly, and take at most half of one processor. Thread-safe.
 */
public final class PasswordChecks {

  /** How long a wrong password counts against its address. */
  private static final long WRONG_FOR_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int MOST_WRONG = 1_000;
  private static final long LONGEST_REST_NANOS = Duration.ofMillis(200).toNanos();

  private final int most;
  private final int mostOfOne;
  private final LongSupplier nanoTime;
  private final Executor checker;

  private final CheckQueue known = new CheckQueue();
  private final CheckQueue unknown = new CheckQueue();

  /** How many checks wait, by name and address. */
  private final Map<String, Integer> waiting = new HashMap<>();

  /** When each address last sent a wrong password, oldest first. */
  private final LinkedHashMap<String, Long> wrong = new LinkedHashMap<>();

  private boolean closed;

  /**
   * A password to check.
   *
   * @param network the client's address, or the network of it
   * @param isKnown whether it comes before all unknown clients
   * @param work checks it
   * @param busy called instead when the check is evicted or the queue closes
   */
  public record Check(String network, String name, boolean isKnown, Runnable work, Runnable busy) {

    private String key() {
      return network + ' ' + name;
    }
  }

  /** Checks that are ordered by address only. */
  private static final class CheckQueue {

    /** In the order of their turns; no queue is empty. */
    private final LinkedHashMap<String, Deque<Check>> byNetwork = new LinkedHashMap<>();

    private int size;

    int sizeOf(String network) {
      Deque<Check> its = byNetwork.get(network);
      return its == null ? 0 : its.size();
    }

    void add(Check check) {
      byNetwork.computeIfAbsent(check.network(), network -> new ArrayDeque<>()).add(check);
      size++;
    }

    boolean remove(Check check) {
      Deque<Check> its = byNetwork.get(check.network());
      if (its == null || !its.remove(check)) {
        return false;
      }
      size--;
      if (its.isEmpty()) {
        byNetwork.remove(check.network());
      }
      return true;
    }

    /**
     * The newest check of the address with the most waiting; null when no address has more than the
     * given number.
     */
    @Nullable Check newestOfWhoHasMoreThan(int number) {
      Deque<Check> longest = null;
      for (Deque<Check> each : byNetwork.values()) {
        longest = longest == null || each.size() > longest.size() ? each : longest;
      }
      return longest == null || longest.size() <= number ? null : longest.getLast();
    }

    /** The address's next check; the address then goes to the end of the order. */
    @Nullable Check next(String network) {
      Deque<Check> its = byNetwork.remove(network);
      Check check = its == null ? null : its.poll();
      if (its != null && !its.isEmpty()) {
        byNetwork.put(network, its);
      }
      size -= check == null ? 0 : 1;
      return check;
    }
  }

  /**
   * @param thread its name in health, log and alerts
   * @param most the limit of all waiting checks
   * @param mostOfOne the limit of waiting checks of one name and address
   */
  public PasswordChecks(String thread, int most, int mostOfOne, LivingThreads threads) {
    this(most, mostOfOne, System::nanoTime, threads.pool(thread, most));
  }

  PasswordChecks(int most, int mostOfOne, LongSupplier nanoTime, Executor checker) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.nanoTime = nanoTime;
    this.checker = checker;
  }

  /**
   * Queues a check. When the queue is full, the address with the most waiting checks loses its
   * newest one; a known client evicts one of an unknown client if there is any.
   *
   * @return whether the check waits
   */
  public boolean add(Check check) {
    Check loser = null;
    synchronized (this) {
      if (closed || waiting.getOrDefault(check.key(), 0) >= mostOfOne) {
        return false;
      }
      if (known.size + unknown.size >= most) {
        loser = loserTo(check);
        if (loser == null) {
          return false;
        }
        queueOf(loser).remove(loser);
        waitsNoMore(loser);
      }
      waiting.merge(check.key(), 1, Integer::sum);
      queueOf(check).add(check);
    }
    if (loser != null) {
      loser.busy().run();
    }
    try {
      checker.execute(this::checkNext);
    } catch (RejectedExecutionException full) {
      // As many turns are queued as there can be checks; each takes one of them.
    }
    return true;
  }

  private @Nullable Check loserTo(Check check) {
    return check.isKnown() && unknown.size > 0
        ? unknown.newestOfWhoHasMoreThan(0)
        : queueOf(check).newestOfWhoHasMoreThan(queueOf(check).sizeOf(check.network()) + 1);
  }

  /**
   * Removes a check that is no longer wanted.
   *
   * @return false when it does not wait: it has begun, or it was evicted
   */
  public synchronized boolean withdraw(Check check) {
    boolean waited = queueOf(check).remove(check);
    if (waited) {
      waitsNoMore(check);
    }
    return waited;
  }

  /**
   * Checks one password. After one from an address with wrong passwords the thread rests as long as
   * the check took, so that such addresses use at most half of the time.
   */
  private void checkNext() {
    Check next = next();
    if (next == null) {
      return;
    }
    long begun = System.nanoTime();
    next.work().run();
    if (wasWrong(next.network())) {
      rest(Math.min(System.nanoTime() - begun, LONGEST_REST_NANOS));
    }
  }

  private static void rest(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes and returns the check whose turn it is; null when none waits. */
  synchronized @Nullable Check next() {
    CheckQueue queue = known.size > 0 ? known : unknown;
    String turn = null;
    for (String network : queue.byNetwork.keySet()) {
      if (!wasWrong(network)) {
        turn = network;
        break;
      }
      turn = turn == null ? network : turn;
    }
    Check check = turn == null ? null : queue.next(turn);
    if (check != null) {
      waitsNoMore(check);
    }
    return check;
  }

  /** Whether this address sent a wrong password lately. */
  private synchronized boolean wasWrong(String network) {
    Long at = wrong.get(network);
    return at != null && nanoTime.getAsLong() - at < WRONG_FOR_NANOS;
  }

  /** Called by the work: this address sent a wrong password. */
  public synchronized void wrong(String network) {
    wrong.remove(network);
    wrong.put(network, nanoTime.getAsLong());
    if (wrong.size() > MOST_WRONG) {
      wrong.remove(wrong.keySet().iterator().next());
    }
  }

  /** Rejects all waiting checks and all later ones. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (Check left = next(); left != null; left = next()) {
      left.busy().run();
    }
  }

  private CheckQueue queueOf(Check check) {
    return check.isKnown() ? known : unknown;
  }

  private void waitsNoMore(Check check) {
    waiting.computeIfPresent(check.key(), (key, number) -> number == 1 ? null : number - 1);
  }
}

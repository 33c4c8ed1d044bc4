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
 * Passwords that wait to be checked, which takes long, and the one thread that checks them. Those
 * who are known come first. Addresses have their turns, and those whose passwords were wrong lately
 * come after the others. Of a name and an address only so many wait at a time. So wrong passwords
 * keep no right one out that comes from elsewhere, and none of another name for long, and they take
 * half of one processor at most. Safe for any thread.
 */
public final class PasswordChecks {

  /** For so long a wrong password counts against its address. */
  private static final long WRONG_FOR_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int MOST_WRONG = 1_000;
  private static final long LONGEST_REST_NANOS = Duration.ofMillis(200).toNanos();

  private final int most;
  private final int mostOfOne;
  private final LongSupplier nanoTime;
  private final Executor checker;

  private final Lane known = new Lane();
  private final Lane strangers = new Lane();

  /** How many wait of a name and an address. */
  private final Map<String, Integer> waiting = new HashMap<>();

  /** When a password of an address was wrong last, the longest ago first. */
  private final LinkedHashMap<String, Long> wrong = new LinkedHashMap<>();

  private boolean closed;

  /**
   * A password to be checked.
   *
   * @param network who asks: an address, or the network of one
   * @param isKnown whether it comes before everybody of whom nothing is known
   * @param work checks it
   * @param busy called instead where others need the room, and at the end
   */
  public record Check(String network, String name, boolean isKnown, Runnable work, Runnable busy) {

    private String key() {
      return network + ' ' + name;
    }
  }

  /** Those who are told apart by their addresses only. */
  private static final class Lane {

    /** Whose turn is next comes first; none of them is empty. */
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

    /** The newest of who has most waiting; null where nobody has more than that. */
    @Nullable Check newestOfWhoHasMoreThan(int number) {
      Deque<Check> longest = null;
      for (Deque<Check> each : byNetwork.values()) {
        longest = longest == null || each.size() > longest.size() ? each : longest;
      }
      return longest == null || longest.size() <= number ? null : longest.getLast();
    }

    /** Its next turn is after all others'. */
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
   * @param thread as health, log and alerts say it
   * @param most of all that wait
   * @param mostOfOne of a name and an address that wait
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
   * Has it wait for its turn. Where there is no room, who has most waiting loses the newest, and a
   * stranger loses it to who is known.
   *
   * @return whether it waits
   */
  public boolean add(Check check) {
    Check loser = null;
    synchronized (this) {
      if (closed || waiting.getOrDefault(check.key(), 0) >= mostOfOne) {
        return false;
      }
      if (known.size + strangers.size >= most) {
        loser = loserTo(check);
        if (loser == null) {
          return false;
        }
        laneOf(loser).remove(loser);
        waitsNoMore(loser);
      }
      waiting.merge(check.key(), 1, Integer::sum);
      laneOf(check).add(check);
    }
    if (loser != null) {
      loser.busy().run();
    }
    try {
      checker.execute(this::checkNext);
    } catch (RejectedExecutionException full) {
      // As many turns wait as checks can; each takes one of them.
    }
    return true;
  }

  private @Nullable Check loserTo(Check check) {
    return check.isKnown() && strangers.size > 0
        ? strangers.newestOfWhoHasMoreThan(0)
        : laneOf(check).newestOfWhoHasMoreThan(laneOf(check).sizeOf(check.network()) + 1);
  }

  /**
   * Nobody wants to know any more.
   *
   * @return false when it does not wait: its check has begun, or it lost its room
   */
  public synchronized boolean withdraw(Check check) {
    boolean waited = laneOf(check).remove(check);
    if (waited) {
      waitsNoMore(check);
    }
    return waited;
  }

  /** An address whose passwords were wrong makes the program work for half of the time at most. */
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

  /** Whose turn it is; null where none waits. */
  synchronized @Nullable Check next() {
    Lane lane = known.size > 0 ? known : strangers;
    String turn = null;
    for (String network : lane.byNetwork.keySet()) {
      if (!wasWrong(network)) {
        turn = network;
        break;
      }
      turn = turn == null ? network : turn;
    }
    Check check = turn == null ? null : lane.next(turn);
    if (check != null) {
      waitsNoMore(check);
    }
    return check;
  }

  /** Whether a password that came from there was wrong lately. */
  private synchronized boolean wasWrong(String network) {
    Long at = wrong.get(network);
    return at != null && nanoTime.getAsLong() - at < WRONG_FOR_NANOS;
  }

  /** Called by the work: the password that came from there was wrong. */
  public synchronized void wrong(String network) {
    wrong.remove(network);
    wrong.put(network, nanoTime.getAsLong());
    if (wrong.size() > MOST_WRONG) {
      wrong.remove(wrong.keySet().iterator().next());
    }
  }

  /** Nothing waits any more from now on. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (Check left = next(); left != null; left = next()) {
      left.busy().run();
    }
  }

  private Lane laneOf(Check check) {
    return check.isKnown() ? known : strangers;
  }

  private void waitsNoMore(Check check) {
    waiting.computeIfPresent(check.key(), (key, number) -> number == 1 ? null : number - 1);
  }
}

package org.linli.edge.intake.mqtt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that wait to be checked, which takes long. Of a name and an address one waits at a
 * time, addresses have their turns, and those whose passwords were wrong lately come after the
 * others. So wrong passwords keep no right one out that comes from elsewhere, and none of another
 * name for long. Safe for any thread.
 */
final class PasswordChecks {

  /** For so long a wrong password counts against its address. */
  private static final long WRONG_FOR_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int MOST_WRONG = 1_000;

  private final int most;
  private final LongSupplier nanoTime;

  /** Whose turn is next comes first. */
  private final LinkedHashMap<String, Deque<Check>> byNetwork = new LinkedHashMap<>();

  private final Set<String> waiting = new HashSet<>();

  /** When a password of an address was wrong last, the longest ago first. */
  private final LinkedHashMap<String, Long> wrong = new LinkedHashMap<>();

  /**
   * A password to be checked.
   *
   * @param network who asks: an address, or the network of one
   * @param work checks it
   * @param busy called instead where others need the room
   */
  record Check(String network, String name, Runnable work, Runnable busy) {

    private String key() {
      return network + ' ' + name;
    }
  }

  PasswordChecks(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * Has it wait for its turn. Where there is no room, who has most waiting loses the newest.
   *
   * @return whether it waits
   */
  boolean add(Check check) {
    Check loser = null;
    synchronized (this) {
      if (waiting.contains(check.key())) {
        return false;
      }
      if (waiting.size() >= most) {
        Deque<Check> own = byNetwork.getOrDefault(check.network(), new ArrayDeque<>());
        Deque<Check> longest = own;
        for (Deque<Check> each : byNetwork.values()) {
          longest = each.size() > longest.size() ? each : longest;
        }
        if (longest.size() <= own.size() + 1) {
          return false;
        }
        loser = longest.removeLast();
        waiting.remove(loser.key());
      }
      waiting.add(check.key());
      byNetwork.computeIfAbsent(check.network(), network -> new ArrayDeque<>()).add(check);
    }
    if (loser != null) {
      loser.busy().run();
    }
    return true;
  }

  /** Whose turn it is; null where none waits. */
  synchronized @Nullable Check next() {
    String turn = null;
    for (String network : byNetwork.keySet()) {
      if (!wasWrong(network)) {
        turn = network;
        break;
      }
      turn = turn == null ? network : turn;
    }
    if (turn == null) {
      return null;
    }
    Deque<Check> its = byNetwork.remove(turn);
    Check check = its == null ? null : its.poll();
    if (its != null && !its.isEmpty()) {
      byNetwork.put(turn, its);
    }
    if (check != null) {
      waiting.remove(check.key());
    }
    return check;
  }

  /** Whether a password that came from there was wrong lately. */
  synchronized boolean wasWrong(String network) {
    Long at = wrong.get(network);
    return at != null && nanoTime.getAsLong() - at < WRONG_FOR_NANOS;
  }

  synchronized void wrong(String network) {
    wrong.remove(network);
    wrong.put(network, nanoTime.getAsLong());
    if (wrong.size() > MOST_WRONG) {
      wrong.remove(wrong.keySet().iterator().next());
    }
  }
}

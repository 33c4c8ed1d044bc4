package org.linli.sims.simulate;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.linli.sims.link.Sending;

/**
 * The simulators' own count, by protocol or by format, of what they offered and what the gateway
 * answered. All other counts are checked against it.
 */
final class Tally<K extends Comparable<K>> {

  /**
   * One count, in events or messages.
   *
   * @param offered distinct ones handed to a device's connection
   * @param acknowledged of those, how many the gateway acknowledged
   * @param refused of those, how many the gateway refused
   * @param repeated how often one was sent again for lack of an answer
   */
  record Count(long offered, long acknowledged, long refused, long repeated) {

    static final Count NONE = new Count(0, 0, 0, 0);

    long unanswered() {
      return offered - acknowledged - refused;
    }

    Count plus(Count other) {
      return new Count(
          offered + other.offered,
          acknowledged + other.acknowledged,
          refused + other.refused,
          repeated + other.repeated);
    }
  }

  private static final class Adders implements Sending.Answer {
    private final LongAdder offered = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    @Override
    public void acknowledged() {
      acknowledged.increment();
    }

    @Override
    public void refused(String reason) {
      refused.increment();
    }

    @Override
    public void repeated() {
      repeated.increment();
    }

    Count count() {
      // Answers before offers, so that an event between the two reads never counts as answered
      // only.
      long acknowledgedNow = acknowledged.sum();
      long refusedNow = refused.sum();
      return new Count(offered.sum(), acknowledgedNow, refusedNow, repeated.sum());
    }
  }

  private final Map<K, Adders> byKey = new ConcurrentHashMap<>();

  /** Counts an event as offered; the returned object takes the answer to it. */
  Sending.Answer offer(K key) {
    Adders adders = byKey.computeIfAbsent(key, unused -> new Adders());
    adders.offered.increment();
    return adders;
  }

  Map<K, Count> counts() {
    Map<K, Count> counts = new TreeMap<>();
    byKey.forEach((key, adders) -> counts.put(key, adders.count()));
    return counts;
  }

  Count total() {
    return counts().values().stream().reduce(Count.NONE, Count::plus);
  }
}

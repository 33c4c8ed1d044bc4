package org.linli.sims.reconcile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The number of discrepancies of each type, and the first ones. Not thread-safe. */
final class Discrepancies {

  private static final int EXAMPLES = 5;

  private final Map<Discrepancy, Long> counts = new EnumMap<>(Discrepancy.class);
  private final Map<Discrepancy, List<String>> examples = new EnumMap<>(Discrepancy.class);
  private long stored;

  void stored(long events) {
    stored += events;
  }

  void add(Discrepancy discrepancy, String example) {
    counts.merge(discrepancy, 1L, Long::sum);
    keep(discrepancy, example);
  }

  void addAll(Discrepancies other) {
    stored += other.stored;
    other.counts.forEach((discrepancy, count) -> counts.merge(discrepancy, count, Long::sum));
    other.examples.forEach(
        (discrepancy, some) -> some.forEach(example -> keep(discrepancy, example)));
  }

  /** Rows at the hub that the devices sent; a duplicate counts twice. */
  long stored() {
    return stored;
  }

  long count(Discrepancy discrepancy) {
    return counts.getOrDefault(discrepancy, 0L);
  }

  List<String> examples(Discrepancy discrepancy) {
    return List.copyOf(examples.getOrDefault(discrepancy, List.of()));
  }

  private void keep(Discrepancy discrepancy, String example) {
    List<String> kept = examples.computeIfAbsent(discrepancy, unused -> new ArrayList<>());
    if (kept.size() < EXAMPLES) {
      kept.add(example);
    }
  }
}

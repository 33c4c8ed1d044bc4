package org.linli.sims.reconcile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The number of findings of each type, and the first ones. Not thread-safe. */
final class Findings {

  private static final int EXAMPLES = 5;

  private final Map<Finding, Long> counts = new EnumMap<>(Finding.class);
  private final Map<Finding, List<String>> examples = new EnumMap<>(Finding.class);
  private long stored;

  void stored(long events) {
    stored += events;
  }

  void add(Finding finding, String example) {
    counts.merge(finding, 1L, Long::sum);
    keep(finding, example);
  }

  void addAll(Findings other) {
    stored += other.stored;
    other.counts.forEach((finding, count) -> counts.merge(finding, count, Long::sum));
    other.examples.forEach((finding, some) -> some.forEach(example -> keep(finding, example)));
  }

  /** Rows at the hub that the devices sent; a duplicate counts twice. */
  long stored() {
    return stored;
  }

  long count(Finding finding) {
    return counts.getOrDefault(finding, 0L);
  }

  List<String> examples(Finding finding) {
    return List.copyOf(examples.getOrDefault(finding, List.of()));
  }

  private void keep(Finding finding, String example) {
    List<String> kept = examples.computeIfAbsent(finding, unused -> new ArrayList<>());
    if (kept.size() < EXAMPLES) {
      kept.add(example);
    }
  }
}

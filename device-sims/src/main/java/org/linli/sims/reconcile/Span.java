package org.linli.sims.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A period of time.
 *
 * @param to not included
 */
record Span(Instant from, Instant to) {

  /** The same time in as few periods as possible, in order. */
  static List<Span> merged(List<Span> spans) {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
      Span last = merged.isEmpty() ? span : merged.removeLast();
      if (span.from.isAfter(last.to)) {
        merged.add(last);
        merged.add(span);
      } else {
        merged.add(new Span(last.from, span.to.isAfter(last.to) ? span.to : last.to));
      }
    }
    return merged;
  }
}

package org.linli.edge.local;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * How many messages were taken since the start though they could not be read in full (decision
 * 0055).
 */
@Component
final class DefectCounts {

  private final MeterRegistry meters;

  DefectCounts(MeterRegistry meters) {
    this.meters = meters;
  }

  /** By the profile that read them. */
  Map<String, Long> byProfile() {
    Map<String, Long> counts = new TreeMap<>();
    for (Counter counter : meters.find("linli.profile.defects").counters()) {
      String profile = Objects.requireNonNullElse(counter.getId().getTag("profile"), "");
      counts.merge(profile, (long) counter.count(), Long::sum);
    }
    return counts;
  }
}

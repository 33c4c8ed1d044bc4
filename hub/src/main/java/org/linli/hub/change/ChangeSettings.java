package org.linli.hub.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long changes are kept for their readers.
 *
 * @param keep how many changes are kept; beyond it the oldest are dropped
 * @param keepFor how long a change is kept, in time that the hub runs
 */
@ConfigurationProperties("linli.stream")
record ChangeSettings(@DefaultValue("10000") int keep, @DefaultValue("24h") Duration keepFor) {

  private static final int LEAST = 100;
  private static final int MOST = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  ChangeSettings {
    if (keep < LEAST || keep > MOST) {
      throw new IllegalArgumentException(
          "linli.stream.keep is %d: set it to between %d and %d".formatted(keep, LEAST, MOST));
    }
    if (keepFor.compareTo(SHORTEST) < 0 || keepFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "linli.stream.keep-for is %s: set it to between 1m and 366d".formatted(keepFor));
    }
  }
}

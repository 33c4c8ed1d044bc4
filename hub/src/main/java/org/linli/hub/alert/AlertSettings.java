package org.linli.hub.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts are raised and kept.
 *
 * @param tick interval between two checks for alerts that have become due, such as a fire lane
 *     occupied for three minutes
 * @param kept alerts kept in all; beyond it resolved ones are forgotten
 */
@ConfigurationProperties("linli.alert")
record AlertSettings(@DefaultValue("1s") Duration tick, @DefaultValue("100000") int kept) {

  static final int LEAST_KEPT = 1_000;
  static final int MOST_KEPT = 10_000_000;

  AlertSettings {
    if (kept < LEAST_KEPT || kept > MOST_KEPT) {
      throw new IllegalArgumentException(
          "linli.alert.kept is %d: set it to between %d and %d"
              .formatted(kept, LEAST_KEPT, MOST_KEPT));
    }
  }
}

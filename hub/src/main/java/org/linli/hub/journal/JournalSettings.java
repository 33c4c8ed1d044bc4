package org.linli.hub.journal;

import java.time.Duration;
import org.linli.program.settings.Least;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How events wait for the stores.
 *
 * @param limit bytes of batches, as they came, that may wait in the records; beyond it gateways
 *     keep their events
 * @param linger how long events wait for further ones, so that a store has fewer and larger commits
 */
@ConfigurationProperties("linli.journal")
record JournalSettings(
    @Least("16MB") @DefaultValue("256MB") DataSize limit, @DefaultValue("200ms") Duration linger) {

  private static final DataSize LEAST = DataSize.ofMegabytes(16);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  JournalSettings {
    if (limit.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "linli.journal.limit is %d bytes: at least 16MB are needed, for the largest batches that a gateway may send"
              .formatted(limit.toBytes()));
    }
    if (linger.isNegative() || linger.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "linli.journal.linger is %s: set it to between 0s and 10s".formatted(linger));
    }
  }
}

package org.linli.hub.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of what the embedded store was given is kept for giving it again.
 *
 * @param age batches that were carried longer ago, by the time that the hub has run since, are
 *     dropped
 * @param limit bytes of batches, as they came, beyond which the oldest are dropped
 */
@ConfigurationProperties("linli.archive")
record ArchiveSettings(@DefaultValue("400d") Duration age, @DefaultValue("10GB") DataSize limit) {

  private static final DataSize LEAST = DataSize.ofMegabytes(1);
  private static final Duration SHORTEST = Duration.ofDays(1);

  ArchiveSettings {
    if (age.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          ("linli.archive.age is %s: set it to 1d or longer, as a history that lost something is"
                  + " built anew from what is kept")
              .formatted(age));
    }
    if (limit.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "linli.archive.limit is %d bytes: set it to 1MB or more, as a history that lost something is built anew from what is kept"
              .formatted(limit.toBytes()));
    }
  }
}

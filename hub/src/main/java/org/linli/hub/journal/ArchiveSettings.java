package org.linli.hub.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.DiskSize;
import org.linli.program.settings.Least;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is kept of what the embedded store has received, so that it can be given again.
 *
 * @param age batches that were carried longer ago than this are dropped; measured by the time that
 *     the hub has run since
 * @param limit bytes of batches, as they came, beyond which the oldest are dropped; null for a
 *     share of the disk
 */
@ConfigurationProperties("linli.archive")
record ArchiveSettings(@DefaultValue("400d") Duration age, @Least("1MB") @Nullable DataSize limit) {

  private static final DataSize LEAST = DataSize.ofMegabytes(1);
  private static final Duration SHORTEST = Duration.ofDays(1);

  /** The history gets six times as much; the rest is for everything else. */
  private static final int PART_OF_DISK = 10;

  private static final DataSize MOST_BY_DEFAULT = DataSize.ofGigabytes(10);

  ArchiveSettings {
    if (age.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          ("linli.archive.age is %s: set it to 1d or longer, as a history that lost something is"
                  + " built anew from what is kept")
              .formatted(HistoryKeeping.inWords(age)));
    }
    if (limit != null && limit.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "linli.archive.limit is %d bytes: set it to 1MB or more, as a history that lost something is built anew from what is kept"
              .formatted(limit.toBytes()));
    }
  }

  /**
   * Returns the limit in bytes for records in this folder.
   *
   * @throws IllegalArgumentException if the limit is larger than the disk
   */
  long limit(Path folder) {
    return limit(DiskSize.of(folder), folder);
  }

  /**
   * @param disk its size in bytes, if the disk reports one
   */
  long limit(OptionalLong disk, Path folder) {
    if (limit == null) {
      return Math.min(MOST_BY_DEFAULT.toBytes(), disk.orElse(Long.MAX_VALUE) / PART_OF_DISK);
    }
    if (disk.isPresent() && limit.toBytes() > disk.getAsLong()) {
      throw new IllegalArgumentException(
          "linli.archive.limit is %d MB, and the disk of %s has %d MB in all: set it to less, or leave it out for a tenth of the disk"
              .formatted(limit.toMegabytes(), folder, disk.getAsLong() >> 20));
    }
    return limit.toBytes();
  }
}

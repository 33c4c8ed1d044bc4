package org.linli.hub.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.linli.program.settings.Least;
import org.linli.program.settings.SettingFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much the embedded history keeps.
 *
 * @param age events that were stored longer ago than this are dropped, measured by the time that
 *     the hub has run since; null for 400 days
 * @param limit bytes on the disk beyond which the oldest events are dropped; null for a share of
 *     the disk
 */
@ConfigurationProperties("linli.history")
public record HistoryKeeping(@Nullable Duration age, @Least("100MB") @Nullable DataSize limit) {

  private static final Duration DEFAULT_AGE = Duration.ofDays(400);
  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final DataSize LEAST = DataSize.ofMegabytes(100);

  public HistoryKeeping {
    if (age != null && age.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "linli.history.age is %s: set it to 1d or longer".formatted(inWords(age)));
    }
    if (limit != null && limit.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "linli.history.limit is %s: set it to 100MB or more".formatted(SettingFormat.of(limit)));
    }
  }

  /**
   * Returns the duration in words, with a hint if it is very short: a bare number is read as
   * milliseconds, which is never intended here.
   */
  static String inWords(Duration age) {
    long millis = age.toMillis();
    return millis > 0 && millis < 10_000
        ? "%d milliseconds, as a number without a unit is taken (for days write %dd)"
            .formatted(millis, millis)
        : SettingFormat.of(age);
  }

  /**
   * @param disk the size of the disk in bytes, if it reports one
   * @throws IllegalArgumentException if the limit is larger than the disk
   */
  public void requireRoom(OptionalLong disk, Path folder) {
    if (limit != null && disk.isPresent() && limit.toBytes() > disk.getAsLong()) {
      throw new IllegalArgumentException(
          "linli.history.limit is %s, and the disk of %s has %d MB in all: set it to less, or leave it out for 60 %% of the disk"
              .formatted(SettingFormat.of(limit), folder, disk.getAsLong() >> 20));
    }
  }

  /** Returns how long events are kept at most. */
  Duration longest() {
    return age == null ? DEFAULT_AGE : age;
  }
}

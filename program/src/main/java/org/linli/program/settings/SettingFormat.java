package org.linli.program.settings;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Values of settings with their unit, as they are written in a configuration. */
public final class SettingFormat {

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

  private SettingFormat() {}

  /** A duration and a size with their unit, anything else as it is. */
  public static String of(Object value) {
    return switch (value) {
      case Duration duration -> of(duration);
      case DataSize size -> bytes(size.toBytes());
      default -> value.toString();
    };
  }

  /**
   * Below ten seconds it says that a number without a unit counts as milliseconds, which is hardly
   * ever meant.
   */
  private static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis > 0 && millis < 10_000) {
      return "%dms (a number without a unit counts as milliseconds: for seconds write %ds)"
          .formatted(millis, millis);
    }
    long seconds = duration.toSeconds();
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds + "s";
  }

  /** In the largest unit that gives a whole number. */
  public static String bytes(long bytes) {
    long number = bytes;
    int unit = 0;
    while (number != 0 && number % 1024 == 0 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return number + UNITS[unit];
  }

  /** A size that is at least that large, as a short number. */
  public static String atLeast(long bytes) {
    long unit = bytes < 10L << 20 ? 1L << 10 : 1L << 20;
    return bytes(Math.ceilDiv(bytes, unit) * unit);
  }

  /** A size that is at most that large, as a short number. */
  public static String atMost(long bytes) {
    long unit = bytes < 1L << 10 ? 1 : bytes < 10L << 20 ? 1L << 10 : 1L << 20;
    return bytes(bytes / unit * unit);
  }
}

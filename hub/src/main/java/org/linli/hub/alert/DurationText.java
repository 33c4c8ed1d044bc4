package org.linli.hub.alert;

import java.time.Duration;
import java.util.Arrays;

/** Describes a duration by one number of the largest fitting unit, rounded down. */
final class DurationText {

  private DurationText() {}

  private enum Unit {
    YEAR(Duration.ofDays(365), "年", "year"),
    DAY(Duration.ofDays(1), "天", "day"),
    HOUR(Duration.ofHours(1), "小时", "hour"),
    MINUTE(Duration.ofMinutes(1), "分钟", "minute"),
    SECOND(Duration.ofSeconds(1), "秒", "second");

    private final Duration length;
    private final String zh;
    private final String en;

    Unit(Duration length, String zh, String en) {
      this.length = length;
      this.zh = zh;
      this.en = en;
    }

    static Unit of(Duration time) {
      return Arrays.stream(values())
          .filter(unit -> time.compareTo(unit.length) >= 0)
          .findFirst()
          .orElse(SECOND);
    }
  }

  static String chinese(Duration time) {
    Unit unit = Unit.of(time);
    return time.dividedBy(unit.length) + " " + unit.zh;
  }

  static String english(Duration time) {
    Unit unit = Unit.of(time);
    long number = time.dividedBy(unit.length);
    return number + " " + unit.en + (number == 1 ? "" : "s");
  }
}

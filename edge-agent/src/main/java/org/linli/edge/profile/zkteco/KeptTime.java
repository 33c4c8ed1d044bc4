package org.linli.edge.profile.zkteco;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * The time of a kept event: the seconds since 2000 in a calendar whose months have 31 days (ZKTeco,
 * "Security PUSH Communication Protocol", algorithm of conversion to seconds).
 */
final class KeptTime {

  private static final int FIRST_YEAR = 2_000;
  private static final int MONTHS = 12;
  private static final int DAYS = 31;
  private static final int HOURS = 24;
  private static final int SIXTY = 60;

  private KeptTime() {}

  /**
   * @throws Unreadable if the text is no number, or no day of the calendar
   */
  static Instant read(String text, ZoneId zone) throws Unreadable {
    if (!text.matches("[0-9]{1,10}")) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          FieldNames.KEPT.time() + ": is no number of seconds in ZKTeco's calendar");
    }
    long rest = Long.parseLong(text);
    int second = (int) (rest % SIXTY);
    rest /= SIXTY;
    int minute = (int) (rest % SIXTY);
    rest /= SIXTY;
    int hour = (int) (rest % HOURS);
    rest /= HOURS;
    int day = (int) (rest % DAYS) + 1;
    rest /= DAYS;
    int month = (int) (rest % MONTHS) + 1;
    int year = (int) (rest / MONTHS) + FIRST_YEAR;
    try {
      return LocalDateTime.of(year, month, day, hour, minute, second).atZone(zone).toInstant();
    } catch (DateTimeException noSuchDay) {
      throw Unreadable.quoting(
          RefusalReason.BAD_FIELD, FieldNames.KEPT.time() + ": is no day of the calendar", text);
    }
  }
}

package org.linli.hub.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.linli.hub.registry.BilingualName;

/**
 * Formats for one reader: in the reader's language, by the community's clock.
 *
 * @param now the present time
 */
record Local(Locale language, ZoneId zone, Instant now) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  String name(BilingualName name) {
    return language.equals(PageLanguage.CHINESE) ? name.zh() : name.en();
  }

  /** Formats the time of day, with the date if it was not today, and the year if it was another. */
  String clock(Instant at) {
    return format(at, TIME);
  }

  /** Formats a time to the second. */
  String exactClock(Instant at) {
    return format(at, EXACT);
  }

  /** Formats a time with its date, even if it was another year. */
  String minute(Instant at) {
    return DATE_AND_TIME.format(at.atZone(zone));
  }

  private String format(Instant at, DateTimeFormatter today) {
    ZonedDateTime there = at.atZone(zone);
    LocalDate day = now.atZone(zone).toLocalDate();
    if (there.toLocalDate().equals(day)) {
      return today.format(there);
    }
    return (there.getYear() == day.getYear() ? DAY_AND_TIME : DATE_AND_TIME).format(there);
  }

  Age age(Instant since) {
    return Age.of(Duration.between(since, now));
  }
}

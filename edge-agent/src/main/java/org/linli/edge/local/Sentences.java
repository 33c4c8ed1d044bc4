package org.linli.edge.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** Sentences in one language, a paragraph each. What is put into them must be HTML already. */
final class Sentences {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm '(UTC'xxx')'");
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm '(UTC'xxx')'");

  private final MessageSource words;
  private final Locale language;
  private final InstantSource clock;
  private final StringBuilder paragraphs = new StringBuilder();

  Sentences(MessageSource words, Locale language, InstantSource clock) {
    this.words = words;
    this.language = language;
    this.clock = clock;
  }

  /** Adds a sentence. */
  void tell(String key, Object... arguments) {
    paragraphs.append("<p>").append(word(key, arguments)).append("</p>\n");
  }

  /** Returns a word or a sentence without adding it. */
  String word(String key, Object... arguments) {
    return words.getMessage(key, arguments, language);
  }

  /** In the gateway's time zone, which it names; with the date if it is not today. */
  String time(Instant at) {
    ZonedDateTime then = at.atZone(ZoneId.systemDefault());
    boolean isToday =
        then.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), then.getZone()));
    return (isToday ? TIME : DAY_AND_TIME).format(then);
  }

  /** The time since then, in words. */
  String ago(Instant since) {
    Duration ago = Duration.between(since, clock.instant());
    if (ago.toMinutes() < 1) {
      return word("span.moment");
    }
    if (ago.toHours() < 1) {
      return word("span.minutes", ago.toMinutes());
    }
    return ago.toDays() < 1 ? word("span.hours", ago.toHours()) : word("span.days", ago.toDays());
  }

  boolean isEmpty() {
    return paragraphs.isEmpty();
  }

  String html() {
    return paragraphs.toString();
  }
}

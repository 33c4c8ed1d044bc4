package org.linli.edge.profile.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * Parses a time in the format of RFC 3339 section 5.6, such as {@code
 * 2026-11-23T13:16:00.123+08:00}, to the millisecond; further digits are dropped. A leap second
 * counts as the first second after it.
 */
public final class Rfc3339 {

  private static final int DATE_AND_TIME = "2026-11-23T05:16:00".length();

  private Rfc3339() {}

  /** Milliseconds since 1970; empty if the text is not such a time. */
  public static OptionalLong parse(String text) {
    if (text.length() <= DATE_AND_TIME
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || "Tt ".indexOf(text.charAt(10)) < 0
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return OptionalLong.empty();
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    int hour = digits(text, 11, 2);
    int minute = digits(text, 14, 2);
    int second = digits(text, 17, 2);
    if (year < 0 || hour < 0 || hour > 23 || !upTo59(minute) || second < 0 || second > 60) {
      return OptionalLong.empty();
    }
    int at = DATE_AND_TIME;
    int millis = 0;
    if (text.charAt(at) == '.') {
      int scale = 100;
      int first = ++at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        millis += scale * (text.charAt(at) - '0');
        scale /= 10;
        at++;
      }
      if (at == first) {
        return OptionalLong.empty();
      }
    }
    OptionalLong offset = offsetSeconds(text, at);
    if (offset.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      long seconds = days * 86_400 + hour * 3_600L + minute * 60L + second - offset.getAsLong();
      return OptionalLong.of(seconds * 1_000 + millis);
    } catch (DateTimeException notInTheCalendar) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong offsetSeconds(String text, int at) {
    int left = text.length() - at;
    if (left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
      return OptionalLong.of(0);
    }
    if (left != "+08:00".length() || text.charAt(at + 3) != ':') {
      return OptionalLong.empty();
    }
    char sign = text.charAt(at);
    int hours = digits(text, at + 1, 2);
    int minutes = digits(text, at + 4, 2);
    if (sign != '+' && sign != '-' || hours < 0 || hours > 23 || !upTo59(minutes)) {
      return OptionalLong.empty();
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return OptionalLong.of(sign == '+' ? seconds : -seconds);
  }

  /** The number at that position, or -1 if not all characters are digits. */
  private static int digits(String text, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean upTo59(int number) {
    return number >= 0 && number <= 59;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

package org.linli.edge.profile.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;
import org.linli.event.Times;

/** Parses the time formats of equipment. */
public final class DeviceTimes {

  private static final int LOCAL = "2026-11-23T05:16:00".length();
  private static final int SECOND = "2026-11-23T05:16:".length();
  private static final double EARLIEST = Times.FIRST.getEpochSecond();
  private static final double LATEST = Times.LAST.toEpochMilli() / 1e3;

  private DeviceTimes() {}

  /**
   * Parses RFC 3339, or the same without a zone, and with a space for the T.
   *
   * @param zone the device's zone, for a time without one
   * @throws Unreadable naming the field, if it is not a time or lies outside the years 1 to 9999
   */
  public static Instant read(String field, String text, ZoneId zone) throws Unreadable {
    OptionalLong withZone = Rfc3339.parse(text);
    if (withZone.isPresent()) {
      return ofSeconds(field, withZone.getAsLong() / 1_000.0);
    }
    if (text.length() >= LOCAL) {
      try {
        Instant time = local(text).atZone(zone).toInstant();
        return ofSeconds(field, time.getEpochSecond() + time.getNano() / 1_000_000 / 1e3);
      } catch (DateTimeException noTime) {
        throw bad(field);
      }
    }
    throw bad(field);
  }

  /** To the second it is read as UTC, because {@link LocalDateTime#parse} takes much longer. */
  private static LocalDateTime local(String text) {
    OptionalLong asUtc =
        text.length() == LOCAL && text.charAt(SECOND) < '6'
            ? Rfc3339.parse(text + "Z")
            : OptionalLong.empty();
    return asUtc.isPresent()
        ? LocalDateTime.ofEpochSecond(asUtc.getAsLong() / 1_000, 0, ZoneOffset.UTC)
        : LocalDateTime.parse(text.replace(' ', 'T'));
  }

  private static Unreadable bad(String field) {
    return new Unreadable(
        RefusalReason.BAD_FIELD,
        field + ": is not a time such as 2026-11-23T05:16:00+08:00 or 2026-11-23T13:16:00");
  }

  /**
   * Converts seconds since 1970, to the millisecond.
   *
   * @throws Unreadable naming the field, if they lie outside the years 1 to 9999
   */
  public static Instant ofSeconds(String field, double seconds) throws Unreadable {
    if (!(seconds >= EARLIEST && seconds <= LATEST)) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, field + ": lies outside the years 0001 to 9999");
    }
    return Instant.ofEpochMilli(Math.round(seconds * 1_000));
  }
}

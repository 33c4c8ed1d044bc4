package org.linli.hub.registry.file;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Interval;
import org.linli.program.Closest;
import org.linli.program.yaml.Parsers;
import org.linli.program.yaml.YamlFields;

/** Parses the single values of files about communities, as {@link Parsers} does. */
public final class PlanParsers {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");
  private static final int MAX_EMAIL_LENGTH = 254;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private PlanParsers() {}

  public static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw Parsers.wrong(
          text, "an id has 1 to 64 letters a-z, digits, dots, hyphens and underscores.");
    }
    return text;
  }

  static String name(String text) {
    if (text.isBlank() || text.length() > BilingualName.MAX_LENGTH) {
      throw Parsers.wrong(text, "a name has 1 to " + BilingualName.MAX_LENGTH + " characters.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Parsers.wrong(text, "a name is one line without control characters.");
    }
    return text;
  }

  /** Returns the name in both languages; null if it has noted a problem. */
  public static @Nullable BilingualName bilingualName(YamlFields fields) {
    YamlFields name = fields.needMapping("name", List.of("zh", "en"));
    if (name == null) {
      return null;
    }
    String zh = name.need("zh", PlanParsers::name);
    String en = name.need("en", PlanParsers::name);
    return zh == null || en == null ? null : new BilingualName(zh, en);
  }

  /** Parses a whole number from 1 to {@code max}. */
  static Function<String, Integer> count(int max) {
    return text -> {
      if (!text.matches("[0-9]{1,9}")) {
        throw Parsers.wrong(text, "write a whole number from 1 to " + max + ".");
      }
      int number = Integer.parseInt(text);
      if (number < 1 || number > max) {
        throw Parsers.wrong(text, "write a whole number from 1 to " + max + ".");
      }
      return number;
    };
  }

  static ZoneId zone(String text) {
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw Parsers.wrong(text, "that zone cannot be used (" + e.getMessage() + ").");
      }
    }
    throw Parsers.wrong(
        text, "write a zone of the IANA time zone database, such as Asia/Shanghai.");
  }

  static Duration interval(String text) {
    return Interval.of(text).orElseThrow(() -> Parsers.wrong(text, Interval.RULE));
  }

  static DayOfWeek day(String text) {
    int index = DAYS.indexOf(text);
    if (index < 0) {
      throw Parsers.wrong(text, "a day is one of " + String.join(", ", DAYS) + ".");
    }
    return DayOfWeek.of(index + 1);
  }

  static String written(DayOfWeek day) {
    return DAYS.get(day.getValue() - 1);
  }

  static LocalTime from(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw Parsers.wrong(text, "write hours and minutes from \"00:00\" to \"23:59\".");
    }
    return LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** As {@link #from}, and 24:00, which is the midnight at the end of the day. */
  static LocalTime to(String text) {
    if (text.equals("24:00")) {
      return LocalTime.MIDNIGHT;
    }
    if (!TIME.matcher(text).matches()) {
      throw Parsers.wrong(text, "write hours and minutes from \"00:00\" to \"24:00\".");
    }
    return from(text);
  }

  public static String email(String text) {
    if (text.length() > MAX_EMAIL_LENGTH || !EMAIL.matcher(text).matches()) {
      throw Parsers.wrong(text, "write an address such as wang@example.org.");
    }
    return text;
  }

  /** Parses the id of something that must be listed. */
  public static Function<String, String> reference(String what, String section, Set<String> known) {
    return text -> {
      if (!known.contains(text)) {
        String closest = Closest.to(text, List.copyOf(known));
        throw Parsers.wrong(
            text,
            "there is no such %s%s; correct it or add it under %s."
                .formatted(
                    what, closest == null ? "" : " (did you mean " + closest + "?)", section));
      }
      return text;
    };
  }

  /** Parses an id that nothing else of its sort has, and notes it as used. */
  public static <T> Function<String, T> fresh(Function<String, T> parse, Set<String> used) {
    return text -> {
      T parsed = parse.apply(text);
      if (!used.add(text)) {
        throw Parsers.wrong(text, "that id is used twice; give each its own.");
      }
      return parsed;
    };
  }
}

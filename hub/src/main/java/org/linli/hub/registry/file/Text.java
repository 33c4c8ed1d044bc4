package org.linli.hub.registry.file;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Interval;
import org.linli.program.Closest;

/**
 * Parses single values. Each parser throws IllegalArgumentException with the end of a sentence that
 * begins with the field's name.
 */
final class Text {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");
  private static final int MAX_EMAIL_LENGTH = 254;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int MAX_QUOTED = 60;

  private Text() {}

  /** Returns whether a plain YAML scalar stands for no value. */
  static boolean saysNothing(String plain) {
    return Set.of("", "~", "null", "Null", "NULL").contains(plain);
  }

  /** Returns input that is cut and has no control characters, so that a message can quote it. */
  static String quotable(String written) {
    String visible = written.replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= MAX_QUOTED ? visible : visible.substring(0, MAX_QUOTED) + "…";
  }

  private static IllegalArgumentException wrong(String written, String wanted) {
    return new IllegalArgumentException("is \"" + quotable(written) + "\"; " + wanted);
  }

  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw wrong(text, "an id has 1 to 64 letters a-z, digits, dots, hyphens and underscores.");
    }
    return text;
  }

  static String name(String text) {
    if (text.isBlank() || text.length() > BilingualName.MAX_LENGTH) {
      throw wrong(text, "a name has 1 to " + BilingualName.MAX_LENGTH + " characters.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw wrong(text, "a name is one line without control characters.");
    }
    return text;
  }

  /** Parses a whole number from 1 to {@code max}. */
  static Function<String, Integer> count(int max) {
    return text -> {
      if (!text.matches("[0-9]{1,9}")) {
        throw wrong(text, "write a whole number from 1 to " + max + ".");
      }
      int number = Integer.parseInt(text);
      if (number < 1 || number > max) {
        throw wrong(text, "write a whole number from 1 to " + max + ".");
      }
      return number;
    };
  }

  static ZoneId zone(String text) {
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw wrong(text, "that zone cannot be used (" + e.getMessage() + ").");
      }
    }
    throw wrong(text, "write a zone of the IANA time zone database, such as Asia/Shanghai.");
  }

  static Duration interval(String text) {
    return Interval.of(text).orElseThrow(() -> wrong(text, Interval.RULE));
  }

  static DayOfWeek day(String text) {
    int index = DAYS.indexOf(text);
    if (index < 0) {
      throw wrong(text, "a day is one of " + String.join(", ", DAYS) + ".");
    }
    return DayOfWeek.of(index + 1);
  }

  static LocalTime from(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text, "write hours and minutes from \"00:00\" to \"23:59\".");
    }
    return LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** As {@link #from}, and 24:00, which is the midnight at the end of the day. */
  static LocalTime to(String text) {
    if (text.equals("24:00")) {
      return LocalTime.MIDNIGHT;
    }
    if (!TIME.matcher(text).matches()) {
      throw wrong(text, "write hours and minutes from \"00:00\" to \"24:00\".");
    }
    return from(text);
  }

  static String email(String text) {
    if (text.length() > MAX_EMAIL_LENGTH || !EMAIL.matcher(text).matches()) {
      throw wrong(text, "write an address such as wang@example.org.");
    }
    return text;
  }

  /** Parses the name, as used in files, of one of an enum's constants. */
  static <E extends Enum<E>> Function<String, E> oneOf(E[] constants, Function<E, String> name) {
    List<String> names = Arrays.stream(constants).map(name).toList();
    return text -> {
      int index = names.indexOf(text);
      if (index < 0) {
        throw wrong(
            text, suggestion(text, names) + "write one of " + String.join(", ", names) + ".");
      }
      return constants[index];
    };
  }

  private static String suggestion(String text, List<String> names) {
    @Nullable String closest = Closest.to(text, names);
    return closest == null ? "" : "did you mean " + closest + "? Otherwise ";
  }

  /** Parses the id of something that must be listed. */
  static Function<String, String> reference(String what, String section, Set<String> known) {
    return text -> {
      if (!known.contains(text)) {
        String closest = Closest.to(text, List.copyOf(known));
        throw wrong(
            text,
            "there is no such %s%s; correct it or add it under %s."
                .formatted(
                    what, closest == null ? "" : " (did you mean " + closest + "?)", section));
      }
      return text;
    };
  }

  /** Parses an id that nothing else of its sort has, and notes it as used. */
  static <T> Function<String, T> fresh(Function<String, T> parse, Set<String> used) {
    return text -> {
      T parsed = parse.apply(text);
      if (!used.add(text)) {
        throw wrong(text, "that id is used twice; give each its own.");
      }
      return parsed;
    };
  }

  /** Parses an id of the event model, which itself says what is wrong. */
  static <T> Function<String, T> modelId(Function<String, T> make) {
    return text -> {
      try {
        return make.apply(text);
      } catch (IllegalArgumentException e) {
        throw wrong(text, e.getMessage() + ".");
      }
    };
  }
}

package org.linli.edge.profile.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSONata's functions that search or join texts, as its documentation ("String functions") defines
 * them, with limits. A search text has at most {@value #LONGEST} characters, so that searching
 * takes linear time. A result has at most {@value Bounds#LONGEST_TEXT} characters, and is refused
 * before it is built. Padding is at most {@value #WIDEST}.
 *
 * <p>Created once per expression, because parsing the signatures costs more than most evaluations.
 * For one thread at a time.
 */
final class TextFunctions {

  private static final int LONGEST = 256;
  private static final int WIDEST = 1_000;
  private static final int MOST_PARTS = 100_000;

  private final Map<String, JFunction> functions =
      Map.of(
          "contains", Jsonata.function("contains", TextFunctions::contains, "<s-(sf):b>"),
          "substringBefore", Jsonata.function("before", TextFunctions::before, "<s-s:s>"),
          "substringAfter", Jsonata.function("after", TextFunctions::after, "<s-s:s>"),
          "split", Jsonata.function("split", this::split, "<s-(sf)n?:a<s>>"),
          "replace", Jsonata.function("replace", this::replace, "<s-(sf)(sf)n?:s>"),
          "join", Jsonata.function("join", this::join, "<a<s>s?:s>"),
          "string", Jsonata.function("string", this::string, "<x-b?:s>"),
          "pad", Jsonata.function("pad", TextFunctions::pad, "<s-ns?:s>"));

  private Bounds bounds = new Bounds();

  /** Replaces the library's functions in an expression. */
  void in(Jsonata expression) {
    functions.forEach(expression::registerFunction);
  }

  /** Sets the limits of an evaluation. */
  void bounded(Bounds now) {
    bounds = now;
  }

  private static @Nullable Boolean contains(@Nullable String text, Object sought) {
    return text == null ? null : text.contains(sought("contains", sought));
  }

  private static @Nullable String before(@Nullable String text, String sought) {
    if (text == null) {
      return null;
    }
    int at = text.indexOf(sought("substringBefore", sought));
    return at < 0 ? text : text.substring(0, at);
  }

  private static @Nullable String after(@Nullable String text, String sought) {
    if (text == null) {
      return null;
    }
    int at = text.indexOf(sought("substringAfter", sought));
    return at < 0 ? text : text.substring(at + sought.length());
  }

  private @Nullable List<String> split(
      @Nullable String text, Object separator, @Nullable Number limit) {
    if (text == null) {
      return null;
    }
    String sought = sought("split", separator);
    int most = limit == null ? Integer.MAX_VALUE : Math.max(0, limit.intValue());
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (parts.size() < most) {
      int at = sought.isEmpty() ? end(text, from) : text.indexOf(sought, from);
      if (at < 0) {
        parts.add(text.substring(from));
        break;
      }
      parts.add(text.substring(from, at));
      if (parts.size() > MOST_PARTS) {
        throw Bounds.exceeded("$split makes more than " + MOST_PARTS + " parts");
      }
      from = at + sought.length();
    }
    bounds.made(text.length());
    return parts;
  }

  /** The position after the next character; −1 if it is the last. */
  private static int end(String text, int from) {
    int next = from < text.length() ? text.offsetByCodePoints(from, 1) : text.length();
    return next < text.length() ? next : -1;
  }

  private @Nullable String replace(
      @Nullable String text, Object pattern, Object replacement, @Nullable Number limit) {
    if (text == null) {
      return null;
    }
    String sought = sought("replace", pattern);
    if (sought.isEmpty()) {
      throw Bounds.exceeded("$replace looks for an empty text");
    }
    if (!(replacement instanceof String with)) {
      throw Bounds.exceeded("$replace takes texts only in mappings");
    }
    int most = limit == null ? Integer.MAX_VALUE : limit.intValue();
    StringBuilder made = new StringBuilder();
    int from = 0;
    int at = text.indexOf(sought);
    for (int i = 0; at >= 0 && i < most; i++) {
      append(made, text, from, at);
      append(made, with, 0, with.length());
      from = at + sought.length();
      at = text.indexOf(sought, from);
    }
    append(made, text, from, text.length());
    bounds.made(made.length());
    return made.toString();
  }

  private @Nullable String join(@Nullable List<String> texts, @Nullable String separator) {
    if (texts == null) {
      return null;
    }
    String between = separator == null ? "" : separator;
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      append(made, between, 0, i == 0 ? 0 : between.length());
      append(made, texts.get(i), 0, texts.get(i).length());
    }
    bounds.made(made.length());
    return made.toString();
  }

  private @Nullable String string(@Nullable Object value, @Nullable Boolean prettify) {
    String made = Functions.string(value, prettify);
    bounds.made(made == null ? 0 : made.length());
    return made;
  }

  private static void append(StringBuilder made, String text, int from, int to) {
    if (made.length() + (to - from) > Bounds.LONGEST_TEXT) {
      throw Bounds.exceeded("it makes a text of more than " + Bounds.LONGEST_TEXT + " characters");
    }
    made.append(text, from, to);
  }

  private static @Nullable String pad(@Nullable String text, Number width, @Nullable String with) {
    if (text == null) {
      return null;
    }
    int length = Math.max(-WIDEST, Math.min(WIDEST, width.intValue()));
    String filling = with == null || with.isEmpty() ? " " : with;
    StringBuilder padding = new StringBuilder();
    while (text.length() + padding.length() < Math.abs(length)) {
      padding.append(filling.charAt(padding.length() % filling.length()));
    }
    return length < 0 ? padding + text : text + padding;
  }

  private static String sought(String function, Object sought) {
    if (!(sought instanceof String text)) {
      throw Bounds.exceeded("$" + function + " looks for texts only in mappings");
    }
    if (text.length() > LONGEST) {
      throw Bounds.exceeded(
          "$" + function + " looks for a text of more than " + LONGEST + " characters");
    }
    return text;
  }
}

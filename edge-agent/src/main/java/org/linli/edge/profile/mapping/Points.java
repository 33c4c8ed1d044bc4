package org.linli.edge.profile.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the parts of a message apart that speak of one device, such as the detectors of a loop:
 * each has states of its own.
 *
 * @param named gives a part's name; null if the mapping does not say it
 * @param device gives the part's device; null if the address always names it
 */
record Points(@Nullable Expression named, @Nullable Expression device) {

  /** Fields that name a point wherever they come, the surest first. */
  private static final List<String> NAMES =
      List.of(
          "point",
          "zone",
          "channel",
          "loop",
          "input",
          "sensor",
          "detector",
          "address",
          "addr",
          "index",
          "port",
          "id",
          "name",
          "code");

  /**
   * The name that a part gives itself, for one rule; empty if it has none. A field that says which
   * device it is, or that the rule reads as a state, an id or a time, is none.
   */
  String of(@Nullable Object part, EventRule rule) {
    if (!(part instanceof Map<?, ?> fields) || tellsApart(device, fields)) {
      return "";
    }
    for (String name : NAMES) {
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        String called = String.valueOf(field.getKey());
        Object value = field.getValue();
        if (called.toLowerCase(Locale.ROOT).equals(name)
            && (value instanceof String || value instanceof Number)
            && !mentions(rule.change(), called)
            && !mentions(rule.id(), called)
            && !mentions(rule.time(), called)) {
          return called + "=" + value;
        }
      }
    }
    return "";
  }

  private static boolean tellsApart(@Nullable Expression device, Map<?, ?> fields) {
    return fields.keySet().stream().anyMatch(name -> mentions(device, String.valueOf(name)));
  }

  /** Whether an expression has this word. */
  private static boolean mentions(@Nullable Expression expression, String word) {
    if (expression == null) {
      return false;
    }
    String text = expression.toString();
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean begins = at == 0 || !isOfWord(text.charAt(at - 1));
      if (begins && (end == text.length() || !isOfWord(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}

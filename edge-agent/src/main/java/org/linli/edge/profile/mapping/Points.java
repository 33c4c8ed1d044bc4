package org.linli.edge.profile.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Numbers;

/**
 * Tells apart what speaks of one device, such as the detectors of a loop: each has states of its
 * own.
 *
 * @param named gives a point's name; null if the mapping does not say it
 * @param device gives the device; null if the address always names it
 * @param ofParts whether a message has several parts
 * @param rules those of the mapping: what they read as a state, an id or a time is no name
 */
record Points(
    @Nullable Expression named,
    @Nullable Expression device,
    boolean ofParts,
    List<EventRule> rules) {

  /** Name a point wherever they come; several together are its address. */
  private static final Set<String> ADDRESS =
      Set.of(
          "point",
          "zone",
          "channel",
          "loop",
          "detector",
          "address",
          "addr",
          "回路",
          "地址",
          "点位",
          "防区",
          "通道",
          "探测器");

  /** Name a part among others. In a message about one thing they may be about the message. */
  private static final Set<String> OF_PART =
      Set.of("input", "sensor", "index", "port", "id", "no", "number", "name", "编号", "名称");

  /** Is as often a state as a name, and counts only where there is nothing else. */
  private static final String CODE = "code";

  /** {@code loopNo}, {@code zone_id}. */
  private static final Pattern OF_NAME = Pattern.compile("[_-]|(?<=.)(id|no|nr|num|number)$");

  Points {
    rules = List.copyOf(rules);
  }

  /**
   * The name that a part gives itself: all fields of its address; empty if it has none. A field
   * that says which device it is makes the device, and no point.
   */
  String of(@Nullable Object part) {
    if (!(part instanceof Map<?, ?> fields)
        || fields.keySet().stream().anyMatch(name -> mentions(device, String.valueOf(name)))) {
      return "";
    }
    Map<String, Object> address = new TreeMap<>();
    Map<String, Object> code = new TreeMap<>();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String called = String.valueOf(field.getKey());
      Object value = field.getValue();
      String name = OF_NAME.matcher(called.toLowerCase(Locale.ROOT)).replaceAll("");
      if (!isName(value) || isRead(called)) {
        continue;
      }
      if (ADDRESS.contains(name)) {
        address.put(called, value);
      } else if (ofParts && OF_PART.contains(name) && !isTested(called)) {
        address.put(called, value);
      } else if (ofParts && name.equals(CODE) && !isTested(called)) {
        code.put(called, value);
      }
    }
    StringBuilder all = new StringBuilder();
    (address.isEmpty() ? code : address)
        .forEach(
            (name, value) ->
                all.append(all.isEmpty() ? "" : "/").append(name).append('=').append(plain(value)));
    return all.toString();
  }

  /** The zones {@code 01}, {@code 1} and 1 are the same. */
  private static String plain(Object value) {
    return Numbers.plain(
        value instanceof Number number
            ? String.valueOf(number.longValue())
            : String.valueOf(value));
  }

  /** A number with a fraction is a reading. */
  private static boolean isName(@Nullable Object value) {
    return value instanceof String
        || value instanceof Number number
            && number.doubleValue() == Math.rint(number.doubleValue());
  }

  /** By any rule: what begins and what ends an alarm must mean the same point. */
  private boolean isRead(String field) {
    return rules.stream()
        .anyMatch(
            rule ->
                mentions(rule.change(), field)
                    || mentions(rule.id(), field)
                    || mentions(rule.time(), field));
  }

  private boolean isTested(String field) {
    return rules.stream().anyMatch(rule -> mentions(rule.when(), field));
  }

  /** Whether an expression has this word. */
  private static boolean mentions(@Nullable Expression expression, String word) {
    if (expression == null || word.isEmpty()) {
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

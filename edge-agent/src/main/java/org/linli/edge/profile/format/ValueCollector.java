package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.TextCutter;
import org.linli.edge.profile.Unreadable;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;

/**
 * Collects values under the names of a format, and makes them valid for {@link Values}:
 *
 * <ul>
 *   <li>a value within an object or an array has both names, joined by a dot; entries of an array
 *       count from 0;
 *   <li>a character that a name cannot have becomes {@code _}; a name of more than {@value
 *       Values#MAX_KEY_LENGTH} characters is cut and ends with a checksum of the whole;
 *   <li>a repeated name gets {@code -2}, {@code -3} and so on;
 *   <li>a text of more than {@value Value.Text#MAX_LENGTH} characters is cut and ends with …;
 *   <li>null is left out, and so is a text that a door cut.
 * </ul>
 */
public final class ValueCollector {

  /** Most values of one device in one message. */
  public static final int MOST = 4_096;

  private static final int CHECKSUM = 9;

  /** A longer name is cut before others are joined to it, because each of them would repeat it. */
  private static final int LONGEST_JOINED = 2 * Values.MAX_KEY_LENGTH;

  private final Map<String, Value> values = new LinkedHashMap<>();

  /** The next number to try, by the name before it and its number of digits. */
  private final Map<String, Integer> nextNumbers = new HashMap<>();

  /** Adds one value. */
  public ValueCollector put(String name, long number) throws Unreadable {
    return add(name, new Value.Whole(number));
  }

  /** Adds one value; a number that is not finite is added as text. */
  public ValueCollector put(String name, double number) throws Unreadable {
    return add(
        name,
        Double.isFinite(number) ? new Value.Real(number) : new Value.Text(String.valueOf(number)));
  }

  /** Adds one value. */
  public ValueCollector put(String name, boolean truth) throws Unreadable {
    return add(name, new Value.Truth(truth));
  }

  /**
   * Adds one value, without the NUL characters after a text. Of a text out of which a door cut a
   * picture there is none.
   */
  public ValueCollector put(String name, String text) throws Unreadable {
    if (TextCutter.isCut(text)) {
      return this;
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return add(name, new Value.Text(fitting(text.substring(0, end))));
  }

  /** Adds a node and everything in it. */
  public ValueCollector put(String name, JsonNode node) throws Unreadable {
    switch (node.getNodeType()) {
      case OBJECT -> {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
          put(name, entry.getKey(), entry.getValue());
        }
      }
      case ARRAY -> {
        for (int i = 0; i < node.size(); i++) {
          put(name, Integer.toString(i), node.get(i));
        }
      }
      case BOOLEAN -> put(name, node.booleanValue());
      case STRING -> put(name, node.stringValue());
      case NUMBER -> {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
          put(name, node.longValue());
        } else {
          put(name, node.numberValue().doubleValue());
        }
      }
      case BINARY, MISSING, NULL, POJO -> {}
    }
    return this;
  }

  /**
   * Adds a node within another one. No name is created for an empty node, of which there may be
   * very many.
   */
  public ValueCollector put(String outer, String inner, JsonNode node) throws Unreadable {
    return node.isNull() || node.isContainer() && node.isEmpty()
        ? this
        : put(joined(outer, inner), node);
  }

  /** Adds all fields of an object, under their own names. */
  public ValueCollector putAll(JsonNode object) throws Unreadable {
    return put("", object);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The values in the order of adding, in as many parts as needed; empty if there are none. */
  public List<Values> inParts() {
    if (values.size() <= Values.MAX_COUNT) {
      return values.isEmpty() ? List.of() : List.of(new Values(values));
    }
    List<Values> parts = new ArrayList<>();
    Map<String, Value> part = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : values.entrySet()) {
      part.put(entry.getKey(), entry.getValue());
      if (part.size() == Values.MAX_COUNT) {
        parts.add(new Values(part));
        part.clear();
      }
    }
    if (!part.isEmpty()) {
      parts.add(new Values(part));
    }
    return parts;
  }

  /** The first {@value Values#MAX_COUNT} values, for an event that has a meaning of its own. */
  public Values first() {
    List<Values> parts = inParts();
    return parts.isEmpty() ? Values.NONE : parts.getFirst();
  }

  /** The name of a value within something; a very long one is cut like that of a value. */
  public static String joined(String outer, String inner) {
    String name = outer.isEmpty() ? inner : outer + "." + inner;
    return name.length() > LONGEST_JOINED ? fittingName(name) : name;
  }

  private ValueCollector add(String name, Value value) throws Unreadable {
    if (values.size() == MOST) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE, "a message may hold at most " + MOST + " values of a device");
    }
    values.put(free(fittingName(name)), value);
    return this;
  }

  /**
   * The name itself, or with the next free number. Numbers that were tried for the same beginning
   * are not tried again: thousands of equal names cost no more than as many different ones.
   */
  private String free(String fitting) {
    if (!values.containsKey(fitting)) {
      return fitting;
    }
    for (int digits = 1, first = 2, end = 10; ; digits++, first = end, end *= 10) {
      String stem =
          fitting.substring(0, Math.min(fitting.length(), Values.MAX_KEY_LENGTH - 1 - digits))
              + "-";
      int next = nextNumbers.getOrDefault(stem + digits, first);
      while (next < end && values.containsKey(stem + next)) {
        next++;
      }
      nextNumbers.put(stem + digits, next);
      if (next < end) {
        return stem + next;
      }
    }
  }

  private static String fittingName(String name) {
    if (name.isEmpty()) {
      return "value";
    }
    StringBuilder changed = null;
    char before = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean stays = c == '.' ? before != '.' : isAllowed(c);
      before = stays ? c : '_';
      if (!stays) {
        changed = changed == null ? new StringBuilder(name) : changed;
        changed.setCharAt(i, before);
      }
    }
    String fitting = changed == null ? name : changed.toString();
    if (fitting.length() <= Values.MAX_KEY_LENGTH) {
      return fitting;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return fitting.substring(0, Values.MAX_KEY_LENGTH - CHECKSUM)
        + "@"
        + HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static boolean isAllowed(char c) {
    return Character.isLetterOrDigit(c) || "-_:@".indexOf(c) >= 0;
  }

  /** Enough of the text to see that there is more. */
  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), Value.Text.MAX_LENGTH + 1));
  }

  private static String fitting(String text) {
    StringBuilder fitting = null;
    int length = Math.min(text.length(), Value.Text.MAX_LENGTH);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        if (fitting == null) {
          fitting = new StringBuilder(beginning(text));
        }
        fitting.setCharAt(i, '\uFFFD');
      }
    }
    String whole = fitting == null ? beginning(text) : fitting.toString();
    if (whole.length() <= Value.Text.MAX_LENGTH) {
      return whole;
    }
    int end = Value.Text.MAX_LENGTH - 1;
    if (Character.isHighSurrogate(whole.charAt(end - 1))) {
      end--;
    }
    return whole.substring(0, end) + "…";
  }
}

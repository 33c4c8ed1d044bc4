package org.linli.edge.profile.senml;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Unreadable;
import tools.jackson.databind.JsonNode;

/**
 * One record with all base fields applied (RFC 8428 section 4.6).
 *
 * @param base the base name that is part of the name; empty if there is none
 * @param name the whole name
 * @param seconds since 1970
 * @param clock why that is the gateway's time instead; null if it is not
 * @param kind the label of the value: {@code v}, {@code vs}, {@code vb} or {@code vd}; null if
 *     there is only a sum
 * @param value null if there is only a sum
 * @param updateSeconds time within which the next record comes at the latest
 * @param others fields that RFC 8428 does not define, such as {@code l}
 */
record ResolvedRecord(
    String base,
    String name,
    @Nullable String unit,
    double seconds,
    @Nullable Unreadable clock,
    @Nullable String kind,
    @Nullable JsonNode value,
    @Nullable Double sum,
    @Nullable Double updateSeconds,
    Map<String, JsonNode> others) {

  /** The name without the base name; if that is empty, the name's last part. */
  String shortName() {
    String rest = name.substring(base.length());
    if (!rest.isEmpty()) {
      return rest;
    }
    int end = name.length();
    while (end > 1 && isSeparator(name.charAt(end - 1))) {
      end--;
    }
    int begin = end;
    while (begin > 0 && !isSeparator(name.charAt(begin - 1))) {
      begin--;
    }
    return name.substring(begin, end);
  }

  private static boolean isSeparator(char c) {
    return c == ':' || c == '/';
  }
}

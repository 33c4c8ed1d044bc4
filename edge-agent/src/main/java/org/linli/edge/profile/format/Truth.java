package org.linli.edge.profile.format;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * States that are on or off, in the ways in which firmware writes them: true and false, 1 and 0,
 * and words, with any case, surrounding space and trailing NUL of a buffer that was sent whole.
 */
public final class Truth {

  private static final Map<String, Boolean> PLAIN =
      Map.ofEntries(
          Map.entry("true", true),
          Map.entry("false", false),
          Map.entry("1", true),
          Map.entry("0", false),
          Map.entry("on", true),
          Map.entry("off", false),
          Map.entry("yes", true),
          Map.entry("no", false),
          Map.entry("active", true),
          Map.entry("inactive", false),
          Map.entry("是", true),
          Map.entry("否", false));

  private static final Map<String, Boolean> ALARM =
      Map.ofEntries(
          Map.entry("alarm", true),
          Map.entry("alert", true),
          Map.entry("alarming", true),
          Map.entry("triggered", true),
          Map.entry("trigger", true),
          Map.entry("detected", true),
          Map.entry("detect", true),
          Map.entry("normal", false),
          Map.entry("none", false),
          Map.entry("clear", false),
          Map.entry("cleared", false),
          Map.entry("idle", false),
          Map.entry("ok", false),
          Map.entry("not_detected", false),
          Map.entry("undetected", false),
          Map.entry("报警", true),
          Map.entry("告警", true),
          Map.entry("警报", true),
          Map.entry("報警", true),
          Map.entry("触发", true),
          Map.entry("异常", true),
          Map.entry("正常", false),
          Map.entry("无报警", false),
          Map.entry("未报警", false),
          Map.entry("未触发", false),
          Map.entry("解除", false),
          Map.entry("恢复", false));

  private Truth() {}

  /** Empty if it is neither. */
  public static Optional<Boolean> of(JsonNode node) {
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (node.isNumber()) {
      double number = node.numberValue().doubleValue();
      return number == 0 || number == 1 ? Optional.of(number == 1) : Optional.empty();
    }
    return node.isString() ? ofWord(node.stringValue()) : Optional.empty();
  }

  /** As above, also in the words for an alarm: {@code alarm} and {@code normal}. */
  public static Optional<Boolean> ofAlarm(JsonNode node) {
    Optional<Boolean> plain = of(node);
    return plain.isPresent() || !node.isString() ? plain : ofAlarmWord(node.stringValue());
  }

  /** Empty if the word is none of those that everybody writes. */
  public static Optional<Boolean> ofWord(String word) {
    return Optional.ofNullable(PLAIN.get(normal(word)));
  }

  /** As above, also in the words for an alarm. */
  public static Optional<Boolean> ofAlarmWord(String word) {
    Optional<Boolean> plain = ofWord(word);
    return plain.isPresent() ? plain : Optional.ofNullable(ALARM.get(normal(word)));
  }

  /** The word as it is compared: without what surrounds it, in lower case. */
  public static String normal(String word) {
    return ReceivedText.withoutPadding(word).toLowerCase(Locale.ROOT);
  }
}

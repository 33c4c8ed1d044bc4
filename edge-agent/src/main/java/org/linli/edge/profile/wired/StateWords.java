package org.linli.edge.profile.wired;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.format.Truth;
import tools.jackson.databind.JsonNode;

/**
 * The words in which equipment says that something is on or off, by what it is about. Case and what
 * joins the words do not matter.
 */
public final class StateWords {

  private static final Map<WiredMeaning, Map<String, Boolean>> SAID =
      new EnumMap<>(WiredMeaning.class);

  /** What a detector says besides its state: it is tested, muted, or its battery is low. */
  private static final List<String> NEITHER =
      List.of("test", "battery", "silent", "mute", "unknown", "fail", "fault", "install", "remove");

  /** What the alarm itself is called. */
  private static final Map<WiredMeaning, Set<String>> DANGERS =
      Map.of(
          WiredMeaning.SMOKE,
          Set.of("smoke", "fire"),
          WiredMeaning.FALL,
          Set.of("fall", "falling", "fallen", "falldown"),
          WiredMeaning.SOS,
          Set.of("sos", "panic", "emergency"),
          WiredMeaning.WATER,
          Set.of("leak", "leakage", "leaking", "flood", "flooding", "flooded"),
          WiredMeaning.GAS,
          Set.of("gas", "co", "monoxide", "methane"),
          WiredMeaning.TAMPER,
          Set.of("tamper", "tampered", "tampering"),
          WiredMeaning.MOTION,
          Set.of("motion", "movement", "presence", "occupancy"));

  /** What else may stand beside it. */
  private static final Map<WiredMeaning, Set<String>> BESIDE =
      Map.of(
          WiredMeaning.WATER,
          Set.of("water"),
          WiredMeaning.GAS,
          Set.of("carbon", "natural", "combustible", "leak", "leakage", "leaking"));

  /** What a text may be about that affirms nothing: {@code Smoke sensor ok}. */
  private static final Set<String> EQUIPMENT = Set.of("sensor", "detector");

  /** Where words begin that are written together: {@code NoLeak}, {@code SOSPressed}. */
  private static final Pattern JOINED =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private static final Set<String> AFFIRMING =
      Set.of(
          "alarm",
          "alarms",
          "activated",
          "local",
          "remote",
          "present",
          "found",
          "critical",
          "danger",
          "anymore",
          "alert",
          "warning",
          "detected",
          "detect",
          "yes",
          "triggered",
          "trigger",
          "status",
          "state",
          "event",
          "down",
          "maybe",
          "suspected",
          "possible",
          "active",
          "true",
          "on");

  private static final Set<String> DENYING =
      Set.of(
          "no",
          "not",
          "none",
          "ok",
          "idle",
          "absent",
          "deactivated",
          "non",
          "normal",
          "clear",
          "cleared",
          "release",
          "released",
          "off",
          "end",
          "ended",
          "stop",
          "stopped",
          "recover",
          "recovered",
          "recovery",
          "restored",
          "safe",
          "undetected",
          "inactive",
          "false",
          "dry");

  /** Of several that a text could name, the first is meant: a leak by itself is one of water. */
  private static final List<WiredMeaning> NAMED =
      List.of(
          WiredMeaning.SMOKE,
          WiredMeaning.FALL,
          WiredMeaning.SOS,
          WiredMeaning.WATER,
          WiredMeaning.GAS);

  static {
    said(WiredMeaning.WATER, true, "leak", "leaking", "leakage", "wet", "flood", "flooded");
    said(WiredMeaning.WATER, true, "water leak", "leak detected", "water detected");
    said(WiredMeaning.WATER, false, "no leak", "no leakage", "dry", "no water", "no water leak");
    // Milesight EM300-DI: it flows for longer than it may. That none flows is another alarm.
    said(WiredMeaning.WATER, true, "water flow timeout alarm");
    said(WiredMeaning.WATER, false, "water flow timeout alarm release");
    said(WiredMeaning.DOOR, true, "open", "opened");
    said(WiredMeaning.DOOR, false, "close", "closed", "shut");
    said(WiredMeaning.SMOKE, true, "smoke", "fire", "smoke alarm", "fire alarm", "smoke detected");
    said(WiredMeaning.SMOKE, false, "no smoke", "no fire", "safe");
    said(WiredMeaning.GAS, true, "leak", "leaking", "leakage", "gas leak", "gas alarm");
    said(WiredMeaning.GAS, true, "gas detected", "gas");
    said(WiredMeaning.GAS, false, "no leak", "no leakage", "no gas", "safe");
    said(WiredMeaning.MOTION, true, "occupied", "motion", "moving");
    said(WiredMeaning.MOTION, false, "vacant", "unoccupied", "no motion", "still");
    said(WiredMeaning.TAMPER, true, "uninstalled", "tampered", "removed", "dismantled");
    said(WiredMeaning.TAMPER, false, "installed", "not tampered");
    said(WiredMeaning.FALL, true, "fall", "fallen", "fall detected", "fall alarm");
    said(WiredMeaning.FALL, false, "no fall", "safe");
    said(WiredMeaning.WATER, true, "漏水", "浸水", "水浸", "有水");
    said(WiredMeaning.WATER, false, "无水", "无漏水", "未漏水", "干燥");
    said(WiredMeaning.DOOR, true, "打开", "开", "开门", "已打开", "開", "打開");
    said(WiredMeaning.DOOR, false, "关闭", "关", "关门", "已关闭", "關", "關閉");
    said(WiredMeaning.SMOKE, true, "有烟", "烟雾", "火警", "着火");
    said(WiredMeaning.SMOKE, false, "无烟", "无火");
    said(WiredMeaning.GAS, true, "泄漏", "泄露", "漏气");
    said(WiredMeaning.GAS, false, "无泄漏", "未泄漏");
    said(WiredMeaning.FALL, true, "跌倒", "摔倒");
    for (WiredMeaning input : WiredMeaning.values()) {
      said(input, true, "gpio alarm");
      said(input, false, "gpio alarm release");
    }
    for (WiredMeaning danger : List.of(WiredMeaning.SMOKE, WiredMeaning.GAS, WiredMeaning.WATER)) {
      said(danger, true, "emergency", "warning", "critical", "danger");
    }
    for (WiredMeaning alarm :
        List.of(
            WiredMeaning.WATER,
            WiredMeaning.SMOKE,
            WiredMeaning.GAS,
            WiredMeaning.TAMPER,
            WiredMeaning.FALL)) {
      said(alarm, true, "abnormal", "alarm triggered", "activated", "alarm activated", "alarm on");
      said(alarm, false, "no alarm", "not detected", "alarm released", "alarm deactivated");
      said(
          alarm, false, "non activated", "not activated", "deactivated", "not active", "alarm off");
    }
    for (WiredMeaning button : List.of(WiredMeaning.BUTTON, WiredMeaning.SOS)) {
      said(button, true, "press", "pressed", "short", "long", "double", "triple", "single", "sos");
      said(button, true, "short press", "long press", "double press", "button pressed", "click");
      said(button, false, "release", "released", "not pressed", "unpressed");
      said(button, true, "按下", "求助", "求救", "呼叫");
      said(button, false, "松开", "未按下");
    }
  }

  private StateWords() {}

  private static void said(WiredMeaning meaning, boolean on, String... words) {
    for (String word : words) {
      SAID.computeIfAbsent(meaning, _ -> new HashMap<>()).put(word, on);
    }
  }

  private static String word(String text) {
    return Truth.normal(JOINED.matcher(text).replaceAll(" ")).replaceAll("[_ -]+", " ");
  }

  /** Whether the value says that it is on; empty if it says neither. */
  public static Optional<Boolean> isOn(WiredMeaning meaning, JsonNode value) {
    if (value.isString()) {
      Boolean said = SAID.getOrDefault(meaning, Map.of()).get(word(value.stringValue()));
      if (said != null) {
        return Optional.of(said);
      }
    }
    Optional<Boolean> plain = meaning == WiredMeaning.DOOR ? Truth.of(value) : Truth.ofAlarm(value);
    return plain.isPresent() || !value.isString() ? plain : composed(meaning, value.stringValue());
  }

  /** Whether it is something that a detector says besides its state. */
  public static boolean isNeither(JsonNode value) {
    return value.isString() && NEITHER.stream().anyMatch(word(value.stringValue())::contains);
  }

  /** The conditions that a text denies, if it held them before: {@code normal}, {@code no gas}. */
  public static List<WiredMeaning> denied(JsonNode value) {
    return NAMED.stream()
        .filter(meaning -> isOn(meaning, value).equals(Optional.of(false)))
        .toList();
  }

  /** What a text says that it is an alarm of: {@code water_leakage}, {@code falling}. */
  public static Optional<WiredMeaning> named(String text) {
    return NAMED.stream()
        .filter(meaning -> composed(meaning, text).equals(Optional.of(true)))
        .findFirst();
  }

  /** What a text says that equipment detects: {@code smoke sensor}. */
  public static Optional<WiredMeaning> detector(String text) {
    String words = word(text);
    return EQUIPMENT.stream()
        .filter(each -> words.endsWith(" " + each))
        .flatMap(each -> named(words.substring(0, words.length() - each.length())).stream())
        .findFirst();
  }

  /** A text of nothing but the alarm's name and words that affirm or deny it. */
  private static Optional<Boolean> composed(WiredMeaning meaning, String text) {
    Set<String> dangers = DANGERS.getOrDefault(meaning, Set.of());
    Set<String> beside = BESIDE.getOrDefault(meaning, Set.of());
    Set<String> named = new HashSet<>();
    Set<String> denied = new HashSet<>();
    boolean isOfEquipment = false;
    for (String word : word(text).split(" ")) {
      if (dangers.contains(word)) {
        named.add(word);
      } else if (DENYING.contains(word)) {
        denied.add(word);
      } else if (EQUIPMENT.contains(word)) {
        isOfEquipment = true;
      } else if (!beside.contains(word) && !AFFIRMING.contains(word)) {
        return Optional.empty();
      }
    }
    if (denied.size() > 1 || dangers.isEmpty()) {
      return Optional.empty();
    }
    return denied.isEmpty()
        ? named.isEmpty() || isOfEquipment ? Optional.empty() : Optional.of(true)
        : Optional.of(false);
  }
}

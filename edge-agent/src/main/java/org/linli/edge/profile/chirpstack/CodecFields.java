package org.linli.edge.profile.chirpstack;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.format.Truth;
import tools.jackson.databind.JsonNode;

/**
 * The names and words of common codecs: Milesight's (SensorDecoders), Dragino's
 * (dragino-end-node-decoder) and Browan's (MerryIoT). A name that makers also use for a level, such
 * as {@code gas}, counts only if the value is no number.
 */
final class CodecFields {

  /** Fields that are always a state. */
  private static final Map<String, WiredMeaning> STATES = new HashMap<>();

  /** Fields that may also be a number that is measured. */
  private static final Map<String, WiredMeaning> WORDS = new HashMap<>();

  private static final Map<WiredMeaning, Map<String, Boolean>> SAID =
      new EnumMap<>(WiredMeaning.class);

  /** What a detector says besides its state: it is tested, muted, or its battery is low. */
  private static final List<String> NEITHER =
      List.of("test", "battery", "silent", "mute", "unknown", "fail", "fault", "install", "remove");

  static {
    all(STATES, WiredMeaning.WATER, "leakage_status", "leak_status", "water_leak_status");
    all(STATES, WiredMeaning.WATER, "water_leak", "water_leakage", "leak_detected", "flood_status");
    all(STATES, WiredMeaning.WATER, "water_leak_detected", "water_detected", "flood_detected");
    all(STATES, WiredMeaning.DOOR, "magnet_status", "door_status", "door_open_status");
    all(STATES, WiredMeaning.DOOR, "door1_open_status", "door2_open_status", "door_open");
    all(STATES, WiredMeaning.DOOR, "magnet_chn1", "magnet_chn2", "dooropen", "door_state");
    all(STATES, WiredMeaning.SMOKE, "smoke_status", "smoke_alarm", "smoke_detected", "smokealarm");
    all(STATES, WiredMeaning.SMOKE, "fire_alarm", "fire_status", "firealarm");
    all(STATES, WiredMeaning.GAS, "gas_status", "gas_alarm", "gas_leak", "gas_detected");
    all(STATES, WiredMeaning.GAS, "co_alarm", "co_status", "carbon_monoxide_alarm");
    all(STATES, WiredMeaning.MOTION, "pir", "pir_status", "occupancy_status", "motion_detected");
    all(STATES, WiredMeaning.TAMPER, "tamper_status", "tamper", "tamper_detected", "tamperdetect");
    all(STATES, WiredMeaning.BUTTON, "button_event", "button_event.status", "button_pressed");
    all(STATES, WiredMeaning.BUTTON, "buttonpress");
    all(STATES, WiredMeaning.SOS, "sos", "sos_status", "sos_event", "panic", "emergency");
    all(WORDS, WiredMeaning.WATER, "leak", "leakage", "water", "flood");
    all(WORDS, WiredMeaning.DOOR, "door", "magnet", "contact");
    all(WORDS, WiredMeaning.SMOKE, "smoke", "fire");
    all(WORDS, WiredMeaning.GAS, "gas", "carbon_monoxide");
    all(WORDS, WiredMeaning.MOTION, "occupancy", "motion");
    all(WORDS, WiredMeaning.BUTTON, "button", "press");

    said(WiredMeaning.WATER, true, "leak", "leaking", "leakage", "wet", "flood", "flooded");
    said(WiredMeaning.WATER, false, "no leak", "no_leak", "dry", "no water");
    said(WiredMeaning.DOOR, true, "open", "opened");
    said(WiredMeaning.DOOR, false, "close", "closed", "shut");
    said(WiredMeaning.SMOKE, true, "smoke", "fire", "smoke alarm");
    said(WiredMeaning.SMOKE, false, "no smoke", "no_smoke", "safe");
    said(WiredMeaning.GAS, true, "leak", "leaking", "gas leak");
    said(WiredMeaning.GAS, false, "no leak", "no_leak", "safe");
    said(WiredMeaning.MOTION, true, "occupied", "motion", "moving");
    said(WiredMeaning.MOTION, false, "vacant", "unoccupied", "no motion", "still");
    said(WiredMeaning.TAMPER, true, "uninstalled", "tampered", "removed", "dismantled");
    said(WiredMeaning.TAMPER, false, "installed", "not tampered");
    for (WiredMeaning button : List.of(WiredMeaning.BUTTON, WiredMeaning.SOS)) {
      said(button, true, "press", "pressed", "short", "long", "double", "triple", "single", "sos");
      said(button, true, "short press", "long press", "double press", "button pressed", "click");
      said(button, false, "release", "released", "not pressed", "unpressed");
    }
  }

  private CodecFields() {}

  private static void all(Map<String, WiredMeaning> names, WiredMeaning meaning, String... fields) {
    for (String field : fields) {
      names.put(field, meaning);
    }
  }

  private static void said(WiredMeaning meaning, boolean on, String... words) {
    for (String word : words) {
      SAID.computeIfAbsent(meaning, _ -> new HashMap<>()).put(word, on);
    }
  }

  /**
   * The meaning of a field by its name; empty if it has none, or holds a number that is measured.
   */
  static Optional<WiredMeaning> meaning(String field, JsonNode value) {
    String name = field.toLowerCase(Locale.ROOT);
    WiredMeaning state = STATES.get(name);
    if (state != null) {
      return Optional.of(state);
    }
    WiredMeaning word = WORDS.get(name);
    boolean isMeant = value.isString() || value.isBoolean() && word != WiredMeaning.DOOR;
    return word == null || !isMeant ? button(name, value) : Optional.of(word);
  }

  /** {@code button_1}, as WS136 and WS156 name their buttons. */
  private static Optional<WiredMeaning> button(String name, JsonNode value) {
    return name.matches("button_\\d{1,2}") && isOn(WiredMeaning.BUTTON, value).isPresent()
        ? Optional.of(WiredMeaning.BUTTON)
        : Optional.empty();
  }

  /** Whether the value says that it is on; empty if it says neither. */
  static Optional<Boolean> isOn(WiredMeaning meaning, JsonNode value) {
    if (value.isString()) {
      Boolean said = SAID.getOrDefault(meaning, Map.of()).get(Truth.normal(value.stringValue()));
      if (said != null) {
        return Optional.of(said);
      }
    }
    return meaning == WiredMeaning.DOOR ? Truth.of(value) : Truth.ofAlarm(value);
  }

  /** Whether it is something that a detector says besides its state. */
  static boolean isNeither(JsonNode value) {
    return value.isString()
        && NEITHER.stream().anyMatch(Truth.normal(value.stringValue())::contains);
  }
}

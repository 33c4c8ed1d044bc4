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
 * (dragino-end-node-decoder), Browan's (MerryIoT), Netvox's and Elsys'. Case and what joins the
 * words of a name do not matter. A name that makers also use for a level, such as {@code gas},
 * counts only if the value is no number.
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
    all(STATES, WiredMeaning.WATER, "leakage_status", "leak_status", "water_leak_status", "leak");
    all(STATES, WiredMeaning.WATER, "water_leak", "water_leakage", "leak_detected", "flood_status");
    all(STATES, WiredMeaning.WATER, "water_leak_detected", "water_detected", "flood_detected");
    all(STATES, WiredMeaning.WATER, "water_leakage_detected", "leakage_detected", "leakage");
    all(STATES, WiredMeaning.WATER, "water_leakage_status", "water_alarm", "leak_alarm", "flood");
    all(STATES, WiredMeaning.WATER, "leakage_alarm", "water_leak_alarm", "water_leakage_alarm");
    all(STATES, WiredMeaning.DOOR, "magnet_status", "door_status", "door_open_status");
    all(STATES, WiredMeaning.DOOR, "door1_open_status", "door2_open_status", "door_open");
    all(STATES, WiredMeaning.DOOR, "magnet_chn1", "magnet_chn2", "door_state");
    all(STATES, WiredMeaning.SMOKE, "smoke_status", "smoke_alarm", "smoke_detected", "smoke_state");
    all(STATES, WiredMeaning.SMOKE, "fire_alarm", "fire_status", "fire_detected", "fire");
    all(STATES, WiredMeaning.SMOKE, "smoke_alarm_status", "fire_alarm_status");
    all(STATES, WiredMeaning.GAS, "gas_status", "gas_alarm", "gas_leak", "gas_detected");
    all(STATES, WiredMeaning.GAS, "gas_leakage", "gas_leak_status", "gas_alarm_status");
    all(STATES, WiredMeaning.GAS, "co_alarm", "co_status", "carbon_monoxide_alarm", "co_detected");
    all(STATES, WiredMeaning.GAS, "carbon_monoxide_detected");
    all(STATES, WiredMeaning.MOTION, "pir", "pir_status", "occupancy_status", "motion_detected");
    all(STATES, WiredMeaning.TAMPER, "tamper_status", "tamper", "tamper_detected", "tamper_detect");
    all(STATES, WiredMeaning.TAMPER, "tamper_alarm", "tampered");
    all(STATES, WiredMeaning.BUTTON, "button_event", "button_event.status", "button_pressed");
    all(STATES, WiredMeaning.BUTTON, "button_press");
    all(STATES, WiredMeaning.SOS, "sos", "sos_status", "sos_event", "sos_alarm", "sos_button");
    all(STATES, WiredMeaning.SOS, "panic", "panic_button", "panic_alarm", "emergency");
    all(STATES, WiredMeaning.SOS, "emergency_button");
    all(STATES, WiredMeaning.FALL, "fall", "fall_detected", "fall_status", "fall_alarm");
    all(STATES, WiredMeaning.FALL, "fall_detection", "fall_event", "man_down");
    all(WORDS, WiredMeaning.WATER, "water");
    all(WORDS, WiredMeaning.DOOR, "door", "magnet", "contact");
    all(WORDS, WiredMeaning.SMOKE, "smoke");
    all(WORDS, WiredMeaning.GAS, "gas", "carbon_monoxide");
    all(WORDS, WiredMeaning.MOTION, "occupancy", "motion");
    all(WORDS, WiredMeaning.BUTTON, "button", "press");

    said(WiredMeaning.WATER, true, "leak", "leaking", "leakage", "wet", "flood", "flooded");
    said(WiredMeaning.WATER, true, "water leak", "leak detected", "water detected");
    said(WiredMeaning.WATER, false, "no leak", "no leakage", "dry", "no water", "no water leak");
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
    for (WiredMeaning alarm :
        List.of(
            WiredMeaning.WATER,
            WiredMeaning.SMOKE,
            WiredMeaning.GAS,
            WiredMeaning.TAMPER,
            WiredMeaning.FALL)) {
      said(alarm, true, "abnormal", "alarm triggered");
      said(alarm, false, "no alarm", "not detected", "alarm released", "alarm deactivated");
    }
    for (WiredMeaning button : List.of(WiredMeaning.BUTTON, WiredMeaning.SOS)) {
      said(button, true, "press", "pressed", "short", "long", "double", "triple", "single", "sos");
      said(button, true, "short press", "long press", "double press", "button pressed", "click");
      said(button, false, "release", "released", "not pressed", "unpressed");
    }
  }

  private CodecFields() {}

  private static void all(Map<String, WiredMeaning> names, WiredMeaning meaning, String... fields) {
    for (String field : fields) {
      names.put(name(field), meaning);
    }
  }

  /** Makers write one name as {@code water_leak}, {@code WaterLeak} or {@code WATER-LEAK}. */
  private static String name(String field) {
    return field.toLowerCase(Locale.ROOT).replaceAll("[_ -]", "");
  }

  private static String word(String text) {
    return Truth.normal(text).replaceAll("[_ -]+", " ");
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
    String name = name(field);
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
    return name.matches("button\\d{1,2}") && isOn(WiredMeaning.BUTTON, value).isPresent()
        ? Optional.of(WiredMeaning.BUTTON)
        : Optional.empty();
  }

  /** Whether the value says that it is on; empty if it says neither. */
  static Optional<Boolean> isOn(WiredMeaning meaning, JsonNode value) {
    if (value.isString()) {
      Boolean said = SAID.getOrDefault(meaning, Map.of()).get(word(value.stringValue()));
      if (said != null) {
        return Optional.of(said);
      }
    }
    return meaning == WiredMeaning.DOOR ? Truth.of(value) : Truth.ofAlarm(value);
  }

  /** Whether it is something that a detector says besides its state. */
  static boolean isNeither(JsonNode value) {
    return value.isString() && NEITHER.stream().anyMatch(word(value.stringValue())::contains);
  }
}

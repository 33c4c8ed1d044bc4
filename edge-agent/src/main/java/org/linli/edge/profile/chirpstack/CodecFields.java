package org.linli.edge.profile.chirpstack;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.wired.LifeNames;
import org.linli.edge.profile.wired.StateWords;
import tools.jackson.databind.JsonNode;

/**
 * The names of common codecs: Milesight's (SensorDecoders), Dragino's (dragino-end-node-decoder),
 * Browan's (MerryIoT), Netvox's and Elsys'. Case and what joins the words of a name do not matter.
 * A name that makers also use for a level, such as {@code gas}, counts only if the value is no
 * number.
 */
final class CodecFields {

  /** JsonFields that are always a state. */
  private static final Map<String, WiredMeaning> STATES = new HashMap<>();

  /** JsonFields that may also be a number that is measured. */
  private static final Map<String, WiredMeaning> WORDS = new HashMap<>();

  /** The neighbours of an alarm by TrackerD, as far as it knows where it is. */
  private static final Set<String> OF_TRACKER =
      Set.of("Latitude", "Longitude", "LON", "MD", "Transport");

  private static final Map<String, WiredMeaning> BUTTONS_OF_NETVOX =
      Map.of(
          "RB02I", WiredMeaning.SOS,
          "R312A", WiredMeaning.SOS,
          "R312", WiredMeaning.BUTTON,
          "R718T", WiredMeaning.BUTTON);

  /** What a field is called whose word a detector's type explains; a status may be any other. */
  private static final Set<String> OF_DETECTOR = Set.of("event", "alarm", "alert");

  /** Fields in which a device says what it is. */
  private static final List<String> TYPES = List.of("type", "device_type", "sensor_type");

  /** Objects whose fields say what a device is set to or has counted, and not how it is. */
  private static final Pattern SET =
      Pattern.compile(".*(?:config|setting|threshold|enable|calibrat|request|count|total|times).*");

  private static final Pattern BUTTON = Pattern.compile("button\\d{1,2}");

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
    all(STATES, WiredMeaning.SMOKE, "incense_smoke_alarm", "interconnect_alarm");
    all(STATES, WiredMeaning.GAS, "gas_status", "gas_alarm", "gas_leak", "gas_detected");
    all(STATES, WiredMeaning.GAS, "gas_leakage", "gas_leak_status", "gas_alarm_status");
    all(STATES, WiredMeaning.GAS, "co_alarm", "co_status", "carbon_monoxide_alarm", "co_detected");
    all(STATES, WiredMeaning.GAS, "carbon_monoxide_detected");
    all(STATES, WiredMeaning.MOTION, "pir", "pir_status", "occupancy_status", "motion_detected");
    all(STATES, WiredMeaning.TAMPER, "tamper_status", "tamper", "tamper_detected", "tamper_detect");
    all(STATES, WiredMeaning.TAMPER, "tamper_alarm", "tampered", "shock_tamper_alarm");
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
  }

  private CodecFields() {}

  private static void all(Map<String, WiredMeaning> names, WiredMeaning meaning, String... fields) {
    for (String field : fields) {
      names.put(LifeNames.joined(field), meaning);
    }
  }

  /**
   * The meaning of a field by its name; empty if it has none, or holds a number that is measured.
   *
   * @param field with the names of what it is within, joined by dots
   * @param beside the object that holds it
   */
  static Optional<WiredMeaning> meaning(String field, JsonNode value, JsonNode beside) {
    int dot = field.lastIndexOf('.');
    Optional<WiredMeaning> whole = named(LifeNames.joined(field), value);
    if (whole.isPresent()) {
      return whole;
    }
    if (dot >= 0 && SET.matcher(field.substring(0, dot).toLowerCase(Locale.ROOT)).matches()) {
      return Optional.empty();
    }
    String own = field.substring(dot + 1);
    return (dot < 0 ? LifeNames.meaning(field) : within(field, own, value))
        .or(() -> ofDragino(own, beside))
        .or(() -> ofNetvox(own, beside))
        .or(() -> ofDetector(own, value, beside));
  }

  /** By its own name, and by that with the name of what it is within. */
  private static Optional<WiredMeaning> within(String field, String own, JsonNode value) {
    String withOuter =
        field.substring(field.lastIndexOf('.', field.length() - own.length() - 2) + 1);
    return named(LifeNames.joined(own), value)
        .or(() -> named(LifeNames.joined(withOuter), value))
        .or(() -> LifeNames.meaning(own))
        .or(() -> LifeNames.meaning(withOuter.replace(".", "")));
  }

  private static Optional<WiredMeaning> named(String name, JsonNode value) {
    WiredMeaning state = STATES.get(name);
    if (state != null) {
      return Optional.of(state);
    }
    WiredMeaning word = WORDS.get(name);
    boolean isMeant = value.isString() || value.isBoolean() && word != WiredMeaning.DOOR;
    return word == null || !isMeant ? button(name, value) : Optional.of(word);
  }

  /**
   * JsonFields that only their neighbours explain: the tracker TrackerD has a button for help, and
   * PB01 is a button.
   */
  private static Optional<WiredMeaning> ofDragino(String name, JsonNode beside) {
    if (name.equals("ALARM_status") && OF_TRACKER.stream().anyMatch(beside::has)) {
      return Optional.of(WiredMeaning.SOS);
    }
    return name.equals("Alarm") && (beside.has("Sound_ACK") || beside.has("Sound_key"))
        ? Optional.of(WiredMeaning.BUTTON)
        : Optional.empty();
  }

  /** {@code Alarm} of Netvox's buttons, which name their model beside it. */
  private static Optional<WiredMeaning> ofNetvox(String name, JsonNode beside) {
    return name.equals("Alarm")
        ? Optional.ofNullable(BUTTONS_OF_NETVOX.get(beside.path("Device").asString("")))
        : Optional.empty();
  }

  /** {@code "type":"smoke sensor","event":"alarm"}. */
  private static Optional<WiredMeaning> ofDetector(String name, JsonNode value, JsonNode beside) {
    return OF_DETECTOR.contains(name.toLowerCase(Locale.ROOT)) && value.isString()
        ? TYPES.stream()
            .flatMap(type -> StateWords.detector(beside.path(type).asString("")).stream())
            .filter(meaning -> StateWords.isOn(meaning, value).isPresent())
            .findFirst()
        : Optional.empty();
  }

  /** {@code button_1}, as WS136 and WS156 name their buttons. */
  private static Optional<WiredMeaning> button(String name, JsonNode value) {
    return name.startsWith("button")
            && BUTTON.matcher(name).matches()
            && StateWords.isOn(WiredMeaning.BUTTON, value).isPresent()
        ? Optional.of(WiredMeaning.BUTTON)
        : Optional.empty();
  }
}

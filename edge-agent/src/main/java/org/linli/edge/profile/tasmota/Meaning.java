package org.linli.edge.profile.tasmota;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.Kind;

/**
 * The meaning of a contact that is on. Tasmota knows a switch only as {@code Switch1}, so a setting
 * says what is wired to it. For Zigbee devices behind Tasmota the attribute names give the meaning.
 */
enum Meaning {
  /** On means open. */
  DOOR("door.opened", "door.closed", null),
  WATER("water.leak", "water.cleared", Kind.ENVIRONMENT),
  SMOKE("smoke.detected", "smoke.cleared", Kind.ENVIRONMENT),
  GAS("gas.detected", "gas.cleared", Kind.ENVIRONMENT),
  MOTION("occupancy.detected", "occupancy.cleared", null),
  TAMPER("device.tampered", "device.tamper-cleared", null),
  SOS("sos.pressed", null, Kind.CARE);

  private final EventType whenOn;
  private final @Nullable EventType whenOff;

  /**
   * The kind to which the event types belong, whatever the device is, so that they open their
   * alerts.
   */
  private final @Nullable Kind kind;

  Meaning(String whenOn, @Nullable String whenOff, @Nullable Kind kind) {
    this.whenOn = new EventType(whenOn);
    this.whenOff = whenOff == null ? null : new EventType(whenOff);
    this.kind = kind;
  }

  /** The meaning of a word in the settings. */
  static Optional<Meaning> ofWord(String word) {
    return Arrays.stream(values()).filter(meaning -> meaning.word().equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(Meaning::word).collect(Collectors.joining(", "));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The meaning of an attribute of a Zigbee device (Tasmota's documentation, "Zigbee"). */
  static Optional<Meaning> ofZigbee(String attribute) {
    return switch (attribute) {
      case "Contact" -> Optional.of(DOOR);
      case "Water" -> Optional.of(WATER);
      case "Fire" -> Optional.of(SMOKE);
      case "CO" -> Optional.of(GAS);
      case "Occupancy", "Movement" -> Optional.of(MOTION);
      case "Panic", "PersonalAlarm" -> Optional.of(SOS);
      default -> Optional.empty();
    };
  }

  /** The attributes of a Zigbee device that have a meaning. */
  static Set<String> zigbeeAttributesOf(Meaning meaning) {
    return switch (meaning) {
      case DOOR -> Set.of("Contact");
      case WATER -> Set.of("Water");
      case SMOKE -> Set.of("Fire");
      case GAS -> Set.of("CO");
      case MOTION -> Set.of("Occupancy", "Movement");
      case SOS -> Set.of("Panic", "PersonalAlarm");
      case TAMPER -> Set.of();
    };
  }

  EventType whenOn() {
    return whenOn;
  }

  /** Null if the end is no event. */
  @Nullable EventType whenOff() {
    return whenOff;
  }

  @Nullable Kind kind() {
    return kind;
  }
}

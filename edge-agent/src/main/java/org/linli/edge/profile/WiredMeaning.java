package org.linli.edge.profile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.Kind;

/**
 * The meaning of an input that is on, where a format has only names such as {@code Switch1} for it
 * and a setting says what is wired to it.
 */
public enum WiredMeaning {
  /** On means open. */
  DOOR("door.opened", "door.closed", null),
  WATER("water.leak", "water.cleared", Kind.ENVIRONMENT),
  SMOKE("smoke.detected", "smoke.cleared", Kind.ENVIRONMENT),
  GAS("gas.detected", "gas.cleared", Kind.ENVIRONMENT),
  MOTION("occupancy.detected", "occupancy.cleared", null),
  TAMPER("device.tampered", "device.tamper-cleared", null),
  SOS("sos.pressed", null, Kind.CARE),
  FALL("fall.detected", null, Kind.CARE),
  BUTTON("button.pressed", null, null);

  private final EventType whenOn;
  private final @Nullable EventType whenOff;

  /**
   * The kind to which the event types belong, whatever the device is, so that they open their
   * alerts.
   */
  private final @Nullable Kind kind;

  WiredMeaning(String whenOn, @Nullable String whenOff, @Nullable Kind kind) {
    this.whenOn = new EventType(whenOn);
    this.whenOff = whenOff == null ? null : new EventType(whenOff);
    this.kind = kind;
  }

  /** The meaning of a word in the settings. */
  public static Optional<WiredMeaning> ofWord(String word) {
    return Arrays.stream(values()).filter(meaning -> meaning.word().equals(word)).findFirst();
  }

  public static String words() {
    return Arrays.stream(values()).map(WiredMeaning::word).collect(Collectors.joining(", "));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public EventType whenOn() {
    return whenOn;
  }

  /** Null if the end is no event. */
  public @Nullable EventType whenOff() {
    return whenOff;
  }

  public @Nullable Kind kind() {
    return kind;
  }

  /** Whether it happens and does not last, so that no end of it is said. */
  public boolean isMoment() {
    return this == SOS || this == FALL || this == BUTTON;
  }

  /** Whether it is a condition of the device, which several inputs may state. */
  public boolean isCondition() {
    return this == WATER || this == SMOKE || this == GAS || this == TAMPER;
  }
}

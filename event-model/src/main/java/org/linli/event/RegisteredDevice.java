package org.linli.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registered device, as the hub sends it to a gateway.
 *
 * @param nameZh 1 to {@value #MAX_NAME} characters
 * @param nameEn 1 to {@value #MAX_NAME} characters
 * @param equipment the hardware of this device; null when any equipment that uses the device's id
 *     counts as the device
 * @throws IllegalArgumentException from the constructor, naming the field
 */
public record RegisteredDevice(
    DeviceId id, Kind kind, String nameZh, String nameEn, @Nullable Equipment equipment) {

  public static final int MAX_NAME = 100;

  public RegisteredDevice {
    requireLength("the Chinese name of " + id, nameZh, MAX_NAME);
    requireLength("the English name of " + id, nameEn, MAX_NAME);
  }

  /**
   * A piece of hardware, identified by its own name at its gateway.
   *
   * @param profile the equipment profile that reads it, such as {@code zigbee2mqtt}
   * @param address its own name in that format
   * @param generation 1 for a device's first hardware, one more with each replacement. From 2 on,
   *     no other equipment counts as the device, whatever name it uses
   */
  public record Equipment(String profile, String address, int generation) {

    public static final int MAX_PROFILE = 64;
    public static final int MAX_ADDRESS = 256;
    public static final int MAX_GENERATION = 1_000_000;

    public Equipment {
      requireLength("the profile", profile, MAX_PROFILE);
      requireLength("the address", address, MAX_ADDRESS);
      if (generation < 1 || generation > MAX_GENERATION) {
        throw new IllegalArgumentException(
            "the generation is %d where 1 to %d makes sense".formatted(generation, MAX_GENERATION));
      }
    }

    /** Whether this hardware replaced another. */
    public boolean isReplacement() {
      return generation > 1;
    }
  }

  private static void requireLength(String what, String text, int most) {
    Objects.requireNonNull(text, what);
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException(
          "%s has %d characters where 1 to %d, not all of them blank, are allowed"
              .formatted(what, text.length(), most));
    }
  }
}

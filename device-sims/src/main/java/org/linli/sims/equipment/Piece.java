package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A piece of equipment: its name, its number among those of its format, and its random numbers.
 *
 * @param name letters, digits and hyphens; also its MQTT client id
 * @param chance {@link Random} and not a newer generator, because its numbers are specified to the
 *     bit
 */
record Piece(String name, int number, Random chance) {

  static Piece of(String name, int number, long seed) {
    CRC32 own = new CRC32();
    own.update(name.getBytes(StandardCharsets.UTF_8));
    return new Piece(
        name,
        number,
        new Random(seed * 0x9E3779B97F4A7C15L + own.getValue() * 0xBF58476D1CE4E5B9L));
  }

  boolean happens(double probability) {
    return chance.nextDouble() < probability;
  }

  int between(int least, int most) {
    return least + chance.nextInt(most - least + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(chance.nextInt(choices.size()));
  }

  /** A reading near a value, with this many decimals. */
  double around(double value, double spread, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.round((value + spread * chance.nextGaussian()) * scale) / scale;
  }

  /** A hardware address with this many digits. */
  String hexadecimal(int digits) {
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(chance.nextInt(16), 16));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}

package org.linli.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

  /** FIPS 180-4's example. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isThatOfTheStandard() {
    assertThat(Sha256.hexOf("abc")).isEqualTo(OF_ABC);
    assertThat(Sha256.of("abc")).isEqualTo(HexFormat.of().parseHex(OF_ABC));
    assertThat(Sha256.of(new byte[] {'a', 'b', 'c'})).isEqualTo(Sha256.of("abc"));
  }

  @Test
  void readsTextAsUtf8() {
    assertThat(Sha256.of("网")).isEqualTo(Sha256.of(HexFormat.of().parseHex("e7bd91")));
  }
}

package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static final String TEXT = "{\"烟感\":\"正常\",\"name\":\"meter room 🚪 é\"}";

  @Test
  void findsTheFirstBrokenByteAsTheStandardDecoderDoes() {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    Random chance = new Random(17);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = text.clone();
      for (int broken = chance.nextInt(3); broken > 0; broken--) {
        bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt();
      }
      int from = chance.nextInt(bytes.length);
      int to = chance.nextInt(from, bytes.length + 1);
      assertThat(Utf8.firstMalformed(bytes, from, to))
          .as(HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, to)))
          .isEqualTo(byDecoder(bytes, from, to));
    }
  }

  @Test
  void findsOneBrokenByteAtEachPlaceOfAText() {
    for (int length = 0; length < 40; length++) {
      byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
      assertThat(Utf8.firstMalformed(bytes, 0, length)).isEqualTo(-1);
      for (int at = 0; at < length; at++) {
        bytes[at] = (byte) 0x80;
        assertThat(Utf8.firstMalformed(bytes, 0, length)).isEqualTo(at);
        assertThat(Utf8.firstMalformed(bytes, 0, at)).isEqualTo(-1);
        assertThat(Utf8.firstMalformed(bytes, at + 1, length)).isEqualTo(-1);
        bytes[at] = 'x';
      }
    }
  }

  private static int byDecoder(byte[] bytes, int from, int to) {
    ByteBuffer said = ByteBuffer.wrap(bytes, from, to - from);
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(said);
      return -1;
    } catch (CharacterCodingException malformed) {
      return said.position();
    }
  }
}

package org.linli.program.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPacketsTest {

  private static final int LARGEST = 300;

  /** CONNACK, SUBACK, PUBACK, PINGRESP, and a PUBLISH of 300 bytes at QoS 1. */
  private static final byte[] GOOD =
      bytes("2003000000 9003000100 40020001 d000 32a902", new byte[297], "e000");

  private static ServerPackets packets(byte[] sent) {
    return new ServerPackets(new ByteArrayInputStream(sent), LARGEST, "linli.some.setting");
  }

  /** Hexadecimal text, and bytes as they are. */
  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object part : parts) {
      all.writeBytes(
          part instanceof byte[] plain
              ? plain
              : HexFormat.of().parseHex(part.toString().replace(" ", "")));
    }
    return all.toByteArray();
  }

  @Test
  void handsOutEveryByteOfWhatIsTaken() throws IOException {
    InputStream in = packets(GOOD);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.write(next);
    }

    assertThat(read.toByteArray()).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 299, 1_000})
  void handsOutTheSameInPieces(int piece) throws IOException {
    InputStream in = packets(GOOD);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[piece + 1];
    for (int count = in.read(buffer, 1, piece); count >= 0; count = in.read(buffer, 1, piece)) {
      assertThat(count).isPositive();
      read.write(buffer, 1, count);
    }

    assertThat(read.toByteArray()).isEqualTo(GOOD);
    assertThat(packets(GOOD).readAllBytes()).isEqualTo(GOOD);
  }

  @Test
  void followsWhatIsSkipped() throws IOException {
    byte[] sent = bytes(GOOD, "62020001");
    InputStream in = packets(sent);

    in.skipNBytes(GOOD.length);

    assertThat(in.skip(0)).isZero();
    assertThat(in.available()).isEqualTo(4);
    assertThatThrownBy(in::read).hasMessage("it sent a PUBREL, which nobody here waits for");
    assertThat(in.markSupported()).isFalse();
  }

  @Test
  void handsOutWhatCameBeforeInTheSameRead() throws IOException {
    InputStream in = packets(bytes("d000 9003000100 32ffffff7f", new byte[20]));

    assertThat(in.readNBytes(11)).isEqualTo(bytes("d000 9003000100 32ffffff"));
    assertThatThrownBy(in::read)
        .isInstanceOf(PacketRefusedException.class)
        .hasMessage(
            "it sent a PUBLISH of 268435460 bytes; 300 are taken at most (linli.some.setting)");
  }

  @ParameterizedTest
  @CsvSource({
    "32aa02, PUBLISH of 301 bytes; 300 are taken at most (linli.some.setting)",
    "20ffffff7f, CONNACK of 268435460 bytes; 300 are taken at most (linli.some.setting)",
    "32ffffffff, PUBLISH with a remaining length of more than 4 bytes",
    "3280808080, PUBLISH with a remaining length of more than 4 bytes",
    "34, 'PUBLISH of QoS 2; QoS 1 is the most that was asked for'",
    "3e, 'PUBLISH of QoS 3; QoS 1 is the most that was asked for'",
    "00, 'packet of type 0, which nobody here waits for'",
    "10, 'CONNECT, which nobody here waits for'",
    "50, 'PUBREC, which nobody here waits for'",
    "62, 'PUBREL, which nobody here waits for'",
    "70, 'PUBCOMP, which nobody here waits for'",
    "82, 'SUBSCRIBE, which nobody here waits for'",
    "a2, 'UNSUBSCRIBE, which nobody here waits for'",
    "c0, 'PINGREQ, which nobody here waits for'",
    "f0, 'AUTH, which nobody here waits for'"
  })
  void handsOutNothingFromWhereItIsNotTaken(String sent, String what) throws IOException {
    byte[] all = bytes(GOOD, sent, new byte[10]);
    int taken = GOOD.length + sent.length() / 2 - 1;
    InputStream in = packets(all);

    assertThat(in.readNBytes(taken)).hasSize(taken);
    assertThatThrownBy(() -> in.read(new byte[10]))
        .isInstanceOf(PacketRefusedException.class)
        .hasMessage("it sent a " + what);
    assertThatThrownBy(in::read).as("again").hasMessage("it sent a " + what);
  }

  @Test
  void findsItsSentenceBehindOtherCauses() {
    PacketRefusedException refused = new PacketRefusedException("it sent something");

    assertThat(PacketRefusedException.sentenceIn(new IllegalStateException("lost", refused)))
        .contains("it sent something");
    assertThat(PacketRefusedException.sentenceIn(new IOException("reset"))).isEmpty();
  }
}

package org.linli.program.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutPacketsTest {

  private static final int LARGEST = 10;

  /** Puts a PUBLISH in the place of each that says how many bytes it had. */
  private static final LargePublishes COUNTS =
      new LargePublishes() {
        @Override
        public long most() {
          return 1_000;
        }

        @Override
        public Cut begin(byte first, int rest) {
          return new Cut() {
            private int come;

            @Override
            public void take(byte[] chunk, int length) {
              come += length;
            }

            @Override
            public byte @Nullable [] packet() {
              return come == rest ? new byte[] {first, 2, (byte) (come >> 8), (byte) come} : null;
            }
          };
        }
      };

  private static byte[] bytes(String hex, int more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    all.writeBytes(new byte[more]);
    return all.toByteArray();
  }

  private static InputStream packets(byte[]... sent) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : sent) {
      all.writeBytes(each);
    }
    return new CutPackets(new ByteArrayInputStream(all.toByteArray()), LARGEST, COUNTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1_000})
  void putsAnotherInThePlaceOfOneThatIsTooLarge(int piece) throws IOException {
    InputStream in =
        packets(
            bytes("d000 3208", 8), bytes("32ac02", 300), bytes("2003000000", 0), bytes("3009", 9));
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[piece];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      read.write(buffer, 0, count);
    }

    assertThat(HexFormat.of().formatHex(read.toByteArray()))
        .isEqualTo("d000" + "3208" + "00".repeat(8) + "3202012c" + "2003000000" + "30020009");
  }

  @Test
  void handsOutAsItIsWhatIsTooLargeForIt() throws IOException {
    byte[] large = bytes("32d10f", 2_001);
    byte[] other = bytes("900b", 11);

    assertThat(packets(large).readAllBytes()).isEqualTo(large);
    assertThat(packets(other).readAllBytes()).isEqualTo(other);
    assertThat(packets(bytes("32ffffffff01", 3)).readAllBytes())
        .isEqualTo(bytes("32ffffffff01", 3));
  }

  @Test
  void endsWhereTheConnectionEnds() throws IOException {
    assertThat(packets(bytes("32", 0)).readAllBytes()).isEqualTo(bytes("32", 0));
    assertThatThrownBy(() -> packets(bytes("32ac02", 299)).readAllBytes())
        .isInstanceOf(EOFException.class);
  }
}

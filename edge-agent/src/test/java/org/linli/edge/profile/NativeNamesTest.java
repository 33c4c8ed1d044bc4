package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeNamesTest {

  @ParameterizedTest
  @CsvSource({
    "front_door, front_door",
    "building 3/meter room, building@203:meter@20room",
    "3号楼大门, 3号楼大门",
    "a:b@c, a@3Ab@40c",
    "../etc, @2E.:etc",
    "🚪, @F0@9F@9A@AA"
  })
  void becomesADeviceId(String name, String id) {
    assertThat(NativeNames.toDeviceId(name).value()).isEqualTo(id);
  }

  @Property
  void keepsDifferentNamesApart(
      @ForAll @StringLength(min = 1, max = 8) String one,
      @ForAll @StringLength(min = 1, max = 8) String other) {
    if (!one.equals(other) && isText(one) && isText(other)) {
      assertThat(NativeNames.toDeviceId(one)).isNotEqualTo(NativeNames.toDeviceId(other));
    }
  }

  @Property
  void isMadeSignBySign(@ForAll("names") String name) {
    StringBuilder id = new StringBuilder();
    name.codePoints().forEach(sign -> append(sign, id));
    assertThat(NativeNames.toDeviceId(name).value()).isEqualTo(id.toString());
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abZ9-_...//:@ +漏½\ud83d\udeaa".toCharArray())
        .ofMinLength(1)
        .ofMaxLength(14);
  }

  /** The rule, without a thought of speed. */
  private static void append(int sign, StringBuilder id) {
    boolean isFirst = id.isEmpty() || id.charAt(id.length() - 1) == '.';
    if (sign == '/') {
      id.append(':');
    } else if (sign == '.'
        ? !isFirst
        : Character.isLetterOrDigit(sign) || "-_".indexOf(sign) >= 0) {
      id.appendCodePoint(sign);
    } else {
      for (byte b : Character.toString(sign).getBytes(StandardCharsets.UTF_8)) {
        id.append('@').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
  }

  private static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> c <= 0xFFFF && Character.isSurrogate((char) c));
  }

  @Test
  void refusesWhatIsTooLongOrEmpty() {
    assertThatThrownBy(() -> NativeNames.toDeviceId("x".repeat(129)))
        .hasMessageContaining("at most 128");
    assertThatThrownBy(() -> NativeNames.toDeviceId("")).hasMessageContaining("empty");
  }
}

package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

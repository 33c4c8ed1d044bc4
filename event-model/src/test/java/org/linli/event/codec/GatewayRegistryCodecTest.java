package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegisteredDevice.Equipment;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.codec.GatewayRegistryCodec.Decoded;

class GatewayRegistryCodecTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");

  static GatewayRegistry example() {
    RegistryContent content =
        new RegistryContent(
            List.of(
                device("door-1", null),
                device("leak-1", new Equipment("zigbee2mqtt", "kitchen/leak", 2))),
            List.of(new DeviceId("lift-9")));
    return new GatewayRegistry(
        GATEWAY, new RegistryVersion(1, 17, GatewayRegistryCodec.digest(content)), content);
  }

  static RegisteredDevice device(String id, @Nullable Equipment equipment) {
    return new RegisteredDevice(
        new DeviceId(id), Kind.ENVIRONMENT, "厨房水浸", "Kitchen leak", equipment);
  }

  @Example
  void whatIsWrittenIsReadAgainWithAndWithoutItsContent() {
    assertThat(decode(GatewayRegistryCodec.encode(example())))
        .isEqualTo(new Decoded.Read(example()));
    assertThat(decode(GatewayRegistryCodec.encode(example().versionAlone())))
        .isEqualTo(new Decoded.Read(example().versionAlone()));
  }

  @Example
  void asManyDevicesAsAGatewayMayHaveFitAFrame() {
    RegistryContent content =
        new RegistryContent(
            IntStream.range(0, RegistryContent.MAX_DEVICES)
                .mapToObj(n -> device("device-" + n, new Equipment("p", "address/" + n, 1)))
                .toList(),
            List.of());
    GatewayRegistry registry =
        new GatewayRegistry(
            GATEWAY, new RegistryVersion(1, 1, GatewayRegistryCodec.digest(content)), content);

    assertThat(decode(GatewayRegistryCodec.encode(registry))).isEqualTo(new Decoded.Read(registry));
  }

  @Property(tries = 1000)
  void arbitraryBytesAreRefusedWithASentence(@ForAll byte[] bytes) {
    assertThat(decode(bytes)).isInstanceOf(Decoded.Refused.class);
    assertThat(decode(Zstd.compress(bytes))).isInstanceOf(Decoded.Refused.class);
  }

  @Property(tries = 500)
  void changedOrShortenedOnesNeverThrow(
      @ForAll @IntRange(min = 0, max = 10_000) int which, @ForAll byte value) {
    byte[] bytes = RegistryMessage.write(example());
    byte[] changed = bytes.clone();
    changed[which % bytes.length] = value;

    assertThat(decode(Zstd.compress(changed))).isNotNull();
    assertThat(decode(Zstd.compress(Arrays.copyOf(bytes, which % bytes.length))))
        .isInstanceOf(Decoded.Refused.class);
  }

  @Example
  void oneChangedLetterOfTheContentIsNoticed() {
    byte[] bytes = RegistryMessage.write(example());
    int letter = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Kitchen");
    bytes[letter] = 'k';

    assertThat(refusal(Zstd.compress(bytes)))
        .isEqualTo("the content of the registry is not that of its digest");
  }

  @Example
  void tooLargeIsRefusedBeforeAnythingIsUnpacked() {
    assertThat(refusal(new byte[10 * 1024 * 1024]))
        .isEqualTo("the registry has 10485760 bytes, at most 2097152 are allowed");
    assertThat(refusal(Zstd.compress(new byte[9 * 1024 * 1024])))
        .isEqualTo("the registry unpacks to 9437184 bytes, at most 8388608 are allowed");
  }

  @Example
  void aNewerFormatIsSaidToBeOne() {
    assertThat(refusal(Zstd.compress(new byte[] {8, 2})))
        .isEqualTo(
            "the registry has version 2, this gateway reads version 1; bring the gateway up to"
                + " date");
    assertThat(refusal(Zstd.compress(new byte[0])))
        .isEqualTo("the registry does not begin with a version");
  }

  @Example
  void namesTheDeviceThatIsThereTwice() {
    assertThatThrownBy(
            () -> new RegistryContent(List.of(device("a", null), device("a", null)), List.of()))
        .hasMessage("device a is there twice");
    Equipment one = new Equipment("p", "x", 1);
    assertThatThrownBy(
            () -> new RegistryContent(List.of(device("a", one), device("b", one)), List.of()))
        .hasMessage("x of p is two devices, one of them b");
    List<RegisteredDevice> many = new ArrayList<>();
    for (int i = 0; i <= RegistryContent.MAX_DEVICES; i++) {
      many.add(device("d" + i, null));
    }
    assertThatThrownBy(() -> new RegistryContent(many, List.of()))
        .hasMessageContaining("20001 devices");
  }

  @Example
  void theHigherEpochIsTheNewerOneThenTheHigherNumber() {
    RegistryVersion version = new RegistryVersion(2, 5, Digest.NONE);

    assertThat(version.isAfter(new RegistryVersion(2, 4, Digest.NONE))).isTrue();
    assertThat(version.isAfter(new RegistryVersion(1, 99, Digest.NONE))).isTrue();
    assertThat(version.isAfter(new RegistryVersion(2, 5, Digest.NONE))).isFalse();
    assertThat(version.isAfter(new RegistryVersion(3, 1, Digest.NONE))).isFalse();
  }

  private static Decoded decode(byte[] bytes) {
    return GatewayRegistryCodec.decode(bytes);
  }

  private static String refusal(byte[] bytes) {
    return ((Decoded.Refused) decode(bytes)).detail();
  }
}

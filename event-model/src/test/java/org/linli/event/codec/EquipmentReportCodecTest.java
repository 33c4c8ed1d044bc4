package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.event.codec.EquipmentReportCodec.Decoded;

class EquipmentReportCodecTest {

  static EquipmentReport example() {
    return new EquipmentReport(
        new GatewayId("gateway-1"),
        GatewayRegistryCodecTest.example().version(),
        null,
        List.of(leak()));
  }

  private static UnregisteredEquipment leak() {
    return new UnregisteredEquipment(
        new DeviceId("cellar:leak"),
        "zigbee2mqtt",
        "cellar/leak",
        Kind.ENVIRONMENT,
        KindFrom.PROFILE,
        new EventType("water.leak"),
        List.of(
            SampleValue.of("battery", new Value.Whole(97), Kind.ENVIRONMENT),
            SampleValue.of("label", new Value.Text("Mrs Wang"), Kind.ENVIRONMENT)),
        Instant.parse("2026-11-23T05:16:00.123Z"),
        Instant.parse("2026-11-23T05:17:00Z"),
        3);
  }

  @Example
  void whatIsWrittenIsReadAgain() {
    EquipmentReport none =
        new EquipmentReport(new GatewayId("gateway-1"), null, "it is too large", List.of());

    assertThat(decode(EquipmentReportCodec.encode(example())))
        .isEqualTo(new Decoded.Read(example()));
    assertThat(decode(EquipmentReportCodec.encode(none))).isEqualTo(new Decoded.Read(none));
  }

  @Property(tries = 1000)
  void arbitraryBytesAreRefusedWithASentence(@ForAll byte[] bytes) {
    assertThat(decode(bytes)).isInstanceOf(Decoded.Refused.class);
    assertThat(decode(Zstd.compress(bytes))).isInstanceOf(Decoded.Refused.class);
  }

  @Property(tries = 500)
  void changedOrShortenedOnesNeverThrow(
      @ForAll @IntRange(min = 0, max = 10_000) int which, @ForAll byte value) {
    byte[] bytes = EquipmentMessage.write(example());
    byte[] changed = bytes.clone();
    changed[which % bytes.length] = value;

    assertThat(decode(Zstd.compress(changed))).isNotNull();
    assertThat(decode(Zstd.compress(Arrays.copyOf(bytes, which % bytes.length)))).isNotNull();
  }

  @Example
  void moreThanAReportMayHoldIsRefused() {
    byte[] one = EquipmentMessage.write(example());
    EquipmentReport full =
        new EquipmentReport(
            new GatewayId("gateway-1"),
            null,
            null,
            Collections.nCopies(EquipmentReport.MAX_UNREGISTERED, leak()));
    byte[] fullBytes = EquipmentMessage.write(full);
    byte[] tooMany = Arrays.copyOf(fullBytes, fullBytes.length + one.length);
    // Protocol Buffers messages one after the other are one message.
    System.arraycopy(one, 0, tooMany, fullBytes.length, one.length);

    assertThat(decode(Zstd.compress(tooMany)))
        .isEqualTo(new Decoded.Refused("unregistered has more than 200 entries"));
  }

  @Example
  void aSampleShowsNumbersOfThingsAndNothingOfPeople() {
    assertThat(shown(new Value.Whole(95), Kind.ELEVATOR)).isEqualTo("95");
    assertThat(shown(new Value.Real(21.5), Kind.ENVIRONMENT)).isEqualTo("21.5");
    assertThat(shown(new Value.Truth(true), Kind.POWER)).isEqualTo("true");
    assertThat(shown(new Value.Text("京A12345"), Kind.ENVIRONMENT)).isEmpty();
    assertThat(shown(new Value.Whole(13_800_138_000L), Kind.ENVIRONMENT)).isEmpty();
    assertThat(shown(new Value.Real(1.38001380e10), Kind.ENVIRONMENT)).isEmpty();
    for (Kind kind : List.of(Kind.ACCESS, Kind.CAMERA, Kind.PARKING, Kind.CARE, Kind.PARCEL)) {
      assertThat(shown(new Value.Whole(4711), kind)).as("%s", kind).isEmpty();
      assertThat(shown(new Value.Truth(true), kind)).as("%s", kind).isEmpty();
    }
  }

  private static String shown(Value value, Kind kind) {
    return SampleValue.of("key", value, kind).shown();
  }

  private static Decoded decode(byte[] bytes) {
    return EquipmentReportCodec.decode(bytes);
  }
}

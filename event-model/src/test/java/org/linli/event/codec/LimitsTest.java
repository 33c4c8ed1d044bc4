package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.RegistryVersion;
import org.linli.event.ShedRange;
import org.linli.event.TakenEvent;
import org.linli.event.TestEvents;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec.Decoded;
import org.linli.event.wire.BatchWire;

/** The ends of what may come from outside: counts, times, and names that were made to collide. */
class LimitsTest {

  private static final long LARGEST = 1L << 53;
  private static final long BEYOND = LARGEST + 1;
  private static final DeviceId DOOR = new DeviceId("door-1");
  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final DeviceEvent EVENT =
      TestEvents.measured("door-1", 1, new Value.Whole(1)).event();

  private static Batch batch(long epoch, long last, LaneLedger ledger, List<ShedRange> shed) {
    return new Batch(
        GATEWAY, epoch, Lane.BULK, 1, last, Digest.NONE, Digest.NONE, ledger, shed, List.of());
  }

  /** Makes something with one count. */
  private interface Counted {
    Object with(long count);
  }

  private static UnregisteredEquipment heard(long count, Instant at) {
    return new UnregisteredEquipment(
        DOOR,
        "linli",
        "door-1",
        Kind.ACCESS,
        KindFrom.ADDRESS,
        EventType.MEASUREMENT,
        List.of(),
        at,
        at,
        count);
  }

  static Stream<Counted> counts() {
    return Stream.of(
        count -> new ShedRange(1, 1, Map.of(DOOR, count)),
        count -> new ShedRange(1, count, Map.of(DOOR, 1L)),
        count -> new LaneLedger(count, 0),
        count -> new LaneLedger(0, count),
        count -> batch(count, 1, LaneLedger.EMPTY, List.of()),
        count -> batch(1, count, LaneLedger.EMPTY, List.of()),
        count -> new TakenEvent(count, EVENT),
        count -> new Receipt.Applied(count, Lane.BULK, 1, Digest.NONE),
        count -> new Receipt.Expected(1, Lane.BULK, count),
        count -> new RegistryVersion(count, 1, Digest.NONE),
        count -> new RegistryVersion(1, count, Digest.NONE),
        count -> heard(count, EVENT.takenAt()));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void everyCountEndsWhereJsonEnds(Counted counted) {
    assertThat(counted.with(LARGEST)).isNotNull();
    assertThatThrownBy(() -> counted.with(BEYOND)).hasMessageContaining("9007199254740992");
    assertThatThrownBy(() -> counted.with(Long.MAX_VALUE)).hasMessageContaining("9007199254740992");
  }

  @Test
  void aRangeOfLostEventsNeverSumsToLessThanItsParts() {
    Map<DeviceId, Long> most = new LinkedHashMap<>();
    for (int i = 0; i < 2_000; i++) {
      most.put(new DeviceId("d" + i), LARGEST);
    }

    assertThat(new ShedRange(1, 1, most).events()).isEqualTo(LARGEST);
  }

  @Test
  void everyTimeLiesInTheYears1To9999() {
    Instant year0 = Instant.parse("0000-12-31T23:59:59.999Z");
    Instant year10000 = Instant.parse("+10000-01-01T00:00:00Z");
    for (Instant outside : List.of(year0, year10000, Instant.MIN, Instant.MAX)) {
      assertThatThrownBy(() -> at(outside, null, EVENT.takenAt())).hasMessageContaining("0001");
      assertThatThrownBy(() -> at(EVENT.time(), null, outside)).hasMessageContaining("0001");
      assertThatThrownBy(() -> heard(1, outside)).hasMessageContaining("0001");
      assertThat(at(EVENT.time(), outside, EVENT.takenAt()).deviceTime())
          .as("a device's time that no calendar has is unknown: %s", outside)
          .isNull();
    }
    Instant year1 = Instant.parse("0001-01-01T00:00:00Z");
    assertThat(at(year1, year1, year1).deviceTime()).isEqualTo(year1);
  }

  private static DeviceEvent at(Instant time, @Nullable Instant deviceTime, Instant takenAt) {
    return new DeviceEvent(
        DOOR, Kind.ACCESS, EventType.MEASUREMENT, null, time, deviceTime, takenAt, Values.NONE);
  }

  /** "Aa" and "BB" have the same hash, and so has every text of as many of them. */
  private static String colliding(int number) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 17; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  @Test
  void readsNamesThatWereMadeToCollideAsFastAsOthers() throws Exception {
    BatchWire.ShedRange.Builder shed = BatchWire.ShedRange.newBuilder().setFirst(1).setLast(1);
    for (int i = 0; i < 95_000; i++) {
      shed.addDevices(colliding(i)).addCounts(1);
    }
    byte[] plain = BatchCodec.encode(batch(1, 2, LaneLedger.EMPTY, List.of()));
    byte[] message = ZstdFrame.unpack(plain, (int) ZstdFrame.contentSize(plain));
    byte[] frame =
        ZstdFrame.pack(
            BatchWire.Batch.parseFrom(message).toBuilder().addShed(shed).build().toByteArray());

    Decoded decoded =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> BatchCodec.decode(frame), "reading 95,000 names");
    assertThat(decoded).isInstanceOf(Decoded.Read.class);
    assertThat(((Decoded.Read) decoded).batch().shed().getFirst().events()).isEqualTo(95_000);
  }
}

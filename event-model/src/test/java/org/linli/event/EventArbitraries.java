package org.linli.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Any valid event, batch and receipt, for property tests of every module: ordinary ones mostly, and
 * at every corner that the types allow.
 */
public final class EventArbitraries {

  private static final long FIRST_MILLI = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_MILLI = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final long TODAY = Instant.parse("2026-11-23T05:16:00.123Z").toEpochMilli();

  private EventArbitraries() {}

  public static Arbitrary<DeviceId> deviceIds() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, counted("door-", "b1-lift-", "cam", "bay-", "00158d0001a2b")),
            Tuple.of(1, Arbitraries.of("main-gate", "007", "0", "a.b.c", "9".repeat(21))),
            Tuple.of(1, names(DeviceId.MAX_LENGTH)))
        .map(DeviceId::new);
  }

  public static Arbitrary<GatewayId> gatewayIds() {
    return Arbitraries.oneOf(counted("gateway-"), names(GatewayId.MAX_LENGTH)).map(GatewayId::new);
  }

  public static Arbitrary<EventType> eventTypes() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.of(EventTypes.all()).map(EventTypes.Entry::type)),
        Tuple.of(2, Arbitraries.just(EventType.MEASUREMENT)),
        Tuple.of(
            1,
            Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(EventType.MAX_LENGTH)
                .map(EventType::new)));
  }

  public static Arbitrary<EventId> eventIds() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, counted("a1b2-", "", "door-1-", "x")),
            Tuple.of(2, Arbitraries.longs().map(number -> "n" + number)),
            Tuple.of(1, Arbitraries.create(() -> "6a4b1f5e-1f0e-4b7e-8f4e-0a6f0c1d2e3f")),
            Tuple.of(
                2,
                Arbitraries.strings()
                    .withCharRange(' ', '}')
                    .withCharRange('\u00a0', '\ud7ff')
                    .ofMinLength(1)
                    .ofMaxLength(EventId.MAX_LENGTH)))
        .map(EventId::new);
  }

  /** Values of every form, whatever a double or a long can be. */
  public static Arbitrary<Value> values() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Value.Whole::new),
        Arbitraries.longs().between(-500, 5000).map(Value.Whole::new),
        Arbitraries.longs().between(-4000, 4000).map(number -> new Value.Real(number / 100.0)),
        Arbitraries.longs()
            .map(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .map(Value.Real::new),
        Arbitraries.of(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                0.1,
                1e-15,
                1e22,
                0x1p53,
                0x1p53 + 2,
                1.0 / 3)
            .map(Value.Real::new),
        Arbitraries.of(true, false).map(Value.Truth::new),
        Arbitraries.of("", "granted", "denied", "京A12345", "\ud83d\ude00", "\u0000\n")
            .map(Value.Text::new),
        Arbitraries.strings()
            .withCharRange('\u0000', '\ud7ff')
            .ofMaxLength(40)
            .map(Value.Text::new));
  }

  /** What came with one event: few keys, so that events share them, in any order. */
  public static Arbitrary<Values> valuesByName() {
    return Arbitraries.maps(
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("temperature", "open", "seconds", "card", "p:1")),
                Tuple.of(1, names(Values.MAX_KEY_LENGTH))),
            values())
        .ofMaxSize(5)
        .map(
            map -> {
              // jqwik's maps keep no order that a test could see.
              Map<String, Value> ordered = LinkedHashMap.newLinkedHashMap(map.size());
              map.keySet().stream().sorted().forEach(key -> put(ordered, map, key));
              return new Values(ordered);
            });
  }

  /** One event of a device. */
  public static Arbitrary<DeviceEvent> deviceEvents(Arbitrary<DeviceId> devices) {
    return Combinators.combine(
            devices,
            Arbitraries.of(Kind.class),
            eventTypes(),
            eventIds().injectNull(0.3),
            times(),
            Arbitraries.longs().between(-2_000, 100_000),
            times().injectNull(0.9),
            valuesByName())
        .as(
            (device, kind, type, id, takenAt, lag, deviceTime, values) ->
                new DeviceEvent(
                    device,
                    kind,
                    type,
                    id,
                    Instant.ofEpochMilli(
                        Math.clamp(takenAt.toEpochMilli() - lag, FIRST_MILLI, LAST_MILLI)),
                    deviceTime,
                    takenAt,
                    values));
  }

  /** Events of a few devices, whose order numbers rise mostly by one. */
  public static Arbitrary<List<TakenEvent>> takenEvents(int maxCount) {
    return deviceIds()
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .flatMap(
            devices ->
                Combinators.combine(deviceEvents(Arbitraries.of(devices)), orderSteps())
                    .as(Tuple::of)
                    .list()
                    .ofMaxSize(maxCount))
        .map(
            steps -> {
              Map<DeviceId, Long> orders = new HashMap<>();
              List<TakenEvent> events = new ArrayList<>();
              for (Tuple.Tuple2<DeviceEvent, Long> step : steps) {
                long order =
                    orders.merge(step.get1().device(), step.get2(), EventArbitraries::next);
                events.add(new TakenEvent(order, step.get1()));
              }
              return events;
            });
  }

  public static Arbitrary<Batch> batches() {
    return Combinators.combine(
            gatewayIds(),
            positive(),
            Arbitraries.of(Lane.class),
            Arbitraries.longs().between(1, Counts.LARGEST / 2),
            Arbitraries.longs().between(0, Counts.LARGEST / 2),
            digests().tuple2(),
            Arbitraries.longs().between(0, Counts.LARGEST).tuple2(),
            Combinators.combine(shedRanges().list().ofMaxSize(4), takenEvents(40)).as(Tuple::of))
        .as(
            (gateway, epoch, lane, first, more, digests, counts, content) ->
                new Batch(
                    gateway,
                    epoch,
                    lane,
                    first,
                    first + more,
                    digests.get1(),
                    digests.get2(),
                    new LaneLedger(counts.get1(), counts.get2()),
                    content.get1(),
                    content.get2()));
  }

  public static Arbitrary<Receipt> receipts() {
    return Combinators.combine(
            Arbitraries.longs().between(0, Counts.LARGEST),
            Arbitraries.of(Lane.class),
            Arbitraries.longs().between(0, Counts.LARGEST),
            digests(),
            Arbitraries.of(Receipt.RejectionReason.class),
            Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(1200),
            Arbitraries.integers().between(0, 2))
        .as(
            (epoch, lane, sequence, digest, reason, detail, which) ->
                switch (which) {
                  case 0 -> new Receipt.Applied(epoch, lane, sequence, digest);
                  case 1 -> new Receipt.Expected(epoch, lane, sequence);
                  default -> new Receipt.Rejected(epoch, lane, sequence, reason, detail);
                });
  }

  public static Arbitrary<ShedRange> shedRanges() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.longs().between(0, 1_000_000),
            Arbitraries.maps(deviceIds(), positive()).ofMaxSize(5))
        .as((first, more, counts) -> new ShedRange(first, first + more, counts));
  }

  public static Arbitrary<Digest> digests() {
    return Arbitraries.bytes().array(byte[].class).ofSize(Digest.LENGTH).map(Digest::new);
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.longs().between(TODAY, TODAY + 600_000).map(Instant::ofEpochMilli)),
        Tuple.of(
            1, Arbitraries.longs().between(FIRST_MILLI, LAST_MILLI).map(Instant::ofEpochMilli)));
  }

  private static Arbitrary<Long> orderSteps() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just(1L)), Tuple.of(2, Arbitraries.longs().between(1, 1L << 50)));
  }

  private static long next(long order, long step) {
    return order > Counts.LARGEST - step ? 1 : order + step;
  }

  private static Arbitrary<Long> positive() {
    return Arbitraries.longs().between(1, Counts.LARGEST);
  }

  private static void put(Map<String, Value> ordered, Map<String, Value> map, String key) {
    Value value = map.get(key);
    if (value != null) {
      ordered.put(key, value);
    }
  }

  private static Arbitrary<String> counted(String... prefixes) {
    return Combinators.combine(
            Arbitraries.of(prefixes),
            Arbitraries.integers().between(0, 100_000),
            Arbitraries.integers().between(1, 8))
        .as((prefix, number, width) -> prefix + ("%0" + width + "d").formatted(number));
  }

  private static Arbitrary<String> names(int maxLength) {
    return Arbitraries.strings().withChars("abzAZ059-_:@门é").ofMinLength(1).ofMaxLength(maxLength);
  }
}

package org.linli.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain events to build tests from. */
public final class TestEvents {

  private static final Instant START = Instant.parse("2026-11-23T05:16:00Z");

  private TestEvents() {}

  public static TakenEvent measured(String device, long order, Value value) {
    return event(device, order, null, new Values(Map.of("value", value)));
  }

  public static TakenEvent event(String device, long order, @Nullable EventId id, Values values) {
    Instant time = START.plusMillis(order);
    return new TakenEvent(
        order,
        new DeviceEvent(
            new DeviceId(device),
            Kind.ENVIRONMENT,
            EventType.MEASUREMENT,
            id,
            time,
            null,
            time,
            values));
  }

  public static Batch batch(List<TakenEvent> events) {
    return new Batch(
        new GatewayId("gateway-1"),
        1,
        Lane.BULK,
        5,
        9,
        Digest.NONE,
        Digest.NONE,
        new LaneLedger(100, 0),
        List.of(),
        events);
  }

  public static long measuredBits(TakenEvent taken) {
    return switch (taken.event().values().find("value").orElseThrow()) {
      case Value.Real(double number) -> Double.doubleToRawLongBits(number);
      case Value.Whole _, Value.Truth _, Value.Text _ ->
          throw new IllegalArgumentException("not a double: " + taken);
    };
  }
}

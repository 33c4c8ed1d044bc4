package org.linli.event;

import java.time.Instant;
import java.util.Map;

/** Plain events to build tests from. */
final class TestEvents {

  private static final Instant START = Instant.parse("2026-11-23T05:16:00Z");

  private TestEvents() {}

  static TakenEvent measured(String device, long order, Value value) {
    Instant time = START.plusMillis(order);
    return new TakenEvent(
        order,
        new DeviceEvent(
            new DeviceId(device),
            Kind.ENVIRONMENT,
            EventType.MEASUREMENT,
            null,
            time,
            null,
            time,
            new Values(Map.of("value", value))));
  }

  static long measuredBits(TakenEvent taken) {
    return switch (taken.event().values().find("value").orElseThrow()) {
      case Value.Real(double number) -> Double.doubleToRawLongBits(number);
      case Value.Whole _, Value.Truth _, Value.Text _ ->
          throw new IllegalArgumentException("not a double: " + taken);
    };
  }
}

package org.linli.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What some 120 devices of four kinds report on an ordinary morning: people come and go, elevators
 * run, bays fill, and sensors measure with noise. Ids are counters, some with leading zeros; two
 * devices in three say when it happened.
 */
public final class CommunityDay {

  /** How the sensors' numbers look. */
  public enum Noise {
    /** Rounded to what the sensor resolves, as nearly all equipment does. */
    ROUNDED,
    /** One number in four as the arithmetic left it, with all its 53 bits. */
    MIXED,
    /** Every number as the arithmetic left it. */
    FULL
  }

  private static final Instant START = Instant.parse("2026-11-23T05:16:00Z");
  private static final int COUNT_BEFORE = 90_000;

  private final Random random;
  private final Noise noise;
  private final Map<String, Long> orders = new HashMap<>();
  private double seconds;

  private CommunityDay(long seed, Noise noise) {
    this.random = new Random(seed);
    this.noise = noise;
  }

  public static List<TakenEvent> events(long seed, Noise noise, int count) {
    CommunityDay day = new CommunityDay(seed, noise);
    List<TakenEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      day.seconds += -Math.log(1 - day.random.nextDouble()) * 0.8;
      events.add(day.next());
    }
    return events;
  }

  private TakenEvent next() {
    int which = random.nextInt(100);
    if (which < 30) {
      return access("door-" + (1 + random.nextInt(30)));
    }
    if (which < 45) {
      return camera("camera-" + (1 + random.nextInt(16)));
    }
    if (which < 75) {
      return elevator("elevator-" + (1 + random.nextInt(18)));
    }
    return parking("bay-" + (1 + random.nextInt(56)));
  }

  private TakenEvent access(String device) {
    return switch (random.nextInt(4)) {
      case 0 -> taken(device, Kind.ACCESS, "door.opened", values("open", truth(true)));
      case 1 ->
          taken(
              device,
              Kind.ACCESS,
              "door.closed",
              values("open", truth(false), "seconds", noisy(9, 3, 1)));
      case 2 ->
          taken(
              device,
              Kind.ACCESS,
              "access.granted",
              values(
                  "card", new Value.Text("C" + (10_000 + random.nextInt(900))),
                  "method", new Value.Text(random.nextInt(5) == 0 ? "code" : "card")));
      default ->
          taken(
              device,
              Kind.ACCESS,
              "measurement",
              values("temperature", noisy(21, 0.4, 2), "battery", noisy(3.1, 0.02, 2)));
    };
  }

  private TakenEvent camera(String device) {
    return taken(
        device,
        Kind.CAMERA,
        "object.detected",
        values(
            "label",
            new Value.Text(random.nextInt(3) == 0 ? "car" : "person"),
            "score",
            noisy(0.8, 0.07, 2)));
  }

  private TakenEvent elevator(String device) {
    return random.nextBoolean()
        ? taken(
            device,
            Kind.ELEVATOR,
            "trip.completed",
            values(
                "from", new Value.Whole(1 + random.nextInt(18)),
                "to", new Value.Whole(1 + random.nextInt(18)),
                "seconds", noisy(24, 8, 1)))
        : taken(
            device,
            Kind.ELEVATOR,
            "measurement",
            values("vibration", noisy(12, 1.5, 1), "motor", noisy(48, 2, 1)));
  }

  private TakenEvent parking(String device) {
    return taken(
        device,
        Kind.PARKING,
        random.nextBoolean() ? "bay.occupied" : "bay.freed",
        values("distance", noisy(130, 30, 0)));
  }

  private TakenEvent taken(String device, Kind kind, String type, Values values) {
    long order =
        orders.merge(device, (long) random.nextInt(COUNT_BEFORE), (last, first) -> last + 1);
    if (order == 0) {
      order = 1;
      orders.put(device, order);
    }
    Instant takenAt = START.plusMillis((long) (seconds * 1000));
    boolean hasClock = kind != Kind.PARKING;
    Instant time = hasClock ? takenAt.minusMillis(3 + random.nextInt(40)) : takenAt;
    return new TakenEvent(
        order,
        new DeviceEvent(
            new DeviceId(device),
            kind,
            new EventType(type),
            id(device, kind, order),
            time,
            null,
            takenAt,
            values));
  }

  private static @Nullable EventId id(String device, Kind kind, long order) {
    return switch (kind) {
      case ACCESS -> new EventId(device + "-%06d".formatted(order));
      case CAMERA -> new EventId("a1b%x-%d".formatted(device.hashCode() & 0xFFF, order + 17));
      default -> new EventId(device + "-" + order);
    };
  }

  private Value noisy(double mean, double deviation, int digits) {
    double number = mean + deviation * random.nextGaussian();
    boolean rounded =
        switch (noise) {
          case ROUNDED -> true;
          case MIXED -> random.nextInt(4) > 0;
          case FULL -> false;
        };
    double power = Math.pow(10, digits);
    return new Value.Real(rounded ? Math.rint(number * power) / power : number);
  }

  private static Value truth(boolean truth) {
    return new Value.Truth(truth);
  }

  private static Values values(Object... namesAndValues) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    }
    return new Values(values);
  }
}

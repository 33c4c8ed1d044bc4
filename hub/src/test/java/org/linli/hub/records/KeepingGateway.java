package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.TakenEvent;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.RunningHub;
import org.linli.hub.gateway.entrance.BatchEntrance;

/**
 * gateway-1, which keeps each batch until the hub has confirmed it, as a real one does. One thread
 * reports that somebody is trapped in the next elevator, another that a door opened, until it is
 * told to end.
 */
final class KeepingGateway implements AutoCloseable {

  /** Elevators that the community must have: {@code lift-0} and so on. */
  static final int LIFTS = 4_000;

  private static final GatewayId ID = new GatewayId("gateway-1");
  private static final int DOORS_AT_ONCE = 5;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** The hub, as long as it is away, must not keep it for longer. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final RunningHub hub;
  private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> working = new ArrayList<>();
  private volatile boolean ending;
  private volatile long alarms;
  private volatile long doors;

  private KeepingGateway(RunningHub hub) {
    this.hub = hub;
  }

  static KeepingGateway reportingTo(RunningHub hub) {
    KeepingGateway gateway = new KeepingGateway(hub);
    gateway.working.add(gateway.lanes.submit(() -> gateway.report(Lane.URGENT)));
    gateway.working.add(gateway.lanes.submit(() -> gateway.report(Lane.BULK)));
    return gateway;
  }

  /** How many alarms the hub has confirmed. */
  long alarms() {
    return alarms;
  }

  /** How many events the hub has confirmed. */
  long events() {
    return alarms + doors;
  }

  private void report(Lane lane) {
    SecureRandom random = new SecureRandom();
    Digest before = Digest.NONE;
    long last = 0;
    while (!ending && alarms < LIFTS) {
      List<TakenEvent> events = lane == Lane.URGENT ? List.of(trapped(last)) : opened(last);
      byte[] bytes = new byte[Digest.LENGTH];
      random.nextBytes(bytes);
      Digest digest = new Digest(bytes);
      long first = last + 1;
      last += events.size();
      send(
          new Batch(
              ID,
              1,
              lane,
              first,
              last,
              before,
              digest,
              new LaneLedger(last, 0),
              List.of(),
              events));
      before = digest;
      if (lane == Lane.URGENT) {
        alarms = last;
      } else {
        doors = last;
      }
    }
  }

  private void send(Batch batch) {
    byte[] bytes = BatchCodec.encode(batch);
    AtomicReference<@Nullable Receipt> receipt = new AtomicReference<>();
    await()
        .pollDelay(PAUSE)
        .pollInterval(PAUSE)
        .atMost(LONGEST)
        .until(
            () ->
                hub.bean(BatchEntrance.class)
                    .process(ID, batch.lane(), List.of(bytes), receipt::set));
    assertThat(receipt.get())
        .isEqualTo(new Receipt.Applied(1, batch.lane(), batch.last(), batch.digest()));
  }

  private TakenEvent trapped(long lift) {
    return event(1, "lift-" + lift, Kind.ELEVATOR, "passenger.trapped");
  }

  private List<TakenEvent> opened(long before) {
    List<TakenEvent> events = new ArrayList<>();
    for (long order = before + 1; order <= before + DOORS_AT_ONCE; order++) {
      events.add(event(order, "door-1", Kind.ACCESS, "door.opened"));
    }
    return events;
  }

  private TakenEvent event(long order, String device, Kind kind, String type) {
    Instant now = hub.clock().instant();
    return new TakenEvent(
        order,
        new DeviceEvent(
            new DeviceId(device),
            kind,
            new EventType(type),
            new EventId(device + "-" + order),
            now,
            null,
            now,
            Values.NONE));
  }

  /** Begins nothing more, and returns once everything that was begun is confirmed. */
  void finish() {
    ending = true;
    for (Future<?> one : working) {
      try {
        one.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    ending = true;
    lanes.shutdownNow();
  }
}

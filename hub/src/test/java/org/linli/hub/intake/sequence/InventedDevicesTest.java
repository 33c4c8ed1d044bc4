package org.linli.hub.intake.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.TakenEvent;
import org.linli.event.Values;
import org.linli.hub.records.TestRecords;

/** What the hub remembers of devices that a gateway invents. */
class InventedDevicesTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int MOST = 3_200;

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestRecords records;
  private DeviceOrders orders;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    orders = newOrders();
  }

  @AfterEach
  void close() {
    records.close();
  }

  private DeviceOrders newOrders() {
    return new DeviceOrders(
        records.jdbc(),
        records.reader(),
        (gateway, device) -> device.value().startsWith("registered-"),
        MOST,
        500,
        meters);
  }

  /** Applies one event of each device; says of which gateways devices begin to be forgotten. */
  private List<GatewayId> tell(long order, List<String> devices) {
    DeviceOrders.Progress progress = orders.progress();
    progress.advance(batch(order, devices), new BitSet());
    List<GatewayId> begun = records.transactions().execute(_ -> progress.keep());
    progress.committed();
    return begun == null ? List.of() : begun;
  }

  private boolean isLate(long order, String device) {
    return orders.progress().advance(batch(order, List.of(device)), new BitSet()).applied().get(0);
  }

  private static Batch batch(long order, List<String> devices) {
    List<TakenEvent> events = new ArrayList<>();
    for (String device : devices) {
      events.add(
          new TakenEvent(
              order,
              new DeviceEvent(
                  new DeviceId(device),
                  Kind.ACCESS,
                  new EventType("door.opened"),
                  null,
                  NOON,
                  null,
                  NOON,
                  Values.NONE)));
    }
    return new Batch(
        GATEWAY,
        1,
        Lane.BULK,
        order,
        order,
        Digest.NONE,
        Digest.NONE,
        LaneLedger.EMPTY,
        List.of(),
        events);
  }

  private static List<String> named(String name, int from, int count) {
    List<String> names = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      names.add(name + i);
    }
    return names;
  }

  private long rows() {
    return records.client().sql("SELECT COUNT(*) FROM device_order").query(Long.class).single();
  }

  @Test
  void forgetsThoseHeardFirstAndKeepsTheRegisteredOnes() {
    tell(5, named("registered-", 0, 200));
    int begun = 0;
    for (int i = 0; i < 20; i++) {
      begun += tell(5, named("invented-", i * 1_000, 1_000)).size();
    }

    assertThat(rows()).isLessThanOrEqualTo(200 + MOST + MOST / 16 + 1_000);
    assertThat(orders.remembered(GATEWAY)).isEqualTo(rows());
    assertThat(begun).as("said when it begins").isBetween(1, 20);
    assertThat(meters.get("linli.intake.devices.forgotten").counter().count())
        .isEqualTo(20_200 - rows());
    orders = newOrders();
    for (String device : named("registered-", 0, 200)) {
      assertThat(isLate(4, device)).as(device).isTrue();
    }
    assertThat(isLate(4, "invented-19999")).isTrue();
    assertThat(isLate(4, "invented-0")).as("forgotten").isFalse();
  }

  @Test
  void readsADeviceWhenItIsNamedAndNotBefore() {
    tell(5, named("invented-", 0, 2_000));
    orders = newOrders();

    assertThat(isLate(4, "invented-7")).isTrue();
    assertThat(isLate(6, "invented-7")).isFalse();
    tell(6, named("invented-", 0, 1_000));
    assertThat(isLate(5, "invented-7")).as("pushed out of memory, and still known").isTrue();
  }
}

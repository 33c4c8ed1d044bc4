package org.linli.hub.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.TakenEvent;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.change.Change;
import org.linli.hub.change.ChangesOnRecords;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;
import org.springframework.dao.TransientDataAccessResourceException;

/** A device or gateway with which something always fails holds up no other. */
class LivenessFailuresTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final GatewayId DAMAGED = new GatewayId("gateway-0");
  private static final GatewayId AWAY = new GatewayId("gateway-2");

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(Instant.parse("2026-11-23T02:00:00Z"));
  private final List<Object> told = new ArrayList<>();
  private final List<DeviceStatus> changed = new ArrayList<>();
  private final List<String> changedGateways = new ArrayList<>();
  private final LivenessSettings settings =
      new LivenessSettings(
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          2,
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));
  private long order;

  @SuppressWarnings("NullAway.Init") // set before each test
  private TestRecords records;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Liveness liveness;

  @SuppressWarnings("NullAway.Init") // set before each test
  private GatewayConnections connections;

  @BeforeEach
  void start() {
    records = new TestRecords(folder);
    Registry registry =
        TestCommunities.of(
            folder, "Asia/Shanghai", List.of("gateway-0", "gateway-1", "gateway-2"), "");
    ChangesOnRecords changes = new ChangesOnRecords(records);
    changes.listen(this::changed);
    connections = new GatewayConnections(registry, new SimpleMeterRegistry());
    liveness =
        new Liveness(
            registry,
            connections,
            new DeviceClocks(),
            new SeenRecords(records.ofCommunities()),
            settings,
            records.transactions(),
            changes.recorder(),
            told::add,
            clock);
  }

  private void changed(Change change) {
    for (Change.Subject subject : change.subjects()) {
      if (change.kind().equals(DeviceStatus.CHANGES.name())) {
        changed.add(liveness.device(key(subject.id())).orElseThrow());
      } else {
        changedGateways.add(subject.id());
      }
    }
  }

  @AfterEach
  void stop() {
    records.close();
  }

  private void hear(String device) {
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device),
            Kind.ACCESS,
            new EventType("door.opened"),
            null,
            clock.instant(),
            null,
            clock.instant(),
            Values.NONE);
    TakenEvent taken = new TakenEvent(++order, event);
    liveness.apply(
        List.of(
            new HubEvent(
                TestCommunities.HERE,
                taken.traceId(GATEWAY, 1),
                GATEWAY,
                1,
                Lane.BULK,
                taken,
                clock.instant(),
                false)));
  }

  private static DeviceKey key(String device) {
    return new DeviceKey(TestCommunities.HERE, new DeviceId(device));
  }

  private void tickAfter(Duration time) {
    clock.advance(time);
    liveness.tick();
  }

  private List<DevicePresence> toldOf(String device) {
    return changed.stream()
        .filter(status -> status.device().value().equals(device))
        .map(DeviceStatus::presence)
        .toList();
  }

  private List<@Nullable String> recorded() {
    return records
        .reader()
        .sql("SELECT device FROM device_seen ORDER BY device")
        .query(String.class)
        .list();
  }

  private void refuseToForget(String device) {
    records.refuse("DELETE", "device_seen", "OLD.device = '%s'".formatted(device));
  }

  private void refuseNothing() {
    records.takeAgain();
  }

  @Test
  void oneDeviceThatCannotBeRecordedHoldsUpNoOther() {
    records.refuse("INSERT", "device_seen", "NEW.device = 'door-2'");
    hear("door-2");
    hear("door-1");
    connections.connected(new GatewayConnected(GATEWAY, clock.instant()));

    tickAfter(Duration.ofSeconds(1));

    assertThat(toldOf("door-1")).containsExactly(DevicePresence.ONLINE);
    assertThat(changedGateways).containsExactly(GATEWAY.value());
    assertThat(recorded()).containsExactly("door-1");

    refuseNothing();
    tickAfter(Duration.ofSeconds(2));
    assertThat(recorded()).containsExactly("door-1", "door-2");
    assertThat(toldOf("door-1")).as("told once").hasSize(1);
  }

  @Test
  void oneDeviceThatCannotBeForgottenHoldsUpNoOther() {
    for (int i = 1; i <= 4; i++) {
      hear("door-" + i);
      if (i == 3) {
        refuseToForget("door-1");
      }
      tickAfter(Duration.ofSeconds(11));
    }

    assertThat(toldOf("door-4")).containsExactly(DevicePresence.ONLINE);
    assertThat(recorded()).containsExactly("door-1", "door-3", "door-4");
    refuseNothing();
    tickAfter(Duration.ofMinutes(2));
    assertThat(recorded()).containsExactly("door-3", "door-4");
  }

  @Test
  void aNameThatCannotBeForgottenKeepsNobodyFromHearingWhatChanged() {
    hear("door-1");
    tickAfter(Duration.ofSeconds(11));
    refuseToForget("door-1");

    liveness.changed(new RegistryChanged(Set.of(), Set.of(key("door-1"))));

    assertThat(liveness.device(key("door-1"))).isEmpty();
    refuseNothing();
    tickAfter(Duration.ofSeconds(2));
    assertThat(recorded()).isEmpty();
  }

  /** What the records say of a gateway; of one of them they cannot be read. */
  private static List<Receipt.Applied> applied(GatewayId gateway) {
    if (gateway.equals(DAMAGED)) {
      throw new TransientDataAccessResourceException("a page of the file is damaged");
    }
    return List.of(new Receipt.Applied(1, Lane.BULK, 7, Digest.NONE));
  }

  private GatewayMonitor monitor() {
    return new GatewayMonitor(
        connections,
        LivenessFailuresTest::applied,
        settings,
        records.transactions(),
        told::add,
        clock,
        () -> clock.instant().toEpochMilli() * 1_000_000,
        new LivingThreads(clock));
  }

  @Test
  void oneGatewayOfWhichTheRecordsCannotBeReadHoldsUpNoOther() {
    GatewayMonitor monitor = monitor();
    connections.connected(new GatewayConnected(GATEWAY, clock.instant()));
    connections.clockRead(
        new GatewayClockRead(GATEWAY, clock.instant().plusSeconds(600), clock.instant()));
    for (int look = 0; look < 5; look++) {
      try {
        monitor.look();
      } catch (RuntimeException saidByTheThread) {
        // The assertions say what became of the others.
      }
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(told)
        .filteredOn(GatewayAway.class::isInstance)
        .extracting(away -> ((GatewayAway) away).gateway())
        .containsExactly(AWAY);
    assertThat(told)
        .filteredOn(GatewayClockJudged.class::isInstance)
        .extracting(judged -> ((GatewayClockJudged) judged).gateway())
        .containsExactly(GATEWAY);
  }
}

package org.linli.hub.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.change.Change;
import org.linli.hub.change.ChangesOnRecords;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDisconnected;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.Adopted;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

class LivenessTest {

  private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");
  private static final GatewayId GATEWAY = new GatewayId("gateway-1");

  /** Expected every ten minutes. */
  private static final String DOOR = "door-1";

  @TempDir Path folder;

  private final Registry registry = TestCommunities.sample();
  private final SteppingClock clock = new SteppingClock(START);
  private final List<DeviceStatus> told = new ArrayList<>();
  private final List<GatewayStatus> toldOfGateways = new ArrayList<>();
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
    ChangesOnRecords changes = new ChangesOnRecords(records);
    changes.listen(this::changed);
    connections = new GatewayConnections(registry, new SimpleMeterRegistry());
    liveness =
        new Liveness(
            registry,
            connections,
            new DeviceClocks(),
            new SeenRecords(records.ofCommunities()),
            new LivenessSettings(
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                2,
                Duration.ofMinutes(2),
                Duration.ofMinutes(5)),
            records.transactions(),
            changes.recorder(),
            _ -> {},
            clock);
  }

  private void changed(Change change) {
    for (Change.Subject subject : change.subjects()) {
      if (change.kind().equals(DeviceStatus.CHANGES.name())) {
        told.add(liveness.device(key(subject.id())).orElseThrow());
      } else {
        toldOfGateways.add(liveness.gateway(new GatewayId(subject.id())).orElseThrow());
      }
    }
  }

  @AfterEach
  void stop() {
    records.close();
  }

  private void hear(String device, String type, boolean late) {
    hear(device, type, late, null);
  }

  private void hear(String device, String type, boolean late, @Nullable Instant deviceTime) {
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device),
            Kind.ACCESS,
            new EventType(type),
            null,
            clock.instant(),
            deviceTime,
            clock.instant(),
            Values.NONE);
    TakenEvent taken = new TakenEvent(++order, event);
    liveness.apply(
        List.of(
            new HubEvent(
                TestCommunities.only(registry).id(),
                taken.traceId(GATEWAY, 1),
                GATEWAY,
                1,
                Lane.BULK,
                taken,
                clock.instant(),
                late)));
  }

  private void hear(String device) {
    hear(device, "door.opened", false);
  }

  private DeviceKey key(String device) {
    return new DeviceKey(TestCommunities.only(registry).id(), new DeviceId(device));
  }

  private void tickAfter(Duration time) {
    clock.advance(time);
    liveness.tick();
  }

  private DevicePresence presence(String device) {
    return liveness.device(key(device)).orElseThrow().presence();
  }

  private List<DevicePresence> toldOf(String device) {
    return told.stream()
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

  @Test
  void isOnlineUntilThreeExpectedReportsWereMissed() {
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.UNKNOWN);
    hear(DOOR);
    tickAfter(Duration.ofSeconds(1));
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.ONLINE);
    tickAfter(Duration.ofMinutes(29));
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.ONLINE);
    tickAfter(Duration.ofMinutes(1));
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.OFFLINE);
    hear(DOOR);
    tickAfter(Duration.ofSeconds(1));
    assertThat(toldOf(DOOR))
        .containsExactly(DevicePresence.ONLINE, DevicePresence.OFFLINE, DevicePresence.ONLINE);
  }

  @Test
  void tellsOnlyWhatChanged() {
    for (int i = 0; i < 20; i++) {
      hear(DOOR);
      tickAfter(Duration.ofMinutes(1));
    }
    assertThat(toldOf(DOOR)).containsExactly(DevicePresence.ONLINE);
  }

  @Test
  void believesTheGatewayThatADeviceIsGoneUntilTheDeviceSpeaks() {
    hear(DOOR);
    tickAfter(Duration.ofSeconds(5));
    hear(DOOR, "device.offline", false);
    tickAfter(Duration.ofSeconds(1));
    DeviceStatus gone = liveness.device(key(DOOR)).orElseThrow();
    assertThat(gone.presence()).isEqualTo(DevicePresence.OFFLINE);
    assertThat(gone.lastSeenAt()).as("being gone is not being seen").isEqualTo(START);
    hear(DOOR, "device.online", false);
    tickAfter(Duration.ofSeconds(1));
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.ONLINE);
  }

  @Test
  void letsNothingLateWin() {
    hear(DOOR);
    tickAfter(Duration.ofSeconds(1));
    hear(DOOR, "device.offline", true);
    tickAfter(Duration.ofSeconds(1));
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.ONLINE);
  }

  @Test
  void givesDevicesTimeToBeHeardAfterARestartOfTheHub() {
    hear(DOOR);
    tickAfter(Duration.ofSeconds(1));
    stop();
    clock.advance(Duration.ofHours(5));
    start();
    liveness.tick();
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.ONLINE);
    tickAfter(Duration.ofMinutes(31));
    assertThat(presence(DOOR)).isEqualTo(DevicePresence.OFFLINE);
    stop();
    start();
    liveness.tick();
    assertThat(presence(DOOR)).as("who was offline stays so").isEqualTo(DevicePresence.OFFLINE);
    assertThat(toldOf(DOOR)).containsExactly(DevicePresence.ONLINE, DevicePresence.OFFLINE);
  }

  @Test
  void writesLastSeenBehindAtMostTenSecondsLate() {
    hear(DOOR);
    tickAfter(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(3));
    hear(DOOR);
    liveness.tick();
    assertThat(writtenLastSeen()).as("not each time").isEqualTo(START);
    tickAfter(Duration.ofSeconds(6));
    assertThat(writtenLastSeen()).isEqualTo(START.plusSeconds(4));
    hear(DOOR);
    liveness.writeAll();
    assertThat(writtenLastSeen()).as("and when the hub stops").isEqualTo(START.plusSeconds(10));
  }

  private Instant writtenLastSeen() {
    return Instant.ofEpochMilli(
        records
            .client()
            .sql("SELECT last_seen_at FROM device_seen WHERE device = 'door-1'")
            .query(Long.class)
            .single());
  }

  @Test
  void forgetsTheDeviceThatNobodyRegisteredAndThatWasSilentLongest() {
    hear(DOOR);
    hear("stranger-1");
    hear("stranger-2");
    tickAfter(Duration.ofSeconds(11));
    hear("stranger-1");
    hear("stranger-3", "door.opened", false, START.plus(Duration.ofHours(3)));
    tickAfter(Duration.ofSeconds(1));

    assertThat(liveness.device(key("stranger-2"))).isEmpty();
    assertThat(liveness.device(key("stranger-1")))
        .hasValueSatisfying(
            status -> {
              assertThat(status.unassigned()).isTrue();
              assertThat(status.presence()).isEqualTo(DevicePresence.ONLINE);
            });
    assertThat(presence("stranger-3")).isEqualTo(DevicePresence.ONLINE);
    assertThat(presence(DOOR))
        .as("a device of the file always counts")
        .isEqualTo(DevicePresence.ONLINE);
    assertThat(liveness.devices()).hasSize(TestCommunities.only(registry).devices().size() + 2);
    assertThat(recorded()).containsExactly(DOOR, "stranger-1", "stranger-3");
  }

  @Test
  void forgetsInventedDevicesAsFastAsTheyCome() {
    for (int i = 0; i < 5_000; i++) {
      hear("invented-" + i, "door.opened", false, START.plus(Duration.ofHours(3)));
      if (i % 100 == 0) {
        tickAfter(Duration.ofSeconds(1));
      }
    }
    liveness.writeAll();
    liveness.tick();

    assertThat(recorded()).containsExactly("invented-4998", "invented-4999");
    assertThat(liveness.devices()).hasSize(TestCommunities.only(registry).devices().size() + 2);
  }

  @Test
  void forgetsNoDeviceThatWasRegisteredInTheMeantime() {
    hear("stranger-1");
    hear("stranger-2");
    tickAfter(Duration.ofSeconds(11));
    Device known = TestCommunities.only(registry).devices().getFirst();
    DeviceId adopted = new DeviceId("stranger-1");
    registry.use(
        Adopted.at(
            TestCommunities.only(registry),
            new Device(
                adopted, Kind.ACCESS, known.building(), known.gateway(), known.name(), null)),
        Map.of());
    hear("stranger-3");
    hear("stranger-4");
    tickAfter(Duration.ofSeconds(11));

    assertThat(recorded()).containsExactly("stranger-1", "stranger-3", "stranger-4");
  }

  @Test
  void forgetsAtTheStartWhatIsOneTooMany() {
    for (int i = 1; i <= 2; i++) {
      hear("stranger-" + i);
      tickAfter(Duration.ofSeconds(11));
    }
    records
        .client()
        .sql(
            """
            INSERT INTO device_seen
              (community, device, kind, gateway, last_seen_at, said_offline, presence, since)
            SELECT community, 'older-' || device, kind, gateway, last_seen_at - 60000, said_offline,
              presence, since
            FROM device_seen
            """)
        .update();
    records.close();
    start();
    liveness.tick();

    assertThat(recorded()).containsExactly("stranger-1", "stranger-2");
    assertThat(liveness.devices()).hasSize(TestCommunities.only(registry).devices().size() + 2);
  }

  @Test
  void saysHowFarADevicesClockIsOffUntilItsTimeIsBelievedAgain() {
    hear(DOOR, "door.opened", false, START.plus(Duration.ofHours(3)));
    tickAfter(Duration.ofSeconds(1));
    assertThat(liveness.device(key(DOOR)).orElseThrow().clockAhead())
        .isEqualTo(Duration.ofHours(3));

    hear(DOOR);
    assertThat(liveness.device(key(DOOR)).orElseThrow().clockAhead()).isNull();
  }

  @Test
  void saysHowFarAGatewaysClockIsOffByTheReadingThatWasLeastLate() {
    connections.clockRead(new GatewayClockRead(GATEWAY, START.minusSeconds(90), START));
    connections.clockRead(
        new GatewayClockRead(GATEWAY, START.minusSeconds(59), START.plusSeconds(1)));
    connections.clockRead(
        new GatewayClockRead(GATEWAY, START.minusSeconds(70), START.plusSeconds(2)));

    assertThat(liveness.gateway(GATEWAY).orElseThrow().clockAhead())
        .isEqualTo(Duration.ofSeconds(-60));
  }

  @Test
  void showsWhichGatewaysAreConnectedAndTellsWhenThatChanges() {
    assertThat(liveness.gateways())
        .containsExactly(
            new GatewayStatus(GATEWAY, false, null, null, null, Map.of(), null, Map.of()));
    connections.connected(new GatewayConnected(GATEWAY, START));
    tickAfter(Duration.ofSeconds(1));
    hear(DOOR);
    tickAfter(Duration.ofSeconds(1));
    connections.disconnected(new GatewayDisconnected(GATEWAY, START.plusSeconds(2)));
    tickAfter(Duration.ofSeconds(1));
    assertThat(liveness.gateway(GATEWAY))
        .contains(
            new GatewayStatus(
                GATEWAY,
                false,
                START.plusSeconds(2),
                START.plusSeconds(1),
                null,
                Map.of(),
                null,
                Map.of()));
    assertThat(toldOfGateways)
        .extracting(GatewayStatus::connected, GatewayStatus::since)
        .containsExactly(tuple(true, START), tuple(false, START.plusSeconds(2)));
  }
}

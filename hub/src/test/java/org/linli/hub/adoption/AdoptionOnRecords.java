package org.linli.hub.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryVersion;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.hub.SteppingClock;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.linli.hub.registry.TestCommunities;
import tools.jackson.databind.json.JsonMapper;

/** What a hub knows of its equipment, on real records and with one gateway. */
abstract class AdoptionOnRecords {

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final GatewayId GATEWAY = new GatewayId("gateway-1");
  static final DeviceId LEAK = new DeviceId("cellar:leak");
  static final Author ZHOU = Author.of(new Actor.Person(TestCommunities.HERE, "zhou"));
  static final Wanted CELLAR = new Wanted(null, "b1", "地下室水浸", "Cellar leak", null, "10m");
  static final String SECTIONS =
      """
      devices: [{id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 门, en: Door}}]
      people:
        - {id: zhou, name: 周, role: supervisor}
        - {id: wang, name: 王, role: grid-worker, grids: [grid-1]}
      """;

  @TempDir Path folder;
  private long nanos;

  final SteppingClock clock = new SteppingClock(NOON);
  final List<RegistryChanged> changes = new ArrayList<>();
  TestRecords records;
  Registry registry;
  Unregistered unregistered;
  GatewayRegistries registries;
  Adoption adoption;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    start(TestCommunities.of(folder, "UTC", SECTIONS));
  }

  @AfterEach
  void close() {
    records.close();
  }

  /** As a hub starts, with these sections in its community file. */
  final void start(String sections) {
    start(TestCommunities.of(folder, "UTC", sections));
  }

  final void start(Registry community) {
    registry = community;
    AdoptionRecords adopted = new AdoptionRecords(records.ofCommunities());
    unregistered =
        new Unregistered(
            registry,
            new UnregisteredRecords(records.ofCommunities(), new JsonMapper()),
            records.transactions());
    registries =
        new GatewayRegistries(
            registry,
            adopted,
            unregistered,
            records.transactions(),
            change -> changes.add((RegistryChanged) change),
            () -> nanos);
    adoption = new Adoption(registry, unregistered, registries, adopted, clock);
  }

  static UnregisteredEquipment heard(String address, int second) {
    return new UnregisteredEquipment(
        new DeviceId(address.replace('/', ':')),
        "zigbee2mqtt",
        address,
        Kind.ENVIRONMENT,
        KindFrom.PROFILE,
        new EventType("water.leak"),
        List.of(SampleValue.of("battery", new Value.Whole(97), Kind.ENVIRONMENT)),
        NOON,
        NOON.plusSeconds(second),
        second + 1);
  }

  /** A device of the only community. */
  DeviceKey key(DeviceId device) {
    return TestCommunities.only(registry).key(device);
  }

  /** The gateway's report; gives what it is told upon that. */
  Optional<GatewayRegistry> report(
      @Nullable RegistryVersion holds, UnregisteredEquipment... heard) {
    return registries.reported(GATEWAY, new EquipmentReport(GATEWAY, holds, null, List.of(heard)));
  }

  static Device done(RegistryOutcome outcome) {
    assertThat(outcome).isInstanceOf(RegistryOutcome.Done.class);
    return ((RegistryOutcome.Done) outcome).device();
  }

  RegistryOutcome adopt(DeviceId id, Wanted wanted) {
    return adoption.adopt(key(id), wanted, ZHOU, null);
  }

  /** Lets time pass, and the hub look for gateways that go by a later registry. */
  void passTime(Duration time) {
    nanos += time.toNanos();
    registries.followLater();
  }

  /** What the gateway is to be told now. */
  GatewayRegistry news() {
    return registries.news(GATEWAY).orElseThrow();
  }

  GatewayRegistry told() {
    registries.greeting(GATEWAY);
    return registries
        .reported(GATEWAY, new EquipmentReport(GATEWAY, null, null, List.of()))
        .orElseThrow();
  }

  RegisteredDevice toldOf(String id) {
    return told().given().orElseThrow().devices().stream()
        .filter(device -> device.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static @Nullable String field(RegistryOutcome outcome) {
    return switch (outcome) {
      case RegistryOutcome.Refused(String field, _) -> field;
      case RegistryOutcome.NotAllowed(String field, _) -> field;
      case RegistryOutcome.Conflict(String field, _) -> field;
      case RegistryOutcome.NotFound _ -> "not found";
      case RegistryOutcome.Done _ -> "done";
    };
  }
}

package org.linli.hub.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
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
import org.linli.hub.adoption.Adoption.Sighted;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.linli.hub.registry.TestCommunities;
import tools.jackson.databind.json.JsonMapper;

class AdoptionTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final DeviceId LEAK = new DeviceId("cellar:leak");
  private static final Registrar ZHOU = new Registrar.Person("zhou");
  private static final Wanted CELLAR = new Wanted(null, "b1", "地下室水浸", "Cellar leak", null, "10m");
  private static final String SECTIONS =
      """
      devices: [{id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 门, en: Door}}]
      people:
        - {id: zhou, name: 周, role: supervisor}
        - {id: wang, name: 王, role: grid-worker, grids: [grid-1]}
      """;

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(NOON);
  private final List<RegistryChanged> changes = new ArrayList<>();
  private TestRecords records;
  private Registry registry;
  private Unregistered unregistered;
  private GatewayRegistries registries;
  private Adoption adoption;

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
  private void start(String sections) {
    start(TestCommunities.of(folder, "UTC", sections));
  }

  private void start(Registry community) {
    registry = community;
    AdoptionRecords adopted = new AdoptionRecords(records.client(), records.reader());
    unregistered =
        new Unregistered(
            registry,
            new UnregisteredRecords(records.jdbc(), records.reader(), new JsonMapper()),
            records.transactions());
    registries =
        new GatewayRegistries(
            registry,
            adopted,
            unregistered,
            records.transactions(),
            change -> changes.add((RegistryChanged) change));
    adoption = new Adoption(registry, unregistered, registries, adopted, clock);
  }

  private static UnregisteredEquipment heard(String address, int second) {
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

  private void report(@Nullable RegistryVersion holds, UnregisteredEquipment... heard) {
    registries.reported(GATEWAY, new EquipmentReport(GATEWAY, holds, null, List.of(heard)));
  }

  private static Device done(RegistryOutcome outcome) {
    assertThat(outcome).isInstanceOf(RegistryOutcome.Done.class);
    return ((RegistryOutcome.Done) outcome).device();
  }

  private RegistryOutcome adopt(DeviceId id, Wanted wanted) {
    return adoption.adopt(id, wanted, ZHOU, null);
  }

  private GatewayRegistry told() {
    registries.greeting(GATEWAY);
    return registries
        .reported(GATEWAY, new EquipmentReport(GATEWAY, null, null, List.of()))
        .orElseThrow();
  }

  private RegisteredDevice toldOf(String id) {
    return told().given().orElseThrow().devices().stream()
        .filter(device -> device.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDeviceNobodyRegisteredShowsUpAndIsOneInOneStep() {
    report(null, heard("cellar/leak", 5));
    assertThat(unregistered.find(LEAK).orElseThrow().equipment())
        .isEqualTo(heard("cellar/leak", 5));
    assertThat(registry.gridOf(LEAK)).isEmpty();

    Device device = done(adopt(LEAK, CELLAR));

    assertThat(device.kind()).isEqualTo(Kind.ENVIRONMENT);
    assertThat(device.expectEvery()).isEqualTo(Duration.ofMinutes(10));
    assertThat(registry.gridOf(LEAK).map(Grid::id)).contains("grid-1");
    assertThat(unregistered.all()).isEmpty();
    assertThat(changes).containsExactly(new RegistryChanged(Set.of(LEAK), Set.of()));
    assertThat(adoption.changes(LEAK))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.by()).isEqualTo("zhou");
              assertThat(change.at()).isEqualTo(NOON);
              assertThat(change.detail())
                  .isEqualTo("environment in b1, heard as cellar/leak of zigbee2mqtt by gateway-1");
            });
    assertThat(toldOf("cellar:leak").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1));
  }

  @Test
  void aRestartLosesNothing() {
    report(null, heard("cellar/leak", 5), heard("attic/leak", 6));
    done(adopt(LEAK, CELLAR));
    RegistryVersion before = told().version();

    start(SECTIONS);

    assertThat(registry.findDevice(LEAK).orElseThrow().name().en()).isEqualTo("Cellar leak");
    assertThat(unregistered.all())
        .extracting(each -> each.equipment().address())
        .containsExactly("attic/leak");
    assertThat(told().version()).isEqualTo(before);
  }

  @Test
  void underAnotherIdItsFormerNameStillLeadsToIt() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, new Wanted("leak-1", "b1", "水", "Leak", "care", null)));

    assertThat(registry.findDevice(new DeviceId("leak-1")).orElseThrow().kind())
        .isEqualTo(Kind.CARE);
    assertThat(registry.findDevice(LEAK).orElseThrow().id()).isEqualTo(new DeviceId("leak-1"));
    assertThat(registry.gridOf(LEAK)).isPresent();
    assertThat(changes.getLast().gone()).containsExactly(LEAK);
    assertThat(adopt(LEAK, CELLAR))
        .isEqualTo(
            new RegistryOutcome.Conflict(null, "It is registered already, as device leak-1."));
  }

  @Test
  void refusesWhatCannotBeAndNamesTheField() {
    report(null, heard("cellar/leak", 5), heard("attic/leak", 6));

    assertThat(adopt(new DeviceId("nobody"), CELLAR)).isInstanceOf(RegistryOutcome.NotFound.class);
    assertThat(adopt(new DeviceId("door-1"), CELLAR)).isInstanceOf(RegistryOutcome.Conflict.class);
    assertThat(field(adopt(LEAK, new Wanted(null, "b9", "水", "Leak", null, null))))
        .isEqualTo("building");
    assertThat(field(adopt(LEAK, new Wanted(null, null, "水", "Leak", null, null))))
        .isEqualTo("building");
    assertThat(field(adopt(LEAK, new Wanted(null, "b1", " ", "Leak", null, null))))
        .isEqualTo("name.zh");
    assertThat(field(adopt(LEAK, new Wanted(null, "b1", "水", "x".repeat(101), null, null))))
        .isEqualTo("name.en");
    assertThat(field(adopt(LEAK, new Wanted(null, "b1", "水", "Leak", "acces", null))))
        .isEqualTo("kind");
    assertThat(field(adopt(LEAK, new Wanted(null, "b1", "水", "Leak", null, "10 minutes"))))
        .isEqualTo("expectEvery");
    assertThat(field(adopt(LEAK, new Wanted("a b", "b1", "水", "Leak", null, null))))
        .isEqualTo("id");
    assertThat(adopt(LEAK, new Wanted("door-1", "b1", "水", "Leak", null, null)))
        .isEqualTo(
            new RegistryOutcome.Conflict("id", "There is a device door-1; choose another id."));
    assertThat(adopt(LEAK, new Wanted("attic:leak", "b1", "水", "Leak", null, null)))
        .isInstanceOf(RegistryOutcome.Conflict.class);
    assertThat(changes).isEmpty();
    done(adopt(LEAK, CELLAR));
    assertThat(adopt(LEAK, CELLAR))
        .isEqualTo(
            new RegistryOutcome.Conflict(null, "It is registered already, as device cellar:leak."));
  }

  @Test
  void onlyThoseWhoAnswerForEquipmentMay() {
    report(null, heard("cellar/leak", 5));

    assertThat(adoption.adopt(LEAK, CELLAR, new Registrar.Person("wang"), null))
        .isInstanceOf(RegistryOutcome.NotAllowed.class);
    assertThat(field(adoption.adopt(LEAK, CELLAR, new Registrar.Person("nobody"), null)))
        .isEqualTo("by");
    done(adoption.adopt(LEAK, CELLAR, new Registrar.Account("王芳"), null));
  }

  @Test
  void whatIsKnownByItsEventsAloneKeepsItsId() {
    Sighted sighted = new Sighted(GATEWAY, Kind.ACCESS);

    assertThat(
            field(
                adoption.adopt(
                    LEAK, new Wanted("x", "b1", "水", "Leak", null, null), ZHOU, sighted)))
        .isEqualTo("id");
    assertThat(done(adoption.adopt(LEAK, CELLAR, ZHOU, sighted)).kind()).isEqualTo(Kind.ACCESS);
    assertThat(toldOf("cellar:leak").equipment()).isNull();
  }

  @Test
  void changesWhatIsGivenAndSaysWhatItWas() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, CELLAR));

    Device changed =
        done(adoption.change(LEAK, new Wanted(null, null, null, "Boiler", null, ""), ZHOU));

    assertThat(changed.name().en()).isEqualTo("Boiler");
    assertThat(changed.name().zh()).isEqualTo("地下室水浸");
    assertThat(changed.expectEvery()).isNull();
    assertThat(adoption.changes(LEAK).getLast().detail())
        .isEqualTo("name.en Boiler, was Cellar leak, expectEvery null, was PT10M");
    assertThat(adoption.change(new DeviceId("door-1"), CELLAR, ZHOU))
        .isInstanceOf(RegistryOutcome.Conflict.class);
    assertThat(field(adoption.change(LEAK, new Wanted("x", null, null, null, null, null), ZHOU)))
        .isEqualTo("id");
  }

  @Test
  void theFileHoldsWhereItNamesAnAdoptedDeviceAndTheHardwareStays() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, new Wanted("leak-1", "b1", "水", "Leak", null, null)));
    RegistryVersion before = told().version();

    start(
        SECTIONS.replace(
            "devices: [",
            "devices: [{id: leak-1, kind: care, building: b1, gateway: gateway-1,"
                + " name: {zh: 新, en: From the file}}, "));

    Device device = registry.findDevice(new DeviceId("leak-1")).orElseThrow();
    assertThat(device.name().en()).isEqualTo("From the file");
    assertThat(registry.devices()).hasSize(2);
    assertThat(toldOf("leak-1").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1));
    assertThat(told().version().isAfter(before)).isTrue();
  }

  @Test
  void newHardwareTakesTheDevicesNameAndTheOldOneLosesIt() {
    report(null, heard("attic/leak", 6));

    Device device =
        done(
            adoption.replace(
                new DeviceId("door-1"), new NewHardware("attic:leak", null, null, null), ZHOU));

    assertThat(device.equipment()).isNotNull();
    assertThat(toldOf("door-1").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "attic/leak", 2));
    assertThat(registry.findDevice(new DeviceId("attic:leak")).orElseThrow().id().value())
        .isEqualTo("door-1");
    assertThat(unregistered.all()).isEmpty();
    assertThat(adoption.changes(new DeviceId("door-1")).getLast().detail())
        .isEqualTo(
            "hardware 2, attic/leak of zigbee2mqtt by gateway-1, in place of door-1 by gateway-1");
    done(
        adoption.replace(
            new DeviceId("door-1"), new NewHardware(null, null, "linli", "d-9"), ZHOU));
    assertThat(toldOf("door-1").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("linli", "d-9", 3));
    assertThat(registry.findDevice(new DeviceId("attic:leak")))
        .as("the old hardware is nobody's")
        .isEmpty();
  }

  @Test
  void refusesAReplacementThatIsNoneOrAnothersAndNamesTheField() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, CELLAR));
    DeviceId door = new DeviceId("door-1");

    assertThat(adoption.replace(new DeviceId("x"), new NewHardware("y", null, null, null), ZHOU))
        .isInstanceOf(RegistryOutcome.NotFound.class);
    assertThat(field(adoption.replace(door, new NewHardware("nobody", null, null, null), ZHOU)))
        .isEqualTo("with");
    assertThat(field(adoption.replace(door, new NewHardware(null, null, null, null), ZHOU)))
        .isEqualTo("profile");
    assertThat(field(adoption.replace(door, new NewHardware(null, null, "linli", null), ZHOU)))
        .isEqualTo("address");
    assertThat(field(adoption.replace(door, new NewHardware(null, "g9", "linli", "d"), ZHOU)))
        .isEqualTo("gateway");
    assertThat(
            adoption.replace(door, new NewHardware(null, null, "zigbee2mqtt", "cellar/leak"), ZHOU))
        .isEqualTo(
            new RegistryOutcome.Conflict(
                "address",
                "cellar/leak of zigbee2mqtt is the hardware of device cellar:leak already."));
    assertThat(adoption.replace(LEAK, new NewHardware(null, null, "linli", "door-1"), ZHOU))
        .isEqualTo(
            new RegistryOutcome.Conflict(
                "address", "What calls itself door-1 is the registered device door-1."));
  }

  @Test
  void hardwareOfADeviceThatTheFileDroppedCanBeAnothersAgain() {
    report(null, heard("cellar/leak", 5));
    done(
        adoption.replace(
            new DeviceId("door-1"), new NewHardware("cellar:leak", null, null, null), ZHOU));
    start(SECTIONS.replaceFirst("devices: .*\n", ""));
    assertThat(registry.devices()).isEmpty();
    report(null, heard("cellar/leak", 6));

    done(adopt(LEAK, CELLAR));

    assertThat(toldOf("cellar:leak").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1));
  }

  @Test
  void aGatewayIsToldTheVersionThenWhatItLacksAndNothingTwice() {
    GatewayRegistry greeting = registries.greeting(GATEWAY).orElseThrow();
    assertThat(greeting.given()).isEmpty();
    EquipmentReport none = new EquipmentReport(GATEWAY, null, null, List.of());

    GatewayRegistry full = registries.reported(GATEWAY, none).orElseThrow();
    assertThat(full.given()).isPresent();
    assertThat(registries.standing(GATEWAY).behind()).isTrue();
    assertThat(registries.reported(GATEWAY, none))
        .as("a gateway that cannot use it is not sent it again and again")
        .isEmpty();

    EquipmentReport held = new EquipmentReport(GATEWAY, full.version(), null, List.of());
    assertThat(registries.reported(GATEWAY, held)).isEmpty();
    assertThat(registries.standing(GATEWAY).behind()).isFalse();
    registries.greeting(GATEWAY);
    assertThat(registries.reported(GATEWAY, none)).contains(full);
  }

  @Test
  void recordsRestoredFromACopyBeginANewEpochThatTheGatewayFollows() {
    RegistryVersion own = told().version();
    RegistryVersion later = new RegistryVersion(own.epoch(), own.number() + 30, Digest.NONE);

    GatewayRegistry answer =
        registries
            .reported(GATEWAY, new EquipmentReport(GATEWAY, later, null, List.of()))
            .orElseThrow();

    assertThat(answer.version().isAfter(later)).isTrue();
    assertThat(answer.given()).isPresent();
    start(SECTIONS);
    assertThat(told().version()).isEqualTo(answer.version());
  }

  @Test
  void theSameNumberWithOtherContentIsAnotherHistoryToo() {
    RegistryVersion own = told().version();
    RegistryVersion other = new RegistryVersion(own.epoch(), own.number(), Digest.NONE);

    assertThat(
            registries
                .reported(GATEWAY, new EquipmentReport(GATEWAY, other, null, List.of()))
                .orElseThrow()
                .version()
                .isAfter(other))
        .isTrue();
  }

  @Test
  void nobodyIsFollowedToTheEndOfAllNumbers() {
    RegistryVersion absurd = new RegistryVersion(Long.MAX_VALUE, Long.MAX_VALUE, Digest.NONE);

    report(absurd);

    assertThat(told().version().epoch()).isEqualTo(1);
  }

  @Test
  void onlySoManyUnregisteredPiecesAreRememberedThoseHeardLast() {
    for (int batch = 0; batch < 6; batch++) {
      int first = batch * 200;
      report(
          null,
          IntStream.range(first, first + 200)
              .mapToObj(n -> heard("invented-" + n, n))
              .toArray(UnregisteredEquipment[]::new));
    }

    assertThat(unregistered.all()).hasSize(Unregistered.MOST);
    assertThat(unregistered.find(new DeviceId("invented-1199"))).isPresent();
    assertThat(unregistered.find(new DeviceId("invented-0"))).isEmpty();
    start(SECTIONS);
    assertThat(unregistered.all()).hasSize(Unregistered.MOST);
  }

  @Test
  void theOldGatewayIsToldWhenTheHardwareIsAtAnotherNow() {
    GatewayId other = new GatewayId("gateway-2");
    start(
        new Registry(
            new CommunityPlan(
                registry.community(),
                registry.grids(),
                registry.buildings(),
                List.of(new Gateway(GATEWAY, "b1"), new Gateway(other, "b1")),
                registry.devices(),
                List.of(),
                List.of())));

    done(
        adoption.replace(
            new DeviceId("door-1"),
            new NewHardware(null, other.value(), "linli", "d-9"),
            new Registrar.Account("王芳")));

    assertThat(told().given().orElseThrow().elsewhere()).containsExactly(new DeviceId("door-1"));
    assertThat(registry.findDevice(new DeviceId("door-1")).orElseThrow().gateway())
        .isEqualTo(other);
  }

  private static @Nullable String field(RegistryOutcome outcome) {
    return switch (outcome) {
      case RegistryOutcome.Refused(String field, _) -> field;
      case RegistryOutcome.NotAllowed(String field, _) -> field;
      case RegistryOutcome.Conflict(String field, _) -> field;
      case RegistryOutcome.NotFound _ -> "not found";
      case RegistryOutcome.Done _ -> "done";
    };
  }
}

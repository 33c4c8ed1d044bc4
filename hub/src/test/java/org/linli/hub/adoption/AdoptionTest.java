package org.linli.hub.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryVersion;
import org.linli.event.UnregisteredEquipment;
import org.linli.hub.adoption.Adoption.Sighted;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.RegistryChanged;
import org.linli.hub.registry.TestCommunities;

/** A device that nobody registered becomes one. */
class AdoptionTest extends AdoptionOnRecords {

  @Test
  void aDeviceNobodyRegisteredShowsUpAndIsOneInOneStep() {
    report(null, heard("cellar/leak", 5));
    assertThat(unregistered.find(key(LEAK)).orElseThrow().equipment())
        .isEqualTo(heard("cellar/leak", 5));
    assertThat(TestCommunities.only(registry).gridOf(LEAK)).isEmpty();

    Device device = done(adopt(LEAK, CELLAR));

    assertThat(device.kind()).isEqualTo(Kind.ENVIRONMENT);
    assertThat(device.expectEvery()).isEqualTo(Duration.ofMinutes(10));
    assertThat(TestCommunities.only(registry).gridOf(LEAK).map(Grid::id)).contains("grid-1");
    assertThat(unregistered.all()).isEmpty();
    assertThat(changes).containsExactly(new RegistryChanged(Set.of(key(LEAK)), Set.of()));
    assertThat(adoption.changes(key(LEAK)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.by()).isEqualTo(ZHOU);
              assertThat(change.at()).isEqualTo(NOON);
              assertThat(change.detail())
                  .isEqualTo("environment in b1, heard as cellar/leak of zigbee2mqtt by gateway-1");
            });
    assertThat(toldOf("cellar:leak").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1));
  }

  /** No database has to store the character U+0000. */
  @Test
  void equipmentWhoseAddressCannotBeStoredAsItIsShowsUpWithAMarkInItsPlace() {
    UnregisteredEquipment leak = heard("cellar/leak", 5);
    UnregisteredEquipment told =
        new UnregisteredEquipment(
            leak.device(),
            "zigbee\0mqtt",
            "cellar\0leak",
            leak.kind(),
            leak.kindFrom(),
            leak.type(),
            leak.sample(),
            leak.firstHeard(),
            leak.lastHeard(),
            leak.count());
    report(null, told);
    report(null, told);

    assertThat(unregistered.all())
        .extracting(each -> each.equipment().profile() + " " + each.equipment().address())
        .containsExactly("zigbee\uFFFDmqtt cellar\uFFFDleak");
    assertThat(
            records
                .client()
                .sql("SELECT address FROM unregistered_equipment")
                .query(String.class)
                .list())
        .containsExactly("cellar\uFFFDleak");

    done(adopt(LEAK, CELLAR));
    assertThat(adoption.changes(key(LEAK)).getFirst().detail())
        .contains("heard as cellar\uFFFDleak of zigbee\uFFFDmqtt");
    assertThat(unregistered.all()).isEmpty();
  }

  @Test
  void whatIsHeardIsFoundByTheNameItHasNow() {
    UnregisteredEquipment sensor = heard("cellar/leak", 5);
    report(null, sensor);
    DeviceId renamed = new DeviceId("cellar-leak");
    report(
        null,
        new UnregisteredEquipment(
            renamed,
            sensor.profile(),
            sensor.address(),
            sensor.kind(),
            sensor.kindFrom(),
            sensor.type(),
            sensor.sample(),
            sensor.firstHeard(),
            NOON.plusSeconds(6),
            sensor.count() + 1));

    assertThat(unregistered.all()).hasSize(1);
    assertThat(unregistered.find(key(renamed))).isPresent();
    assertThat(unregistered.find(key(LEAK))).isEmpty();
  }

  @Test
  void aRestartLosesNothing() {
    report(null, heard("cellar/leak", 5), heard("attic/leak", 6));
    done(adopt(LEAK, CELLAR));
    RegistryVersion before = told().version();

    start(SECTIONS);

    assertThat(TestCommunities.only(registry).findDevice(LEAK).orElseThrow().name().en())
        .isEqualTo("Cellar leak");
    assertThat(unregistered.all())
        .extracting(each -> each.equipment().address())
        .containsExactly("attic/leak");
    assertThat(told().version()).isEqualTo(before);
  }

  @Test
  void underAnotherIdItsFormerNameStillLeadsToIt() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, new Wanted("leak-1", "b1", "水", "Leak", "care", null)));

    assertThat(
            TestCommunities.only(registry).findDevice(new DeviceId("leak-1")).orElseThrow().kind())
        .isEqualTo(Kind.CARE);
    assertThat(TestCommunities.only(registry).findDevice(LEAK).orElseThrow().id())
        .isEqualTo(new DeviceId("leak-1"));
    assertThat(TestCommunities.only(registry).gridOf(LEAK)).isPresent();
    assertThat(changes.getLast().gone()).containsExactly(key(LEAK));
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

    assertThat(
            adoption.adopt(
                key(LEAK), CELLAR, Author.of(new Actor.Person(TestCommunities.HERE, "wang")), null))
        .isInstanceOf(RegistryOutcome.NotAllowed.class);
    assertThat(
            field(
                adoption.adopt(
                    key(LEAK),
                    CELLAR,
                    Author.of(new Actor.Person(TestCommunities.HERE, "nobody")),
                    null)))
        .isEqualTo("by");
    done(adoption.adopt(key(LEAK), CELLAR, Author.of(new Actor.Account("王芳")), null));
  }

  @Test
  void whatIsKnownByItsEventsAloneKeepsItsId() {
    Sighted sighted = new Sighted(GATEWAY, Kind.ACCESS);

    assertThat(
            field(
                adoption.adopt(
                    key(LEAK), new Wanted("x", "b1", "水", "Leak", null, null), ZHOU, sighted)))
        .isEqualTo("id");
    assertThat(done(adoption.adopt(key(LEAK), CELLAR, ZHOU, sighted)).kind())
        .isEqualTo(Kind.ACCESS);
    assertThat(toldOf("cellar:leak").equipment()).isNull();
  }

  @Test
  void changesWhatIsGivenAndSaysWhatItWas() {
    report(null, heard("cellar/leak", 5));
    done(adopt(LEAK, CELLAR));

    Device changed =
        done(adoption.change(key(LEAK), new Wanted(null, null, null, "Boiler", null, ""), ZHOU));

    assertThat(changed.name().en()).isEqualTo("Boiler");
    assertThat(changed.name().zh()).isEqualTo("地下室水浸");
    assertThat(changed.expectEvery()).isNull();
    assertThat(adoption.changes(key(LEAK)).getLast().detail())
        .isEqualTo("name.en Boiler, was Cellar leak, expectEvery null, was PT10M");
    assertThat(adoption.change(key(new DeviceId("door-1")), CELLAR, ZHOU))
        .isInstanceOf(RegistryOutcome.Conflict.class);
    assertThat(
            field(adoption.change(key(LEAK), new Wanted("x", null, null, null, null, null), ZHOU)))
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

    Device device = TestCommunities.only(registry).findDevice(new DeviceId("leak-1")).orElseThrow();
    assertThat(device.name().en()).isEqualTo("From the file");
    assertThat(TestCommunities.only(registry).devices()).hasSize(2);
    assertThat(toldOf("leak-1").equipment())
        .isEqualTo(new RegisteredDevice.Equipment("zigbee2mqtt", "cellar/leak", 1));
    assertThat(told().version().isAfter(before)).isTrue();
  }

  @Test
  void keepsTheNewestChangesOfADeviceAndOfAll() {
    AdoptionRecords changed = new AdoptionRecords(records.ofCommunities());
    for (int i = 1; i <= 300; i++) {
      changed.add(
          key(LEAK), new RegistryChange(NOON, ZHOU, RegistryChange.What.CHANGED, "change " + i));
    }
    assertThat(changed.changes(key(LEAK)))
        .hasSize(AdoptionRecords.MOST_CHANGES_OF_A_DEVICE)
        .extracting(RegistryChange::detail)
        .startsWith("change 101")
        .endsWith("change 300");

    records
        .client()
        .sql("UPDATE registry_change SET id = id + :many WHERE detail = 'change 300'")
        .param("many", AdoptionRecords.MOST_CHANGES)
        .update();
    changed.add(
        key(new DeviceId("door-1")),
        new RegistryChange(NOON, ZHOU, RegistryChange.What.CHANGED, "new"));
    assertThat(changed.changes(key(LEAK)))
        .extracting(RegistryChange::detail)
        .containsExactly("change 300");
  }
}

package org.linli.hub.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayId;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Equipment;
import org.linli.hub.registry.TestCommunities;

/** What gateways of two communities are told, and what is heard there. */
class TwoCommunitiesTest extends AdoptionOnRecords {

  private static final GatewayId IN_THE_WEST = new GatewayId("gateway-2");
  private static final DeviceId LIFT = new DeviceId("lift-1");
  private static final DeviceId DOOR = new DeviceId("door-1");

  /** The door in the east has its second hardware, under an address of a sensor. */
  @BeforeEach
  void replaceTheDoorInTheEast() {
    new AdoptionRecords(records.ofCommunities())
        .save(
            new DeviceKey(TestCommunities.EAST, DOOR),
            new Equipment(GATEWAY, "zigbee2mqtt", "cellar/leak", 2, LEAK));
    start(TestCommunities.two());
  }

  private RegistryContent told(GatewayId gateway) {
    registries.greeting(gateway);
    return registries
        .reported(gateway, new EquipmentReport(gateway, null, null, List.of()))
        .orElseThrow()
        .given()
        .orElseThrow();
  }

  @Test
  void aGatewayIsToldOfItsOwnCommunityOnly() {
    assertThat(told(GATEWAY).devices())
        .extracting(RegisteredDevice::nameEn)
        .containsExactly("East door", "Lift");
    assertThat(told(IN_THE_WEST).devices())
        .singleElement()
        .satisfies(
            door -> {
              assertThat(door.nameEn()).isEqualTo("West door");
              assertThat(door.equipment()).isNull();
            });
  }

  /** Otherwise the gateway in the west would take its own door for the one in the east. */
  @Test
  void aReplacedDeviceIsElsewhereInItsOwnCommunityOnly() {
    assertThat(told(GATEWAY).elsewhere()).isEmpty();
    assertThat(told(IN_THE_WEST).elsewhere()).isEmpty();
  }

  @Test
  void whatIsRegisteredInOneCommunityIsUnregisteredInTheOther() {
    for (GatewayId gateway : List.of(GATEWAY, IN_THE_WEST)) {
      unregistered.told(
          gateway, List.of(heard("cellar/leak", 1), heard("lift-1", 2), heard("door-1", 3)));
    }

    assertThat(unregistered.all())
        .extracting(heard -> heard.gateway() + " " + heard.equipment().device())
        .containsExactly("gateway-2 lift-1", "gateway-2 cellar:leak");
    assertThat(unregistered.find(new DeviceKey(TestCommunities.WEST, LIFT)))
        .map(HeardEquipment::gateway)
        .contains(IN_THE_WEST);
  }
}

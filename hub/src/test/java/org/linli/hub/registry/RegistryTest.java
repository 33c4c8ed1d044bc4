package org.linli.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/** Two communities whose devices, grids, buildings and people have the same ids. */
class RegistryTest {

  private static final CommunityId EAST = new CommunityId("east");
  private static final CommunityId WEST = new CommunityId("west");
  private static final GatewayId IN_THE_EAST = new GatewayId("gateway-1");
  private static final GatewayId IN_THE_WEST = new GatewayId("gateway-2");
  private static final GatewayId NOWHERE = new GatewayId("gateway-9");
  private static final DeviceId DOOR = new DeviceId("door-1");
  private static final DeviceId LIFT = new DeviceId("lift-1");
  private static final DeviceId LEAK = new DeviceId("cellar:leak");

  private final Registry registry = TestCommunities.two();

  @Test
  void findsACommunityByItsGateway() {
    assertThat(registry.communityOf(IN_THE_EAST)).contains(EAST);
    assertThat(registry.communityOf(IN_THE_WEST)).contains(WEST);
    assertThat(registry.communityOf(NOWHERE)).isEmpty();
    assertThat(registry.of(WEST).community().name().en()).isEqualTo("West");
    assertThat(registry.gateways())
        .extracting(Gateway::id)
        .containsExactly(IN_THE_EAST, IN_THE_WEST);
    assertThatThrownBy(() -> registry.of(new CommunityId("north")))
        .hasMessage("there is no community north");
  }

  @Test
  void theOnlyCommunityHasEveryGatewayAlsoOneThatItsFileNoLongerNames() {
    Registry one = TestCommunities.sample();

    assertThat(one.communityOf(NOWHERE)).contains(TestCommunities.only(one).id());
    assertThat(one.findGateway(NOWHERE)).isEmpty();
    assertThat(one.isKnownGateway(NOWHERE)).isFalse();
  }

  @Test
  void aGatewayMeansTheDeviceOfItsOwnCommunity() {
    assertThat(registry.findDevice(IN_THE_EAST, DOOR).orElseThrow().name().en())
        .isEqualTo("East door");
    assertThat(registry.findDevice(IN_THE_WEST, DOOR).orElseThrow().name().en())
        .isEqualTo("West door");
    assertThat(registry.findDevice(IN_THE_WEST, LIFT)).isEmpty();
    assertThat(registry.findDevice(NOWHERE, DOOR)).isEmpty();
    assertThat(registry.devices()).isEqualTo(3);
  }

  @Test
  void anIdAloneMayMeanSeveralDevices() {
    assertThat(registry.findRegistered(DOOR))
        .containsExactly(new DeviceKey(EAST, DOOR), new DeviceKey(WEST, DOOR));
    assertThat(registry.findRegistered(LIFT)).containsExactly(new DeviceKey(EAST, LIFT));
    assertThat(registry.findRegistered(LEAK)).isEmpty();
  }

  @Test
  void ofTwoNoneIsTheOnlyOne() {
    assertThat(registry.findOnly()).isEmpty();
  }

  @Test
  void hardwareAndItsFormerNameBelongToTheCommunityOfItsDevice() {
    Equipment hardware = new Equipment(IN_THE_EAST, "zigbee2mqtt", "cellar/leak", 2, LEAK);
    registry.use(new LinkedHashMap<>(), Map.of(new DeviceKey(EAST, DOOR), hardware));

    assertThat(registry.findDevice(IN_THE_EAST, LEAK)).map(Device::id).contains(DOOR);
    assertThat(registry.findDevice(IN_THE_WEST, LEAK)).isEmpty();
    assertThat(registry.findRegistered(LEAK)).containsExactly(new DeviceKey(EAST, DOOR));
    assertThat(registry.of(EAST).findEquipment(IN_THE_EAST, "zigbee2mqtt", "cellar/leak"))
        .map(Device::id)
        .contains(DOOR);
    assertThat(registry.of(EAST).replaced()).extracting(Device::id).containsExactly(DOOR);
    assertThat(registry.findDevice(IN_THE_WEST, DOOR).orElseThrow())
        .satisfies(
            door -> {
              assertThat(door.equipment()).isNull();
              assertThat(door.gateway()).isEqualTo(IN_THE_WEST);
            });
    assertThat(registry.of(WEST).replaced()).isEmpty();
  }

  @Test
  void anAdoptedDeviceBelongsToItsCommunityOnly() {
    long before = registry.version();
    SequencedMap<DeviceKey, Device> adopted =
        Adopted.at(registry.of(WEST), adopted(LEAK, IN_THE_WEST));
    adopted.put(new DeviceKey(new CommunityId("north"), LIFT), adopted(LIFT, IN_THE_WEST));
    registry.use(adopted, Map.of());

    assertThat(registry.findRegistered(LEAK)).containsExactly(new DeviceKey(WEST, LEAK));
    assertThat(registry.findRegistered(LIFT)).containsExactly(new DeviceKey(EAST, LIFT));
    assertThat(registry.of(WEST).devices(IN_THE_WEST))
        .extracting(Device::id)
        .containsExactly(DOOR, LEAK);
    assertThat(registry.version()).isNotEqualTo(before);
  }

  private static Device adopted(DeviceId id, GatewayId gateway) {
    return new Device(id, Kind.ENVIRONMENT, "b1", gateway, new BilingualName("水浸", "Leak"), null);
  }

  @Test
  void refusesWhatCouldNotBeToldApart() {
    CommunityPlan plan = plan(EAST, IN_THE_EAST);

    assertThatThrownBy(() -> new Registry(List.of()))
        .hasMessage("a hub has at least one community");
    assertThatThrownBy(() -> new Registry(List.of(plan, plan(EAST, IN_THE_WEST))))
        .hasMessage("two communities have the id east");
    assertThatThrownBy(() -> new Registry(List.of(plan, plan(WEST, IN_THE_EAST))))
        .hasMessage("gateway gateway-1 is in the communities east and west");
  }

  private CommunityPlan plan(CommunityId id, GatewayId gateway) {
    Community east = registry.of(EAST).community();
    return new CommunityPlan(
        new Community(id, east.name(), east.zone()),
        List.of(),
        List.of(),
        List.of(new Gateway(gateway, "b1")),
        List.of(),
        List.of(),
        List.of());
  }
}

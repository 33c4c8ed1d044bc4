package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

/** Two communities whose devices, grids and buildings have the same ids. */
class ShapesOfTwoCommunitiesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final Registry registry = TestCommunities.two();

  private static DeviceStatus door(CommunityId community, String gateway, DevicePresence presence) {
    return new DeviceStatus(
        community,
        new DeviceId("door-1"),
        Kind.ACCESS,
        new GatewayId(gateway),
        false,
        presence,
        NOON,
        NOON,
        null);
  }

  @Test
  void countsTheDevicesOfEachGridInItsOwnCommunity() {
    List<DeviceStatus> statuses =
        List.of(
            door(TestCommunities.EAST, "gateway-1", DevicePresence.ONLINE),
            door(TestCommunities.WEST, "gateway-2", DevicePresence.OFFLINE));

    assertThat(CommunityEndpoints.grids(registry, statuses))
        .extracting(
            grid ->
                "%s/%s %s %d online %d offline %d unknown"
                    .formatted(
                        grid.community(),
                        grid.id(),
                        grid.buildings().stream().map(building -> building.name().en()).toList(),
                        grid.devices().online(),
                        grid.devices().offline(),
                        grid.devices().unknown()))
        .containsExactly(
            "east/grid-1 [East house] 1 online 0 offline 1 unknown",
            "east/grid-2 [] 0 online 0 offline 0 unknown",
            "west/grid-1 [] 0 online 0 offline 0 unknown",
            "west/grid-2 [West house] 0 online 1 offline 0 unknown");
  }

  @Test
  void aDeviceHasTheNameAndTheGridOfItsOwnCommunity() {
    DeviceShape shape =
        DeviceShape.of(
            door(TestCommunities.WEST, "gateway-2", DevicePresence.ONLINE), registry, null);

    assertThat(Objects.requireNonNull(shape.name()).en()).isEqualTo("West door");
    assertThat(shape.community()).isEqualTo("west");
    assertThat(shape.grid()).isEqualTo("grid-2");
    assertThat(shape.expectEverySeconds()).isEqualTo(3_600);
  }

  @Test
  void refusesACommunityThatIsNotThereAndNamesIt() {
    assertThat(Parameters.community("west", registry)).isEqualTo(TestCommunities.WEST);
    assertThat(Parameters.community(null, registry)).isNull();
    assertThatThrownBy(() -> Parameters.community("north", registry))
        .isInstanceOf(RefusedRequestException.class)
        .hasMessage(
            "The parameter 'community' is 'north'; write the id of a community in"
                + " /api/v1/communities.");
    assertThatThrownBy(() -> Parameters.knownGrid("grid-3", TestCommunities.WEST, registry))
        .isInstanceOf(RefusedRequestException.class);
  }

  @Test
  void aFilterMayNameAGridOfAnyCommunity() {
    assertThatCode(() -> Parameters.knownGrid("grid-2", null, registry)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Parameters.knownGrid("grid-3", null, registry))
        .isInstanceOf(RefusedRequestException.class);
  }
}

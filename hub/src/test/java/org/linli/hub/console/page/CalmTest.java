package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Kind;
import org.linli.hub.console.page.Calm.Fact;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.registry.TestCommunities;

class CalmTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");

  private static List<DeviceStatus> devices(DevicePresence... presences) {
    return Stream.of(presences)
        .map(
            presence ->
                new DeviceStatus(
                    TestCommunities.SAMPLE,
                    new DeviceId("door-" + presence.ordinal()),
                    Kind.ACCESS,
                    GATEWAY,
                    false,
                    presence,
                    null,
                    null,
                    null))
        .toList();
  }

  private static List<GatewayStatus> gateway(boolean connected) {
    return List.of(
        new GatewayStatus(GATEWAY, connected, Instant.EPOCH, null, null, Map.of(), null, Map.of()));
  }

  @Test
  void allIsWellOnlyWhereEverythingIsHeard() {
    Calm calm = Calm.of(devices(DevicePresence.ONLINE, DevicePresence.ONLINE), gateway(true));
    assertThat(calm.sure()).isTrue();
    assertThat(calm.heading()).isEqualTo("alerts.none");
    assertThat(calm.facts()).containsExactly(new Fact("calm.all", 2, 2));
  }

  @Test
  void notAllIsWellWhereAConnectedGatewayTakesNothing() {
    GatewayStatus troubled =
        new GatewayStatus(
            GATEWAY,
            true,
            Instant.EPOCH,
            null,
            null,
            Map.of(),
            null,
            Map.of(GatewayTrouble.TAKES_NOTHING, Instant.EPOCH));
    Calm calm = Calm.of(devices(DevicePresence.ONLINE), List.of(troubled));
    assertThat(calm.sure()).isFalse();
    assertThat(calm.facts()).containsExactly(new Fact("calm.troubled", 1, 1));
  }

  @Test
  void whatCannotBeHeardIsSaidGatewaysFirst() {
    Calm calm =
        Calm.of(
            devices(DevicePresence.ONLINE, DevicePresence.OFFLINE, DevicePresence.UNKNOWN),
            gateway(false));
    assertThat(calm.sure()).isFalse();
    assertThat(calm.heading()).isEqualTo("calm.unsure");
    assertThat(calm.facts())
        .containsExactly(
            new Fact("calm.gateways", 1, 1),
            new Fact("calm.offline", 1, 3),
            new Fact("calm.unknown", 1, 3));
    assertThat(Calm.of(devices(DevicePresence.ONLINE), gateway(false)).sure()).isFalse();
    assertThat(
            Calm.of(devices(DevicePresence.ONLINE, DevicePresence.UNKNOWN), gateway(true)).sure())
        .isFalse();
  }

  @Test
  void nothingHeardAtAllIsNotCalm() {
    assertThat(Calm.of(devices(DevicePresence.UNKNOWN), gateway(true)).heading())
        .isEqualTo("calm.silent");
    assertThat(Calm.of(List.of(), gateway(true)))
        .isEqualTo(new Calm("calm.empty", List.of(), "calm.empty.advice"));
  }
}

package org.linli.hub.registry.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;

/** A district: 200 communities, 1,000 gateways, 100,000 devices. */
@Isolated("fills much of the heap that all tests share")
class LargeDifferenceTest {

  private static final BilingualName NAME = new BilingualName("名", "Name");

  /**
   * @param ids what the ids of communities begin with
   * @param names what the names of devices begin with
   */
  private static List<CommunityPlan> district(String ids, String names) {
    return IntStream.range(0, 200).mapToObj(number -> community(ids, number, names)).toList();
  }

  private static CommunityPlan community(String ids, int number, String names) {
    return new CommunityPlan(
        new Community(new CommunityId(ids + number), NAME, ZoneId.of("Asia/Shanghai")),
        List.of(new Grid("grid-1", NAME, 300)),
        IntStream.range(0, 50)
            .mapToObj(building -> new Building("b" + building, "grid-1", name("b", building), 18))
            .toList(),
        IntStream.range(0, 5)
            .mapToObj(gateway -> new Gateway(gateway(number, gateway), "b" + gateway))
            .toList(),
        IntStream.range(0, 500)
            .mapToObj(
                device ->
                    new Device(
                        new DeviceId("device-" + device),
                        Kind.ACCESS,
                        "b" + device % 50,
                        gateway(number, device % 5),
                        name(names, device),
                        Duration.ofMinutes(10)))
            .toList(),
        List.of(),
        List.of());
  }

  private static GatewayId gateway(int community, int number) {
    return new GatewayId("gateway-" + community + "-" + number);
  }

  private static BilingualName name(String names, int number) {
    return new BilingualName(names + number, names + number);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void isFoundInSecondsWhereEveryDeviceDiffers() {
    List<CommunityPlan> after = district("c", "door ");

    Difference difference = Difference.between(district("c", "device "), after);

    assertThat(difference.communities())
        .hasSize(200)
        .allSatisfy(community -> assertThat(community.devices().changed()).hasSize(500));
    assertThat(difference.likenesses()).isEmpty();
  }

  /** Everything is gone and everything new, with the same ids: the most there is to compare. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void isFoundInSecondsWhereEverythingMoves() {
    Difference difference = Difference.between(district("c", "device "), district("d", "device "));

    assertThat(difference.communities()).hasSize(400);
    assertThat(difference.likenesses()).hasSizeGreaterThan(100_000).allMatch(Likeness::isMove);
    assertThat(WouldLose.all(WouldLose.byPlans(), difference))
        .filteredOn(loss -> loss.reason().equals("gateway-moves"))
        .hasSize(1_000);
  }
}

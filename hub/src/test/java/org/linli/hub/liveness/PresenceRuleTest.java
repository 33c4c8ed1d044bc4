package org.linli.hub.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;

class PresenceRuleTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** The door in the east is to report every ten minutes, the one in the west every hour. */
  @Test
  void aDeviceIsToReportAsOftenAsItsOwnCommunitySays() {
    PresenceRule rule = new PresenceRule(TestCommunities.two(), 3, NOON);

    assertThat(presence(rule, TestCommunities.EAST, "gateway-1")).isEqualTo(DevicePresence.OFFLINE);
    assertThat(presence(rule, TestCommunities.WEST, "gateway-2")).isEqualTo(DevicePresence.ONLINE);
  }

  private static DevicePresence presence(PresenceRule rule, CommunityId community, String gateway) {
    Sighting sighting = new Sighting(Kind.ACCESS, new GatewayId(gateway), NOON, false);
    return rule.judge(
            new DeviceKey(community, new DeviceId("door-1")),
            sighting,
            null,
            NOON.plus(Duration.ofMinutes(31)))
        .presence();
  }
}

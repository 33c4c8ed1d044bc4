package org.linli.edge.profile.zigbee2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;

/**
 * Looks for a payload that the profile cannot stand. The build runs it with {@code JAZZER_FUZZ=1};
 * anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class Zigbee2MqttFuzzTest {

  private static final List<String> TOPICS =
      List.of("a", "a/power", "a/last_seen", "a/availability", "bridge/state");

  private final TestProfiles zigbee =
      TestProfiles.of(
          new Zigbee2MqttProfile(
              new Zigbee2MqttSettings("zigbee2mqtt", 15, List.of(), List.of("sos"), Map.of()),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : TOPICS) {
      if (zigbee.published("zigbee2mqtt/" + topic, bytes) instanceof Interpreted.Refused refused) {
        assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
      }
    }
  }
}

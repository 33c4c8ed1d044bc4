package org.linli.edge.profile.thingsboard;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.profile.TestProfiles;

/** Looks for a message that the profile cannot stand. */
@Isolated("its agent sees every class")
class ThingsBoardFuzzTest {

  private static final List<String> TOPICS =
      List.of(
          "v1/devices/me/telemetry",
          "v1/devices/me/attributes",
          "v1/gateway/telemetry",
          "v1/gateway/attributes",
          "v1/gateway/connect",
          "v1/devices/me");

  private final TestProfiles profiles =
      TestProfiles.of(new ThingsBoardProfile(new ThingsBoardSettings(Map.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : TOPICS) {
      TestProfiles.assertUnderstoodOrRefused(profiles.published(topic, bytes));
    }
  }
}

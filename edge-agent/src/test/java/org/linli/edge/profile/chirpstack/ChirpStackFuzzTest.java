package org.linli.edge.profile.chirpstack;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.profile.TestProfiles;

/** Looks for a message that the profile cannot stand. */
@Isolated("its agent sees every class")
class ChirpStackFuzzTest {

  private static final List<String> TOPICS =
      List.of(
          "application/a/device/0101010101010101/event/up",
          "application/a/device/0101010101010101/event/status",
          "application/a/device/0101010101010101/event/join",
          "application/a/device/0101010101010101/event/log",
          "application/a/device/0101010101010101/event/location",
          "application/a/device/0101010101010101/event/ack",
          "application/a/device/0101010101010101/event/txack",
          "application/a/device/0101010101010101/event/new");

  private final TestProfiles profiles =
      TestProfiles.of(
          new ChirpStackProfile(
              new ChirpStackSettings(
                  "", 20, Map.of("Test device-profile", "cayenne-lpp"), Map.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : TOPICS) {
      TestProfiles.assertUnderstoodOrRefused(profiles.published(topic, bytes));
    }
  }
}

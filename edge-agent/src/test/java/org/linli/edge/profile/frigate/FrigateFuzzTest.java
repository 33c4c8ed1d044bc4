package org.linli.edge.profile.frigate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/**
 * Looks for a payload that the profile cannot stand. The build runs it with {@code JAZZER_FUZZ=1};
 * anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class FrigateFuzzTest {

  private static final List<String> TOPICS =
      List.of(
          "reviews",
          "events",
          "tracked_object_update",
          "stats",
          "triggers",
          "available",
          "gate/status/detect",
          "gate/person",
          "gate");

  private final TestProfiles frigate =
      TestProfiles.of(
          new FrigateProfile(
              new FrigateSettings("frigate", List.of("person"), List.of(), false, true)));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : TOPICS) {
      if (frigate.published("frigate/" + topic, bytes) instanceof Interpreted.Refused refused) {
        assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
      }
    }
  }
}

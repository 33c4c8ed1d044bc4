package org.linli.edge.profile.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Set;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** Looks for a message that the profile cannot stand. */
@Isolated("its agent sees every class")
class OnvifFuzzTest {

  private final TestProfiles profiles =
      TestProfiles.of(new OnvifProfile(new OnvifSettings(Set.of(), true)));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    if (profiles.posted("onvif", "cam-1", "", bytes) instanceof Interpreted.Refused refused) {
      assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
      assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
    }
  }
}

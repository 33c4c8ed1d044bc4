package org.linli.edge.profile.senml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** Looks for a pack that the profile cannot stand, as JSON and as CBOR. */
@Isolated("its agent sees every class")
class SenmlFuzzTest {

  private final TestProfiles profiles =
      TestProfiles.of(new SenmlProfile(new SenmlSettings(Map.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String type : List.of("application/senml+json", "application/senml+cbor", "")) {
      switch (profiles.posted("senml", "box-1", type, bytes)) {
        case Interpreted.PassedOver _ -> throw new AssertionError("nothing is passed over here");
        case Interpreted.Understood understood -> assertThat(understood.events()).isNotEmpty();
        case Interpreted.Refused refused -> {
          assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
          assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
        }
      }
    }
  }
}

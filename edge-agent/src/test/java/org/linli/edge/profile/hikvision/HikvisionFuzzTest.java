package org.linli.edge.profile.hikvision;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;

/** Looks for a post that the profile cannot stand, as XML or JSON and as multipart. */
@Isolated("its agent sees every class")
class HikvisionFuzzTest {

  private final TestProfiles profiles =
      TestProfiles.of(
          new HikvisionProfile(
              new HikvisionSettings(Set.of(), true, true),
              TestPictures.none(),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String type : List.of("application/xml", "multipart/form-data; boundary=b")) {
      if (profiles.posted("hikvision", "cam-1", type, bytes) instanceof Interpreted.Refused no) {
        assertThat(no.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(no.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
      }
    }
  }
}

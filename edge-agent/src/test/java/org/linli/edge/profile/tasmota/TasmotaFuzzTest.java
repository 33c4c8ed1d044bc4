package org.linli.edge.profile.tasmota;

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
class TasmotaFuzzTest {

  private static final List<String> TOPICS =
      List.of("tele/a/SENSOR", "stat/a/RESULT", "stat/a/STATUS0", "tele/a/LWT", "stat/a/POWER");

  private final TestProfiles tasmota =
      TestProfiles.of(
          new TasmotaProfile(
              new TasmotaSettings(
                  List.of("%prefix%/%topic%/"),
                  Map.of("a/Switch1", "door", "a/Button1", "sos"),
                  null,
                  Map.of(),
                  15),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : TOPICS) {
      if (tasmota.published(topic, bytes) instanceof Interpreted.Refused refused) {
        assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
      }
    }
  }
}

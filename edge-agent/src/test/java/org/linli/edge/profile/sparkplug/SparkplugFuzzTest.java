package org.linli.edge.profile.sparkplug;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.profile.TestProfiles;

/** Looks for a message that the profile cannot stand. */
@Isolated("its agent sees every class")
class SparkplugFuzzTest {

  private static final List<String> TOPICS =
      List.of(
          "spBv1.0/g/NBIRTH/n",
          "spBv1.0/g/DBIRTH/n/d",
          "spBv1.0/g/NDATA/n",
          "spBv1.0/g/DDATA/n/d",
          "spBv1.0/g/DDEATH/n/d",
          "spBv1.0/g/NDEATH/n");

  private final TestProfiles profiles =
      TestProfiles.of(new SparkplugProfile(new SparkplugSettings(Map.of())));

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : TOPICS) {
      TestProfiles.assertUnderstoodOrRefused(profiles.published(topic, bytes));
    }
  }
}

package org.linli.edge.profile.linli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.profile.Interpreted;

/**
 * Looks for a message that the profile cannot stand, as JSON and as CBOR. The build runs it with
 * {@code JAZZER_FUZZ=1}; anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class LinliJsonFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (Format format : List.of(Format.LINLI_JSON, Format.LINLI_CBOR)) {
      Interpreted interpreted = OneDoor.interpret(format, bytes);

      switch (interpreted) {
        case Interpreted.PassedOver _ -> throw new AssertionError("nothing is passed over here");
        case Interpreted.Understood understood -> assertThat(understood.events()).isNotEmpty();
        case Interpreted.Refused refused ->
            assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
      }
    }
  }
}

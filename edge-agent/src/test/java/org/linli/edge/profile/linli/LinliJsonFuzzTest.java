package org.linli.edge.profile.linli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.profile.Interpreted;

/**
 * Looks for a message that the profile cannot stand, as JSON and as CBOR. The build runs it with
 * {@code JAZZER_FUZZ=1}; anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class LinliJsonFuzzTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-23T05:16:01.500Z");
  private static final Reply NOBODY =
      new Reply() {
        @Override
        public void taken() {}

        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void unavailable(String why) {}
      };

  private final LinliJson profile = new LinliJson();

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (Format format : List.of(Format.LINLI_JSON, Format.LINLI_CBOR)) {
      Interpreted interpreted =
          profile.interpret(
              new Message(
                  "coap://x",
                  new Address.Device(format, "access", "door-1"),
                  bytes,
                  RECEIVED,
                  NOBODY));

      switch (interpreted) {
        case Interpreted.PassedOver _ -> throw new AssertionError("nothing is passed over here");
        case Interpreted.Understood understood -> assertThat(understood.events()).isNotEmpty();
        case Interpreted.Refused refused ->
            assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
      }
    }
  }
}

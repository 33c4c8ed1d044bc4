package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;

/** The gateway's page names each reason of a refusal in the reader's language. */
class ReasonWordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyReasonHasAWord(String language) {
    ResourceBundle words =
        ResourceBundle.getBundle(
            "org/linli/edge/local/words",
            Locale.of(language),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

    assertThat(
            Stream.concat(
                    Arrays.stream(RefusalReason.values()).map(RefusalReason::wireName),
                    Arrays.stream(Refusals.Unkept.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .map(reason -> "reason." + reason))
        .isSubsetOf(words.keySet());
  }
}

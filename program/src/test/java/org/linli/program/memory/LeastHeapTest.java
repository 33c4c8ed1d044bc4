package org.linli.program.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LeastHeapTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void refusesAHeapThatIsTooSmallInOneSentence() {
    assertThat(LeastHeap.refuse(err, "edge agent", 48, 19L << 20)).hasValue(1);

    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "A heap of 19 MB is too small for the edge agent: give it 48 MB at least, with"
                + " LINLI_HEAP=48m where ./launch starts it, and otherwise with -Xmx48m.");
  }

  @Test
  void takesTheLeastHeapAlsoWhereTheCollectorKeepsAPartOfIt() {
    assertThat(LeastHeap.refuse(err, "edge agent", 48, 46L << 20)).isEmpty();
    assertThat(said.size()).isZero();
  }
}

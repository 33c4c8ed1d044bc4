package org.linli.program.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureTest {

  private static String cause(Throwable thrown) {
    return Failure.of("outbox-writer", null, thrown, Instant.EPOCH).cause();
  }

  private static final class FileGone extends RuntimeException implements InPlainWords {

    private static final long serialVersionUID = 1L;

    @Override
    public String sentence() {
      return "the file is gone: put it back";
    }
  }

  @Test
  void whatIsWrittenForAPersonIsSaidWithoutAClassName() {
    assertThat(cause(new FileGone())).isEqualTo("the file is gone: put it back");
    assertThat(cause(new IllegalStateException("odd")))
        .isEqualTo("java.lang.IllegalStateException: odd");
  }

  @Test
  void aLongCauseEndsWithAWordAndAnEllipsis() {
    String cause = cause(new IllegalStateException("start the agent anew ".repeat(40)));
    assertThat(cause)
        .hasSizeLessThanOrEqualTo(Failure.LONGEST)
        .hasSizeGreaterThan(Failure.LONGEST - 10)
        .containsPattern(" (start|the|agent|anew)…$");
    String short300 = "x".repeat(Failure.LONGEST - "java.lang.Error: ".length());
    assertThat(cause(new Error(short300))).endsWith("x").hasSize(Failure.LONGEST);
  }

  @Test
  void aWordThatIsTooLongIsCutBetweenCharacters() {
    for (String before : new String[] {"", "x"}) {
      String cause = cause(new Error(before + "𠮷".repeat(Failure.LONGEST)));
      assertThat(cause).hasSizeLessThanOrEqualTo(Failure.LONGEST).endsWith("𠮷…");
    }
  }
}

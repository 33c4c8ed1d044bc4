package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clock and the disk are set by hand. */
class RecentSpaceTest {

  private static final Path FOLDER = Path.of("/data");
  private static final long PLENTY = 1L << 30;

  private long free = PLENTY;
  private long now;
  private final RecentSpace space =
      new RecentSpace(
          folder -> {
            if (free < 0) {
              throw new IOException("no answer");
            }
            return free;
          },
          () -> now);

  @Test
  void anAnswerStandsForATenthOfASecondWhereThereIsPlenty() throws IOException {
    assertThat(space.of(FOLDER)).isEqualTo(PLENTY);
    free = PLENTY - 1;
    now = TimeUnit.MILLISECONDS.toNanos(99);
    assertThat(space.of(FOLDER)).isEqualTo(PLENTY);
    now = TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(space.of(FOLDER)).isEqualTo(PLENTY - 1);
  }

  @Test
  void itIsAskedEachTimeWhereLittleIsLeft() throws IOException {
    free = 200L << 20;
    assertThat(space.of(FOLDER)).isEqualTo(free);
    free = 1;
    assertThat(space.of(FOLDER)).isEqualTo(1);
  }

  @Test
  void noAnswerStandsForNothing() throws IOException {
    free = -1;
    assertThatThrownBy(() -> space.of(FOLDER)).isInstanceOf(IOException.class);
    free = PLENTY;
    assertThat(space.of(FOLDER)).isEqualTo(PLENTY);
    free = -1;
    now = TimeUnit.SECONDS.toNanos(1);
    assertThatThrownBy(() -> space.of(FOLDER)).isInstanceOf(IOException.class);
    free = 5;
    assertThat(space.of(FOLDER)).isEqualTo(5);
  }
}

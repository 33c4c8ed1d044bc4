package org.linli.sims.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private final Silence silence = new Silence();

  private void look(long progress, boolean waited, int second) {
    silence.look(progress, waited, TimeUnit.SECONDS.toNanos(second));
  }

  @Test
  void lastsFromTheLastProgressOn() {
    look(10, true, 100);
    look(11, true, 101);
    look(11, true, 108);
    assertThat(silence.longest()).isEqualTo(7);
    look(12, true, 109);
    look(12, true, 111);
    assertThat(silence.longest()).as("the longest counts").isEqualTo(7);
  }

  @Test
  void isNoneWhileNothingIsWaitedFor() {
    look(10, false, 100);
    look(10, false, 150);
    look(10, true, 151);
    assertThat(silence.longest()).isEqualTo(1);
  }
}

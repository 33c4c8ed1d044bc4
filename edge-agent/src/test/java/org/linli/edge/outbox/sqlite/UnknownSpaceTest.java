package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.padded;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A disk that does not say how much of it is free is not full for that. */
class UnknownSpaceTest {

  @TempDir private Path folder;

  @Test
  void nothingIsGivenUpWhileNobodySaysHowMuchIsFree() throws Exception {
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder,
            OpenedOutbox.small(
                DataSize.ofMegabytes(8), Duration.ofDays(1), DataSize.ofKilobytes(64)))) {
      opened.offer(padded(bulk("lift-1", null), 24));
      opened.saysNothingOfItsRoom();
      for (int i = 0; i < 20; i++) {
        assertThat(opened.offer(padded(bulk("lift-1", null), 24))).isEqualTo("taken");
      }
      assertThat(opened.outbox().ledger().shed()).isZero();
    }
  }
}

package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.padded;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.program.process.JavaProgram;
import org.springframework.util.unit.DataSize;

/** In a program of its own, as a line about one cause comes once a minute in each. */
class GivenUpLogTest {

  @TempDir private Path folder;

  @Test
  void saysOnceThatEventsAreGivenUpForWantOfRoom() throws Exception {
    String said = JavaProgram.printedBy(Gateway.class, folder.toString());

    assertThat(said)
        .containsOnlyOnce("Events that wait for the hub are given up for want of room")
        .containsPattern("WARN .*events=\"[1-9][0-9]*\" in-all=\"[1-9][0-9]*\" quota=\"524288B\"");
  }

  /** Takes events while the hub is away, until some are given up several times. */
  static final class Gateway {

    private static final int GIVEN_UP = 20;

    private Gateway() {}

    static void main(String[] arguments) {
      try (OpenedOutbox opened =
          new OpenedOutbox(
              Path.of(arguments[0]),
              OpenedOutbox.small(
                  DataSize.ofKilobytes(512), Duration.ofHours(1), DataSize.ofKilobytes(64)))) {
        while (opened.outbox().ledger().shed() < GIVEN_UP) {
          opened.offer(padded(measurement("meter-1", null), 20));
        }
      }
    }
  }
}

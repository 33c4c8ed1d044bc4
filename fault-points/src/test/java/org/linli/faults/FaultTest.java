package org.linli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

  @TempDir private Path folder;

  @Test
  void readsSeveralFaultsAtOnce() throws IOException {
    Path clock = Files.writeString(folder.resolve("clock"), "0");

    assertThat(
            Fault.parse(
                "kill:agent.before-fsync:3, kill:hub.within-transaction,sabotage:skip-fsync,"
                    + "sabotage:fail-participant:door-1,collect:15,clock:"
                    + clock))
        .containsExactly(
            new Fault.Kill(Point.AGENT_BEFORE_FSYNC, 3),
            new Fault.Kill(Point.HUB_WITHIN_TRANSACTION, 1),
            new Fault.Sabotage(Broken.SKIP_FSYNC),
            new Fault.FailParticipant("door-1"),
            new Fault.Collect(15),
            new Fault.ClockFile(clock));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                            | nothing is asked for; write -javaagent
          explode                       | 'explode' is none of kill:POINT[:N], sabotage:NAME, clock:FILE and collect:SECONDS.
          kill:agent.lunch              | kill:agent.lunch is no point; there are agent.before-fsync, agent.between
          kill:agent.before-fsync:0     | '0' in kill:POINT:N is no number from 1 on.
          kill:agent.before-fsync:often | 'often' in kill:POINT:N is no number from 1 on.
          sabotage:kindly               | sabotage:kindly is none; there are skip-fsync, acknowledge-early, forget
          clock:/nowhere/at/all         | clock:/nowhere/at/all is no file; make one that holds signed milliseconds
          collect:never                 | 'never' in collect:SECONDS is no number from 1 on.
          sabotage:skip-fsync,          | '' is none of kill:POINT[:N], sabotage:NAME, clock:FILE and collect:SECONDS.
          """)
  void saysWhatIsWrong(String specification, String sentence) {
    assertThatExceptionOfType(UnusableFaultException.class)
        .isThrownBy(() -> Fault.parse(specification))
        .withMessageStartingWith(sentence);
  }
}

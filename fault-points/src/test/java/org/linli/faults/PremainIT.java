package org.linli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.EdgeAgentApplication;

/**
 * The jar as Java's agent of a process. That each fault does to hub and gateway what it says is
 * seen where those run: device-sims, {@code SabotageIT} and {@code FaultPointsIT}.
 */
class PremainIT {

  @TempDir private Path folder;

  private static Process start(String specification) throws IOException {
    return start(specification, "-XX:TieredStopAtLevel=1");
  }

  private static Process start(String specification, String option) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            option,
            "-javaagent:" + Path.of("target", "fault-points.jar") + "=" + specification,
            "-cp",
            Path.of("target", "test-classes").toString(),
            EdgeAgentApplication.class.getName())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void shiftsTheClockWhenTheFileSaysSoAndPassesOverWhatConcernsTheOtherProgram() throws Exception {
    Path shift = Files.writeString(folder.resolve("clock"), "3600000\n");
    Process program = start("sabotage:ignore-digest,clock:" + shift);
    try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8);
        Writer ask = program.outputWriter(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("ahead 3600");
      Files.writeString(shift, "-1800000");
      await()
          .until(
              () -> {
                ask.write('.');
                ask.flush();
                return said.readLine();
              },
              "ahead -1800"::equals);
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void collectsGarbageAgainAndAgain() throws Exception {
    Process program = start("collect:1", "-Xlog:gc:stdout");
    try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.lines().filter(line -> line.contains("(System.gc())")).limit(2)).hasSize(2);
    } finally {
      program.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explode                 | fault-points: 'explode' is none of
          kill:agent.before-fsync | fault-points: the gateway has no place any more for kill:agent.before-fsync
          """)
  void endsTheProgramWithASentence(String specification, String sentence) throws Exception {
    Process program = start(specification);
    try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).startsWith(sentence);
      assertThat(program.waitFor()).isEqualTo(Premain.CANNOT_RUN);
    }
  }
}

package org.linli.sims.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process on a disk, which says line by line what it has done. */
final class Victim implements AutoCloseable {

  private static final Path FAULT_POINTS =
      Path.of("..", "fault-points", "target", "fault-points.jar").toAbsolutePath().normalize();

  private final Process process;
  private final BufferedReader lines;

  private Victim(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param faults what goes wrong in it, as fault-points takes it; empty: nothing
   */
  static Victim start(Class<?> main, String faults, Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    if (!faults.isEmpty()) {
      assertThat(FAULT_POINTS).as("run ./mvnw package for fault-points first").exists();
      command.add("-javaagent:" + FAULT_POINTS + "=" + faults);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new Victim(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line; null when it has ended. */
  String next() throws IOException {
    return lines.readLine();
  }

  /** By its handle, because {@code Process.destroyForcibly} closes what it had still to say. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

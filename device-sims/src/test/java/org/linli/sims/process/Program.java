package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of Linli's programs, started from its jar as its users start it. */
final class Program implements AutoCloseable {

  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * By {@code ./launch}, with the first compiler only: these programs end before the second one has
   * paid for itself.
   *
   * @param program {@code hub} or {@code edge-agent}
   * @param log takes what the program writes; added to when it is there already
   */
  static Program launch(
      String program, Map<String, String> environment, Path log, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("LINLI_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return start(List.of("bash", Unpacked.launch().toString(), program), all, log, arguments);
  }

  /**
   * By {@code java -jar}.
   *
   * @param jar below the folder of the whole build, for example {@code hub/target/hub.jar}
   * @param log takes what the program writes; added to when it is there already
   */
  static Program start(String jar, Map<String, String> environment, Path log, String... arguments) {
    Path file = Path.of("..", jar).toAbsolutePath().normalize();
    assertThat(file).as("run ./mvnw package for all modules first").exists();
    return start(
        List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-jar", file.toString()),
        environment,
        log,
        arguments);
  }

  private static Program start(
      List<String> how, Map<String, String> environment, Path log, String... arguments) {
    List<String> command = new ArrayList<>(how);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("LINLI_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Program(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would: at once, in the middle of whatever it does. */
  void killHard() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  int awaitExit(Duration patience) throws InterruptedException {
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(ended).as("ends within %s:%n%s", patience, output()).isTrue();
    return process.exitValue();
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        killHard();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package org.linli.sims.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;

/**
 * A program that runs as a process of its own. None outlives this one: when it ends, on Ctrl-C too,
 * those that still run are killed.
 */
public final class Program implements AutoCloseable {

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final Duration GRACE = Duration.ofSeconds(10);

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "kill"));
  }

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one, without this process' own settings of Linli.
   *
   * @param log takes what it writes; added to when it is there already
   * @throws CannotRunException when it cannot be started
   */
  public static Program start(List<String> command, Map<String, String> environment, Path log)
      throws CannotRunException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("LINLI_"));
    // What is killed, stopped and looked at here is the program itself.
    builder.environment().put("LINLI_RESTART", "no");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      RUNNING.add(process);
      var _ = process.onExit().thenRun(() -> RUNNING.remove(process));
      process.getOutputStream().close();
      return new Program(process, log);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "%s cannot be started: %s.".formatted(command.getFirst(), e.getMessage()));
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Ends it at once ({@code kill -9}), in the middle of whatever it does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** It stands still (SIGSTOP) until {@link #thaw}; what is connected to it is not told. */
  public void freeze() throws CannotRunException, InterruptedException {
    signal("STOP");
  }

  /** It goes on (SIGCONT). */
  public void thaw() throws CannotRunException, InterruptedException {
    signal("CONT");
  }

  /** Asks it to end (SIGTERM), and kills it when it has not after a while. */
  public void stop(Duration grace) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** Its exit code; empty when it still runs by then. A kill shows as 137. */
  public OptionalInt awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Everything that it has written; what cannot be read is told instead. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "its log %s cannot be read: %s".formatted(log, e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      stop(GRACE);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String name) throws CannotRunException, InterruptedException {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
              .redirectErrorStream(true)
              .start();
      kill.getInputStream().readAllBytes();
      kill.waitFor();
    } catch (IOException e) {
      throw CannotRunException.unusable("The command kill is missing: " + e.getMessage());
    }
  }
}

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
 * A program that runs as a process of its own. It does not outlive this process: when this one
 * ends, also by Ctrl-C, programs that still run are killed.
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
   * Starts a program, without this process' own settings of Linli.
   *
   * @param log receives its output; appended to when it exists
   * @throws CannotRunException when it cannot be started
   */
  public static Program start(List<String> command, Map<String, String> environment, Path log)
      throws CannotRunException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("LINLI_"));
    // This class kills, stops and inspects the program itself, not a script that restarts it.
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

  /** Kills it at once ({@code kill -9}), whatever it is doing. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Stops it (SIGSTOP) until {@link #thaw}; its peers are not notified. */
  public void freeze() throws CannotRunException, InterruptedException {
    signal("STOP");
  }

  /** Continues it (SIGCONT). */
  public void thaw() throws CannotRunException, InterruptedException {
    signal("CONT");
  }

  /** Asks it to end (SIGTERM), and kills it if it has not ended after the grace period. */
  public void stop(Duration grace) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** Its exit code; empty when it still runs after that time. A kill shows as 137. */
  public OptionalInt awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Everything that it has written; when that cannot be read, a sentence says so. */
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

package org.linli.program.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Mosquitto as a process on a port of its own; it can be ended and started again there.
 */
public final class Mosquitto implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private Mosquitto(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one that lets anybody in, unless the settings say otherwise.
   *
   * @param folder for its configuration and whatever it keeps
   */
  public static Mosquitto start(Path folder, String... settings) throws IOException {
    Mosquitto mosquitto = absent(folder, settings);
    mosquitto.start();
    return mosquitto;
  }

  /** One that is not started yet. */
  public static Mosquitto absent(Path folder, String... settings) throws IOException {
    boolean installed = Files.isExecutable(PROGRAM);
    if ("true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))) {
      assertThat(installed).as("%s is installed", PROGRAM).isTrue();
    }
    assumeThat(installed).as("%s is installed", PROGRAM).isTrue();
    Mosquitto mosquitto = new Mosquitto(folder, freePort());
    mosquitto.configure(settings);
    return mosquitto;
  }

  /** What it is told at its next start. */
  public void configure(String... settings) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("listener " + port + " 127.0.0.1", "user root", "set_tcp_nodelay true"));
    if (List.of(settings).stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
      lines.add("allow_anonymous true");
    }
    lines.addAll(List.of(settings));
    Files.createDirectories(folder);
    Files.write(folder.resolve("mosquitto.conf"), lines);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  public String uri() {
    return "mqtt://127.0.0.1:" + port;
  }

  public void start() throws IOException {
    process =
        new ProcessBuilder(PROGRAM.toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
            .start();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
              }
            });
  }

  /** In order, so that it writes down what it keeps where it was told to. */
  public void stop() throws InterruptedException {
    end(false);
  }

  /** As a power cut would. */
  public void kill() throws InterruptedException {
    end(true);
  }

  /** It answers nobody until it is thawed. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process running = Objects.requireNonNull(process, "it runs");
    assertThat(new ProcessBuilder("kill", signal, Long.toString(running.pid())).start().waitFor())
        .isZero();
  }

  private void end(boolean hard) throws InterruptedException {
    Process running = process;
    if (running == null) {
      return;
    }
    if (hard) {
      running.destroyForcibly();
    } else {
      running.destroy();
    }
    assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
    process = null;
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}

package org.linli.hub.gateway.broker;

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

/** Debian's Mosquitto as a process on a port of its own. */
final class Mosquitto implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private Mosquitto(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one that lets anybody in.
   *
   * @param folder for its configuration
   */
  static Mosquitto start(Path folder) throws IOException {
    return start(folder, List.of());
  }

  /**
   * Starts one that lets anybody in.
   *
   * @param folder for its configuration and what it keeps
   * @param settings further lines of its configuration
   */
  static Mosquitto start(Path folder, List<String> settings) throws IOException {
    boolean installed = Files.isExecutable(PROGRAM);
    if ("true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))) {
      assertThat(installed).as("%s is installed", PROGRAM).isTrue();
    }
    assumeThat(installed).as("%s is installed", PROGRAM).isTrue();
    Mosquitto mosquitto = new Mosquitto(folder, freePort());
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>(settings);
    lines.addAll(
        List.of(
            "listener " + mosquitto.port + " 127.0.0.1",
            "user root",
            "set_tcp_nodelay true",
            "allow_anonymous true"));
    Files.write(folder.resolve("mosquitto.conf"), lines);
    mosquitto.start();
    return mosquitto;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String uri() {
    return "mqtt://127.0.0.1:" + port;
  }

  private void start() throws IOException {
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

  /** It answers nobody until it is thawed. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process running = Objects.requireNonNull(process, "it runs");
    assertThat(new ProcessBuilder("kill", signal, Long.toString(running.pid())).start().waitFor())
        .isZero();
  }

  /** Kills it and starts it again, by which it forgets what it has not written down. */
  void killAndRestart() throws IOException, InterruptedException {
    close();
    start();
  }

  /** Ends it in order and starts it again. */
  void restart() throws IOException, InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    start();
  }

  @Override
  public void close() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
      process = null;
    }
  }
}

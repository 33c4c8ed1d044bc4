package org.linli.hub.records;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.linli.hub.HubApplication;

/** A hub as a process of its own, which can be killed and frozen. */
final class HubProcess implements AutoCloseable {

  static final String TOKEN = "a-token-that-only-tests-know";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path data;
  private final int port;
  private final List<String> command;
  private Process process;

  HubProcess(Path data, String... settings) throws IOException {
    this.data = data;
    this.port = freePort();
    this.command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            HubApplication.class.getName(),
            "--linli.data=" + data,
            "--linli.gateway.port=0",
            "--server.port=" + port,
            "--linli.admin-token=" + TOKEN));
    command.addAll(List.of(settings));
    this.process = start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start() throws IOException {
    Files.createDirectories(data);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  String said() throws IOException {
    return Files.readString(log());
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address() + path))
              .timeout(Duration.ofSeconds(5))
              .header("Authorization", "Bearer " + TOKEN)
              .build(),
          BodyHandlers.ofString());
    }
  }

  /** Waits until it answers this path with this status. */
  void awaitStatus(String path, int status) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(IOException.class::isInstance)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("It ended: " + said());
              }
              return get(path).statusCode() == status;
            });
  }

  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end; returns its exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("It goes on");
    }
    return process.exitValue();
  }

  void startAgain() throws IOException {
    process = start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

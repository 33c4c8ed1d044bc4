package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Debian's PostgreSQL as a process on a port of its own, with a cluster of its own. It ends with
 * the process that started it, also if that is killed, and its files go with it.
 */
public final class PostgresServer implements AutoCloseable {

  /** Whoever comes by this name may do everything. */
  public static final String SUPERUSER = "postgres";

  /** Who comes by this name needs a password. */
  public static final String GUARDED = "guarded";

  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
  private static final int OLDEST = 15;

  /** In memory, where it is large enough: a test waits for no disk, and the server syncs. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final long ENOUGH = 2L << 30;

  /** Where everybody may be, also the server's user. */
  private static final File ROOT = new File("/");

  private static final String KEEP = "keep";

  /** Ends the server and removes its files once nothing holds this script's standard input. */
  private static final String WITH_THE_TEST =
      """
      "$0" -D "$1/data" & server=$!
      read -r word
      if [ "$word" = keep ]; then wait $server; exit; fi
      kill -QUIT $server; wait $server; rm -rf "$1"
      """;

  private final Path programs;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private PostgresServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param settings of the server, as {@code name = value}
   */
  public static PostgresServer started(String... settings) {
    try {
      Path programs = programs();
      Path home = Files.isDirectory(MEMORY) && hasRoom(MEMORY) ? MEMORY : Path.of("/tmp");
      Path folder = Files.createTempDirectory(home, "linli-postgresql-");
      PostgresServer server = new PostgresServer(programs, folder, freePort());
      server.make(settings);
      server.start();
      return server;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no PostgreSQL", e);
    }
  }

  private static boolean hasRoom(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace() >= ENOUGH;
  }

  /** Skips the test where there is none, unless every part is asked for. */
  private static Path programs() throws IOException {
    if (Files.isDirectory(PROGRAMS)) {
      try (Stream<Path> versions = Files.list(PROGRAMS)) {
        Path newest =
            versions
                .filter(version -> number(version) >= OLDEST)
                .max(Comparator.comparingInt(PostgresServer::number))
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .orElse(null);
        if (newest != null) {
          return newest;
        }
      }
    }
    String missing = "no PostgreSQL of version " + OLDEST + " or later in " + PROGRAMS;
    if ("true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))) {
      throw new AssertionError(missing + ", and LINLI_REQUIRE_CONTAINERS asks for it");
    }
    throw new TestAbortedException(missing);
  }

  private static int number(Path version) {
    String name = version.getFileName().toString();
    return name.matches("\\d+") ? Integer.parseInt(name) : 0;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void make(String... settings) throws IOException, InterruptedException {
    if (isRoot()) {
      program("chown", SUPERUSER, folder.toString());
    }
    Path data = folder.resolve("data");
    program(
        asServer(
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "max_connections = 300",
                "full_page_writes = off",
                "max_wal_size = '256MB'",
                "shared_buffers = '64MB'",
                "autovacuum_naptime = '10s'"));
    lines.addAll(List.of(settings));
    configure(lines);
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        host all %s 127.0.0.1/32 scram-sha-256
        host all all 127.0.0.1/32 trust
        """
            .formatted(GUARDED));
  }

  /** What it is told at its next start, besides what it was told before. */
  public void configure(List<String> lines) throws IOException {
    Path configuration = folder.resolve("data").resolve("postgresql.conf");
    Files.writeString(
        configuration, Files.readString(configuration) + String.join("\n", lines) + "\n");
  }

  /** Starts it again after {@link #stop} or {@link #kill}. */
  public void start() throws IOException {
    process =
        new ProcessBuilder(
                asServer(
                    "sh",
                    "-c",
                    WITH_THE_TEST,
                    programs.resolve("postgres").toString(),
                    folder.toString()))
            .directory(ROOT)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .until(this::answers);
  }

  private boolean answers() throws IOException {
    if (!Objects.requireNonNull(process).isAlive()) {
      throw new IllegalStateException("PostgreSQL ended: " + Files.readString(log()));
    }
    try (Connection _ = connection("postgres")) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** It refuses to be root. */
  private static List<String> asServer(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(
          List.of(
              "setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void program(String... command) throws IOException, InterruptedException {
    program(List.of(command));
  }

  private static void program(List<String> command) throws IOException, InterruptedException {
    Process running = new ProcessBuilder(command).directory(ROOT).redirectErrorStream(true).start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(said).isZero();
  }

  /** Runs one of PostgreSQL's own programs, as a person would in a shell. */
  public void shell(String command) {
    try {
      program("sh", "-c", "PATH=%s:$PATH PGUSER=%s %s".formatted(programs, SUPERUSER, command));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(command, e);
    }
  }

  public int port() {
    return port;
  }

  /** The address of a database, as a hub is told it. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  Connection connection(String database) throws SQLException {
    return DriverManager.getConnection(url(database), SUPERUSER, "");
  }

  /** Runs statements as the one who may do everything. */
  public void run(String database, String... statements) {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one value that a query has. */
  public String ask(String database, String query) {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In order: whoever is connected is told. */
  public void stop() throws InterruptedException {
    signal("-INT");
  }

  /** As a crash or a power cut: nothing is written any more, and the next start recovers. */
  public void kill() throws InterruptedException {
    signal("-QUIT");
  }

  /** As {@code kill -9} of the main process: the others notice, and end by themselves. */
  public void crash() throws IOException, InterruptedException {
    List<ProcessHandle> all =
        processes().stream()
            .map(id -> ProcessHandle.of(Long.parseLong(id)))
            .flatMap(Optional::stream)
            .toList();
    signal("-KILL");
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void signal(String signal) throws InterruptedException {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    try {
      String pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).getFirst();
      program("kill", signal, pid);
      try (OutputStream word = running.getOutputStream()) {
        word.write((KEEP + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Whoever asks waits until it goes on. */
  public Pause pause() throws IOException, InterruptedException {
    List<String> ids = processes();
    signalAll("-STOP", ids);
    return () -> signalAll("-CONT", ids);
  }

  /** A server that does not go on. */
  @FunctionalInterface
  public interface Pause extends AutoCloseable {
    @Override
    void close() throws IOException, InterruptedException;
  }

  private List<String> processes() throws IOException {
    String main = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).getFirst();
    List<String> ids = new ArrayList<>(List.of(main));
    ProcessHandle.of(Long.parseLong(main))
        .ifPresent(server -> server.children().forEach(one -> ids.add(Long.toString(one.pid()))));
    return ids;
  }

  private static void signalAll(String signal, List<String> ids)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    command.addAll(ids);
    // One of them may have ended meanwhile.
    new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @Override
  public void close() {
    try {
      kill();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.linli.hub.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which database has the records of tests: SQLite in a test's folder, or with {@code
 * -Dlinli.test.records=postgresql} a schema for each folder, on one server for the process. A
 * folder that is opened again finds its records again on either.
 */
public final class TestDatabase {

  /** The setting that chooses; a test that is about SQLite's files is skipped by it. */
  public static final String SETTING = "linli.test.records";

  public static final String POSTGRESQL = "postgresql";

  private static final String DATABASE = "postgres";
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Map<Path, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final AtomicInteger MADE = new AtomicInteger();
  private static @Nullable PostgresServer server;

  private static final class Schema {

    final String name;
    volatile boolean wasThere;

    Schema(String name) {
      this.name = name;
    }
  }

  private TestDatabase() {}

  public static boolean isPostgresql() {
    return POSTGRESQL.equals(System.getProperty(SETTING));
  }

  /** What a hub on this folder is told, as settings of its command line. */
  public static Map<String, String> settings(Path folder) {
    return isPostgresql()
        ? Map.of(
            "--linli.database-url", url(folder), "--linli.database-user", PostgresServer.SUPERUSER)
        : Map.of();
  }

  /** The records that a folder has or will have. */
  static RecordsDatabase open(Path folder) {
    return isPostgresql()
        ? new PostgresDatabase(
            DatabaseAddress.of(url(folder), PostgresServer.SUPERUSER, null),
            "http://127.0.0.1:8080")
        : new SqliteFile(folder.resolve("hub.db"), WAIT);
  }

  /**
   * Connections to a real PostgreSQL, whichever has the records of this test.
   *
   * @param look looks whether it is there again, as a hub does every second
   */
  public record Shared(SharedConnections connections, Runnable look) {}

  public static Shared shared(PostgresServer server, String database) {
    PostgresDatabase opened =
        new PostgresDatabase(
            DatabaseAddress.of(server.url(database), PostgresServer.SUPERUSER, null), "");
    return new Shared(new SharedConnections(opened), opened.availability()::look);
  }

  private static String url(Path folder) {
    return server().url(DATABASE) + "?currentSchema=" + schema(folder);
  }

  private static String schema(Path folder) {
    dropThoseOfFoldersThatAreGone();
    return SCHEMAS.computeIfAbsent(
            folder.toAbsolutePath().normalize(),
            _ -> {
              String name = "t_" + MADE.incrementAndGet();
              server().run(DATABASE, "CREATE SCHEMA " + name);
              return new Schema(name);
            })
        .name;
  }

  /** A hub makes its folder itself, so one that was never there may come yet. */
  private static void dropThoseOfFoldersThatAreGone() {
    SCHEMAS.forEach(
        (folder, schema) -> {
          if (Files.exists(folder)) {
            schema.wasThere = true;
          } else if (schema.wasThere && SCHEMAS.remove(folder, schema)) {
            server()
                .run(
                    DATABASE,
                    "SET lock_timeout = '2s'",
                    "DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema.name));
          }
        });
  }

  /** The server of this process, which is started when it is first asked for. */
  public static synchronized PostgresServer server() {
    PostgresServer running = server;
    if (running == null) {
      running = PostgresServer.started();
      server = running;
    }
    return running;
  }

  /**
   * Makes the records of one folder those of another too, as they are committed now. What the other
   * folder had is gone.
   */
  public static void copy(Path from, Path to) {
    if (isPostgresql()) {
      copySchema(schema(from), schema(to));
      return;
    }
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(to.resolve("hub.db" + suffix));
      }
      for (String suffix : List.of("", "-wal")) {
        Path file = from.resolve("hub.db" + suffix);
        if (Files.exists(file)) {
          Files.copy(file, to.resolve("hub.db" + suffix), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the records of a folder away; what else is in it stays. */
  public static void empty(Path folder) throws IOException {
    if (isPostgresql()) {
      String schema = schema(folder);
      server().run(DATABASE, "DROP SCHEMA %s CASCADE".formatted(schema), "CREATE SCHEMA " + schema);
    }
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("hub.db" + suffix));
    }
  }

  private static void copySchema(String from, String to) {
    server()
        .run(
            DATABASE,
            "DROP SCHEMA %s CASCADE".formatted(to),
            "CREATE SCHEMA " + to,
            """
            DO $$ DECLARE one text; BEGIN
              FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = '%1$s' LOOP
                EXECUTE format('CREATE TABLE %2$s.%%I (LIKE %1$s.%%I INCLUDING ALL)', one, one);
                EXECUTE format('INSERT INTO %2$s.%%I SELECT * FROM %1$s.%%I', one, one);
              END LOOP;
            END $$
            """
                .formatted(from, to));
  }
}

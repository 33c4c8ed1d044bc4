package org.linli.hub.records.keeping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.SchemaState;
import org.linli.program.Help;
import org.linli.program.folder.OwnerOnly;

/**
 * Saves the records in one file while a hub may be running. The history is not in it: after a
 * restore it is built anew from the archive, which is.
 */
public final class Backup {

  private static final String ARCHIVE =
      """
      SELECT lacks, COALESCE((SELECT MIN(received_at) FROM journal), 0) FROM archive WHERE id = 1
      """;

  private final RecordsPlace place;
  private final Map<String, String> variables;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * @param variables those of this process, for the programs of PostgreSQL
   */
  public Backup(
      RecordsPlace place, Map<String, String> variables, InstantSource clock, Progress progress) {
    this.place = place;
    this.variables = Map.copyOf(variables);
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Writes it.
   *
   * @param file does not exist yet, and exists afterwards only if this returns
   * @throws KeepingException when it cannot be done
   */
  public Manifest write(Path file) throws KeepingException {
    Path target = file.toAbsolutePath().normalize();
    try (Connection connection = place.read();
        BackupWriter writer = BackupWriter.begin(target)) {
      SchemaState schema = place.schema();
      if (!schema.isKnown()) {
        throw new KeepingException("steps-differ", place);
      }
      Content content = content(connection);
      Manifest.Member member =
          place.isPostgresql() ? dump(connection, writer) : copy(connection, writer);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              Help.version(Backup.class),
              clock.instant(),
              place.isPostgresql() ? Manifest.POSTGRESQL : Manifest.SQLITE,
              place.isPostgresql() ? connection.getSchema() : "",
              schema.newest(),
              content.archiveIsWhole(),
              content.archiveFrom(),
              List.of(member));
      writer.end(manifest);
      return manifest;
    } catch (IOException e) {
      throw DiskFull.orUnwritten(target, e);
    } catch (SQLException e) {
      throw new KeepingException("copy-failed", String.valueOf(e.getMessage()));
    }
  }

  private record Content(boolean archiveIsWhole, long archiveFrom) {}

  private static Content content(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ARCHIVE)) {
      row.next();
      return new Content(row.getInt(1) == 0, row.getLong(2));
    } finally {
      connection.rollback();
    }
  }

  private Manifest.Member copy(Connection connection, BackupWriter writer)
      throws IOException, SQLException, KeepingException {
    Path copy = writer.beside();
    Files.deleteIfExists(copy);
    SqliteCopy.make(connection, copy, progress);
    long all = Files.size(copy);
    try (InputStream in = Files.newInputStream(copy)) {
      return writer.add("hub.db", in, done -> progress.at("hub.db.zip", done, all));
    }
  }

  private Manifest.Member dump(Connection connection, BackupWriter writer)
      throws IOException, SQLException, KeepingException {
    int server = connection.getMetaData().getDatabaseMajorVersion();
    String schema = connection.getSchema();
    // It has a snapshot of its own.
    connection.rollback();
    Path program = PostgresPrograms.find("pg_dump", server, variables);
    Path said = writer.beside();
    OwnerOnly.create(said);
    ProcessBuilder dump =
        new ProcessBuilder(
                program.toString(),
                "--format=custom",
                "--compress=0",
                "--no-owner",
                "--no-privileges",
                "--no-password",
                "--table=\"%s\".*".formatted(schema),
                "--exclude-table-data=\"%s\".session".formatted(schema),
                "--exclude-table-data=\"%s\".known_address".formatted(schema))
            .redirectError(said.toFile());
    PostgresPrograms.giveVariables(dump, place.programVariables());
    Process running = dump.start();
    try {
      Manifest.Member member =
          writer.add(
              "records.dump", running.getInputStream(), done -> progress.at("pg_dump", done, 0));
      if (running.waitFor() != 0) {
        throw new KeepingException("dump-failed", PostgresPrograms.lastLine(said));
      }
      return member;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeepingException("copy-failed", "interrupted");
    } finally {
      PostgresPrograms.end(running);
    }
  }
}

package org.linli.hub.records.keeping;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.linli.hub.records.HistoryAgain;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.SchemaState;
import org.linli.hub.records.UnfinishedWork;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.OwnerOnly;

/**
 * Puts the records of a backup where the settings say, if there are none. Until they are there
 * whole, a file in the data folder keeps a hub from starting; restoring again begins anew.
 */
public final class Restore {

  private final RecordsPlace place;
  private final Map<String, String> variables;
  private final Progress progress;

  /**
   * @param variables those of this process, for the programs of PostgreSQL
   */
  public Restore(RecordsPlace place, Map<String, String> variables, Progress progress) {
    this.place = place;
    this.variables = Map.copyOf(variables);
    this.progress = progress;
  }

  /**
   * Restores them.
   *
   * @throws KeepingException when it cannot be done
   * @throws org.linli.hub.records.RecordsUnavailableException when a database cannot have them
   * @throws org.linli.program.folder.DataFolderRefusedException while a hub runs
   */
  public Manifest restore(Path file) throws KeepingException {
    try (BackupReader backup = BackupReader.open(file)) {
      Manifest manifest = backup.manifest();
      requireFits(file, manifest);
      try (DataFolder folder = place.claim()) {
        if (place.hasRecords()) {
          throw new KeepingException("target-full", place, folder.path());
        }
        backup.check(progress);
        if (place.isPostgresql()) {
          load(backup, folder);
        } else {
          extract(backup, folder);
        }
      }
      return manifest;
    } catch (IOException e) {
      throw DiskFull.orUnwritten(place.folder(), e);
    } catch (SQLException e) {
      throw new KeepingException("copy-failed", String.valueOf(e.getMessage()));
    }
  }

  private void requireFits(Path file, Manifest manifest) throws KeepingException {
    String wanted = place.isPostgresql() ? Manifest.POSTGRESQL : Manifest.SQLITE;
    if (!wanted.equals(manifest.database())) {
      throw new KeepingException("other-database-" + manifest.database(), file);
    }
    if (SchemaState.isBeyondThisVersion(manifest.step())) {
      throw new KeepingException("backup-newer", file, manifest.program());
    }
  }

  private void extract(BackupReader backup, DataFolder folder)
      throws IOException, KeepingException, SQLException {
    Path restoring = folder.resolve(UnfinishedWork.RESTORING);
    remove(restoring);
    try {
      try (FileChannel channel =
              OwnerOnly.open(restoring, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        // A cut now leaves the name that keeps a hub from starting.
        folder.sync();
        backup.extract(out, progress);
        channel.force(true);
      }
      try (Connection connection = place.write(restoring)) {
        giveHistoryAgain(connection);
      }
      OwnerOnly.sync(restoring);
    } catch (IOException | SQLException | KeepingException e) {
      remove(restoring);
      throw e;
    }
    Files.move(restoring, folder.resolve("hub.db"), StandardCopyOption.ATOMIC_MOVE);
    folder.sync();
  }

  private static void remove(Path restoring) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
      Files.deleteIfExists(Path.of(restoring + suffix));
    }
  }

  private void load(BackupReader backup, DataFolder folder)
      throws IOException, KeepingException, SQLException {
    Path restoring = folder.resolve(UnfinishedWork.RESTORING);
    // No hub can begin there while this connection is open.
    try (Connection connection = place.write(restoring)) {
      String schema = connection.getSchema();
      if (!backup.manifest().schema().equals(schema)) {
        throw new KeepingException("other-schema", backup.manifest().schema(), schema);
      }
      int server = connection.getMetaData().getDatabaseMajorVersion();
      Path program = PostgresPrograms.find("pg_restore", server, variables);
      OwnerOnly.write(restoring, new byte[0]);
      folder.sync();
      Path said = folder.resolve(UnfinishedWork.RESTORING + ".log");
      try {
        pipe(backup, program, said);
      } catch (IOException | KeepingException e) {
        // It is one transaction: nothing is there.
        remove(restoring);
        throw e;
      } finally {
        Files.deleteIfExists(said);
      }
      giveHistoryAgain(connection);
    }
    remove(restoring);
    folder.sync();
  }

  private void pipe(BackupReader backup, Path program, Path said)
      throws IOException, KeepingException {
    OwnerOnly.create(said);
    ProcessBuilder restore =
        new ProcessBuilder(
                program.toString(),
                "--exit-on-error",
                "--single-transaction",
                "--no-owner",
                "--no-privileges",
                "--no-password",
                "--dbname=" + place.programVariables().get("PGDATABASE"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said.toFile());
    PostgresPrograms.giveVariables(restore, place.programVariables());
    Process running = restore.start();
    try {
      try (OutputStream in = running.getOutputStream()) {
        backup.extract(in, progress);
      } catch (IOException e) {
        // It ended early, and says why.
        progress.at("pg_restore", 0, 0);
      }
      if (running.waitFor() != 0) {
        throw new KeepingException("restore-failed", PostgresPrograms.lastLine(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeepingException("copy-failed", "interrupted");
    } finally {
      PostgresPrograms.end(running);
    }
  }

  private static void giveHistoryAgain(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(HistoryAgain.STATEMENT);
    }
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }
}

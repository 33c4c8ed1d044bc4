package org.linli.edge.outbox.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterQuery;

/** Reads dead letters from a data folder without changing it, whether or not its agent runs. */
public final class DeadLetterFile {

  private DeadLetterFile() {}

  /**
   * The newest dead letters that match the query, newest first.
   *
   * @param folder data folder of an agent
   * @throws OutboxNotOpenedException when there is no outbox or it cannot be read
   */
  public static List<DeadLetter> read(Path folder, DeadLetterQuery query) {
    Path file = folder.toAbsolutePath().normalize().resolve("outbox.db");
    if (!Files.isReadable(file)) {
      throw new OutboxNotOpenedException(
          "There is no outbox that can be read at " + file + ".",
          "Give the agent's data folder with --data or LINLI_DATA.");
    }
    // Without a log file no agent is running, and SQLite would create one.
    boolean alone = !Files.exists(file.resolveSibling("outbox.db-wal"));
    String url = "jdbc:sqlite:" + file.toUri() + (alone ? "?immutable=1" : "?mode=ro");
    try (Connection reader = DriverManager.getConnection(url)) {
      OutboxDatabase.execute(reader, "PRAGMA busy_timeout = 5000");
      OutboxDatabase.execute(reader, "PRAGMA query_only = ON");
      return DeadLetterTable.newest(reader, query);
    } catch (SQLException e) {
      throw new OutboxNotOpenedException(
          "The outbox " + file + " cannot be read: " + e.getMessage() + ".",
          "Check that it is the data folder of a Linli agent and that you may read it.");
    }
  }
}

package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.Commands.Setting;
import org.linli.edge.memory.HeapShare;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** The last command of each device. For the writer thread only. */
final class CommandTable {

  private static final String ONE = " WHERE kind = ? AND device = ?";

  /** Bytes of a command in memory beside its content. */
  private static final int BYTES_EACH = 256;

  private final InstantSource clock;
  private final long mostBytes;
  private final PreparedStatement others;
  private final PreparedStatement delete;
  private final PreparedStatement insert;

  CommandTable(Connection writer, InstantSource clock) throws SQLException {
    this(writer, clock, HeapShare.COMMANDS.bytes());
  }

  /**
   * @param mostBytes limit of all commands in memory
   */
  CommandTable(Connection writer, InstantSource clock, long mostBytes) throws SQLException {
    this.clock = clock;
    this.mostBytes = mostBytes;
    others =
        writer.prepareStatement(
            "SELECT count(*), coalesce(sum(length(content)), 0) FROM command"
                + " WHERE NOT (kind = ? AND device = ?)");
    delete = writer.prepareStatement("DELETE FROM command" + ONE);
    insert =
        writer.prepareStatement(
            "INSERT INTO command (kind, device, at, content) VALUES (?, ?, ?, ?)"
                + " RETURNING sequence");
  }

  static Map<CommandAddress, Command> read(Connection connection) throws SQLException {
    Map<CommandAddress, Command> commands = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT kind, device, sequence, at, content FROM command");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        CommandAddress address =
            new CommandAddress(Kind.valueOf(rows.getString(1)), new DeviceId(rows.getString(2)));
        commands.put(
            address,
            new Command(
                address, rows.getLong(3), Instant.ofEpochMilli(rows.getLong(4)), rows.getBytes(5)));
      }
    }
    return commands;
  }

  Setting set(CommandAddress address, byte[] content, int most) throws SQLException {
    one(others, address);
    long number;
    long bytes;
    try (ResultSet row = others.executeQuery()) {
      row.next();
      number = row.getLong(1);
      bytes = row.getLong(2) + content.length + (number + 1) * BYTES_EACH;
    }
    if (bytes > mostBytes) {
      return new Setting.TooMuch(mostBytes);
    }
    boolean isFirst = !withdraw(address);
    if (isFirst && number >= most) {
      return new Setting.Full(most);
    }
    Instant at = Instant.ofEpochMilli(clock.millis());
    one(insert, address);
    insert.setLong(3, at.toEpochMilli());
    insert.setBytes(4, content);
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      return new Setting.Kept(new Command(address, row.getLong(1), at, content), isFirst);
    }
  }

  /**
   * @return false if there was none
   */
  boolean withdraw(CommandAddress address) throws SQLException {
    one(delete, address);
    return delete.executeUpdate() == 1;
  }

  private static void one(PreparedStatement statement, CommandAddress address) throws SQLException {
    statement.setString(1, address.kind().name());
    statement.setString(2, address.device().value());
  }
}

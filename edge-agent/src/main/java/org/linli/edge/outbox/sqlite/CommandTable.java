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
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** The last command of each device. For the writer thread only. */
final class CommandTable {

  private static final String ONE = " WHERE kind = ? AND device = ?";

  private final InstantSource clock;
  private final PreparedStatement count;
  private final PreparedStatement delete;
  private final PreparedStatement insert;

  CommandTable(Connection writer, InstantSource clock) throws SQLException {
    this.clock = clock;
    count = writer.prepareStatement("SELECT count(*) FROM command");
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
    boolean isFirst = !withdraw(address);
    if (isFirst && number() >= most) {
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
   * @return false where there was none
   */
  boolean withdraw(CommandAddress address) throws SQLException {
    one(delete, address);
    return delete.executeUpdate() == 1;
  }

  private long number() throws SQLException {
    try (ResultSet row = count.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void one(PreparedStatement statement, CommandAddress address) throws SQLException {
    statement.setString(1, address.kind().name());
    statement.setString(2, address.device().value());
  }
}

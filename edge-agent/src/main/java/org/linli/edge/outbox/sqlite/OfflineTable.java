package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** Devices that the gateway has reported offline. For the writer thread only. */
final class OfflineTable {

  private final PreparedStatement insert;
  private final PreparedStatement delete;

  OfflineTable(Connection writer) throws SQLException {
    insert = writer.prepareStatement("INSERT OR IGNORE INTO offline_device VALUES (?, ?)");
    delete = writer.prepareStatement("DELETE FROM offline_device WHERE name = ?");
  }

  static Map<DeviceId, Kind> read(Connection connection) throws SQLException {
    Map<DeviceId, Kind> devices = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT name, kind FROM offline_device");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        devices.put(new DeviceId(rows.getString(1)), Kind.valueOf(rows.getString(2)));
      }
    }
    return Map.copyOf(devices);
  }

  /**
   * @return false if it was reported before
   */
  boolean add(DeviceId device, Kind kind) throws SQLException {
    insert.setString(1, device.value());
    insert.setString(2, kind.name());
    return insert.executeUpdate() == 1;
  }

  /**
   * @return false if it was not reported
   */
  boolean remove(DeviceId device) throws SQLException {
    delete.setString(1, device.value());
    return delete.executeUpdate() == 1;
  }
}

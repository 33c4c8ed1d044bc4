package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.StateChange;
import org.linli.event.Counts;
import org.linli.event.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known states of devices, which outlive a restart. A change is written in the transaction of
 * its message, and each state once for a group of them. For the writer thread only.
 */
final class StateTable {

  private static final Logger log = LoggerFactory.getLogger(StateTable.class);

  private final PreparedStatement know;
  private final PreparedStatement forget;
  private final PreparedStatement forgetSignal;

  /** What the present group changes; only the newest of each state counts. */
  private final Map<Key, StateChange.Known> known = new LinkedHashMap<>();

  private final List<StateChange.Forgotten> forgottenDevices = new ArrayList<>();
  private final List<StateChange.ForgottenSignal> forgottenSignals = new ArrayList<>();

  private record Key(DeviceId device, String profile, String signal) implements Comparable<Key> {

    /** Keeps the hash table fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Key other) {
      int byDevice = device.compareTo(other.device);
      int bySignal = byDevice != 0 ? byDevice : signal.compareTo(other.signal);
      return bySignal != 0 ? bySignal : profile.compareTo(other.profile);
    }
  }

  StateTable(Connection writer) throws SQLException {
    // Messages of one device can reach the writer in another order than they were read.
    know =
        writer.prepareStatement(
            """
            INSERT INTO device_state (profile, device, signal, state, at, number)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (device, profile, signal) DO UPDATE
            SET state = excluded.state, at = excluded.at, number = excluded.number
            WHERE device_state.number < excluded.number\
            """);
    forget = writer.prepareStatement("DELETE FROM device_state WHERE device = ? AND number <= ?");
    forgetSignal =
        writer.prepareStatement(
            "DELETE FROM device_state"
                + " WHERE device = ? AND profile = ? AND signal = ? AND number <= ?");
  }

  /** Takes what a message of the present group changes, until {@link #write}. */
  void add(List<StateChange> changes) {
    for (StateChange change : changes) {
      switch (change) {
        case StateChange.Known one ->
            known.merge(
                new Key(one.device(), one.profile(), one.signal()),
                one,
                (before, now) -> before.number() < now.number() ? now : before);
        case StateChange.Forgotten gone -> forgottenDevices.add(gone);
        case StateChange.ForgottenSignal gone -> forgottenSignals.add(gone);
      }
    }
  }

  /**
   * Writes what the group changes: each state once, however often it changed. What is forgotten is
   * so after that, because it has the greater number in whatever order the messages came.
   */
  void write() throws SQLException {
    for (StateChange.Known each : known.values()) {
      write(each);
    }
    known.clear();
    for (StateChange.Forgotten each : forgottenDevices) {
      forget.setString(1, each.device().value());
      forget.setLong(2, each.upTo());
      forget.executeUpdate();
    }
    forgottenDevices.clear();
    for (StateChange.ForgottenSignal each : forgottenSignals) {
      forgetSignal.setString(1, each.device().value());
      forgetSignal.setString(2, each.profile());
      forgetSignal.setString(3, each.signal());
      forgetSignal.setLong(4, each.upTo());
      forgetSignal.executeUpdate();
    }
    forgottenSignals.clear();
  }

  private void write(StateChange.Known one) throws SQLException {
    know.setString(1, one.profile());
    know.setString(2, one.device().value());
    know.setString(3, one.signal());
    know.setString(4, one.state());
    Instant at = one.at();
    if (at == null) {
      know.setNull(5, Types.INTEGER);
    } else {
      know.setLong(5, at.toEpochMilli());
    }
    know.setLong(6, one.number());
    know.executeUpdate();
  }

  /**
   * Called at the start of the gateway. A row that cannot be read is deleted, and so is the whole
   * table if it cannot: a state that is not known is told once more, which loses nothing.
   *
   * @return the states, least recently changed first
   */
  static List<StateChange.Known> begin(Connection writer) throws SQLException {
    try {
      return read(writer);
    } catch (SQLException damaged) {
      log.atError()
          .addKeyValue("why", damaged.getMessage())
          .log(
              "The known states of devices cannot be read and are forgotten: each is told once"
                  + " more when its device says it");
      TableAnew.begin(writer, "device_state", List.of(Schema.DEVICE_STATE));
      return List.of();
    }
  }

  private static List<StateChange.Known> read(Connection writer) throws SQLException {
    List<StateChange.Known> states = new ArrayList<>();
    List<List<Object>> unreadable = new ArrayList<>();
    try (PreparedStatement all =
            writer.prepareStatement(
                "SELECT device, profile, signal, state, at, number FROM device_state"
                    + " ORDER BY number");
        ResultSet rows = all.executeQuery()) {
      while (rows.next()) {
        StateChange.Known known = known(rows);
        if (known == null) {
          unreadable.add(Arrays.asList(rows.getObject(1), rows.getObject(2), rows.getObject(3)));
        } else {
          states.add(known);
        }
      }
    }
    if (!unreadable.isEmpty()) {
      log.atWarn()
          .addKeyValue("rows", unreadable.size())
          .log("Known states of devices that cannot be read are forgotten: each is told once more");
      delete(writer, unreadable);
    }
    return states;
  }

  private static void delete(Connection writer, List<List<Object>> keys) throws SQLException {
    try (PreparedStatement delete =
        writer.prepareStatement(
            "DELETE FROM device_state WHERE device IS ? AND profile IS ? AND signal IS ?")) {
      for (List<Object> key : keys) {
        for (int i = 0; i < key.size(); i++) {
          delete.setObject(i + 1, key.get(i));
        }
        delete.executeUpdate();
      }
    }
  }

  private static StateChange.@Nullable Known known(ResultSet row) throws SQLException {
    String profile = row.getString("profile");
    String device = row.getString("device");
    String signal = row.getString("signal");
    String state = row.getString("state");
    long at = row.getLong("at");
    boolean hasTime = !row.wasNull();
    long number = row.getLong("number");
    if (profile == null
        || device == null
        || signal == null
        || state == null
        || number < 1
        || number > Counts.LARGEST) {
      return null;
    }
    try {
      return new StateChange.Known(
          profile,
          new DeviceId(device),
          signal,
          state,
          hasTime ? Instant.ofEpochMilli(at) : null,
          number);
    } catch (IllegalArgumentException notAName) {
      return null;
    }
  }
}

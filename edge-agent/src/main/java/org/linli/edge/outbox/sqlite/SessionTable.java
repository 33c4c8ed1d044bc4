package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.PacketIds;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions of MQTT clients, their unreleased packet ids and their subscriptions. {@code ended_at}
 * is in milliseconds of running time, and null while the client is connected. For the writer thread
 * only.
 */
final class SessionTable {

  private static final Logger log = LoggerFactory.getLogger(SessionTable.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private static final String EXPIRED = "ended_at + expiry * 1000 <= ?";
  private static final int ENDED_AT_ONCE = 100;

  /** After a search found no session to end, the next one waits so long. */
  private static final long BETWEEN_LOOKS_MILLIS = 1_000;

  private final SessionRoom room;
  private final List<String> gone = new ArrayList<>();
  private final PreparedStatement find;
  private final PreparedStatement earliest;
  private final PreparedStatement insert;
  private final PreparedStatement resume;
  private final PreparedStatement end;
  private final PreparedStatement delete;
  private final PreparedStatement deleteReceived;
  private final PreparedStatement sweep;
  private final PreparedStatement sweepReceived;
  private final PreparedStatement receive;
  private final PreparedStatement release;
  private final PreparedStatement unreleased;
  private final PreparedStatement largest;
  private final SubscriptionTable subscriptions;
  private long number;

  /** The running time of the current group. */
  private long running;

  /**
   * The running time at which the next session expires, or earlier. It avoids a search for each of
   * many refused clients.
   */
  private long expiresAt;

  private long lookedInVainAt;
  private boolean lookedInVain;

  SessionTable(Connection writer, OutboxSettings settings) throws SQLException {
    room = new SessionRoom(writer, settings);
    find =
        writer.prepareStatement(
            "SELECT id, coalesce(" + EXPIRED + ", 0) FROM mqtt_session WHERE client = ?");
    number = number(writer);
    earliest = writer.prepareStatement("SELECT min(ended_at + expiry * 1000) FROM mqtt_session");
    insert =
        writer.prepareStatement(
            "INSERT INTO mqtt_session (client, expiry) VALUES (?, ?) RETURNING id");
    resume =
        writer.prepareStatement("UPDATE mqtt_session SET expiry = ?, ended_at = NULL WHERE id = ?");
    end = writer.prepareStatement("UPDATE mqtt_session SET expiry = ?, ended_at = ? WHERE id = ?");
    delete = writer.prepareStatement("DELETE FROM mqtt_session WHERE id = ? RETURNING client");
    deleteReceived = writer.prepareStatement("DELETE FROM mqtt_received WHERE session = ?");
    sweep =
        writer.prepareStatement("DELETE FROM mqtt_session WHERE " + EXPIRED + " RETURNING client");
    sweepReceived =
        writer.prepareStatement(
            "DELETE FROM mqtt_received WHERE session NOT IN (SELECT id FROM mqtt_session)");
    receive = writer.prepareStatement("INSERT OR IGNORE INTO mqtt_received VALUES (?, ?)");
    release = writer.prepareStatement("DELETE FROM mqtt_received WHERE session = ? AND packet = ?");
    unreleased = writer.prepareStatement("SELECT packet FROM mqtt_received WHERE session = ?");
    largest =
        writer.prepareStatement(
            "SELECT id FROM mqtt_session WHERE ended_at IS NOT NULL ORDER BY "
                + SessionRoom.held("mqtt_session.id")
                + " DESC, ended_at LIMIT "
                + ENDED_AT_ONCE);
    subscriptions = new SubscriptionTable(writer);
  }

  private static long number(Connection writer) throws SQLException {
    try (PreparedStatement count = writer.prepareStatement("SELECT count(*) FROM mqtt_session");
        ResultSet row = count.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  SessionRoom room() {
    return room;
  }

  /**
   * Called at the start of the gateway: connected clients no longer are, and expired sessions are
   * deleted.
   *
   * @return the clients that have a session
   */
  static Set<String> begin(Connection writer, OutboxSettings settings) throws SQLException {
    OutboxDatabase.execute(
        writer,
        "UPDATE mqtt_session SET ended_at = (SELECT running FROM totals) WHERE ended_at IS NULL");
    SessionTable sessions = new SessionTable(writer, settings);
    sessions.begin(Totals.read(writer).running());
    sessions.sweep();
    Set<String> clients = new HashSet<>();
    try (PreparedStatement all = writer.prepareStatement("SELECT client FROM mqtt_session");
        ResultSet rows = all.executeQuery()) {
      while (rows.next()) {
        clients.add(rows.getString(1));
      }
    }
    return clients;
  }

  /** Begins a group at this running time, in milliseconds. */
  void begin(long runningMillis) {
    running = runningMillis;
  }

  Opened open(Opening opening) throws SQLException {
    long earlier = 0;
    boolean useless = opening.clean();
    find.setLong(1, running);
    find.setString(2, opening.client());
    try (ResultSet row = find.executeQuery()) {
      if (row.next()) {
        earlier = row.getLong(1);
        useless |= row.getBoolean(2);
      }
    }
    if (earlier != 0 && !useless) {
      resume.setLong(1, opening.expiry().toSeconds());
      resume.setLong(2, earlier);
      resume.executeUpdate();
      return new Opened(earlier, true, unreleased(earlier), subscriptions.of(earlier));
    }
    if (earlier != 0) {
      delete(earlier);
    }
    return opening.expiry().isZero() || !hasRoom(opening.most()) ? Opened.NOTHING : begin(opening);
  }

  private Opened begin(Opening opening) throws SQLException {
    long bytes = SessionRoom.ofSession(opening.client());
    if (!makeRoom(bytes)) {
      return Opened.NOTHING;
    }
    room.add(bytes);
    insert.setString(1, opening.client());
    insert.setLong(2, opening.expiry().toSeconds());
    try (ResultSet key = insert.executeQuery()) {
      key.next();
      number++;
      return new Opened(key.getLong(1), false, new PacketIds(), List.of());
    }
  }

  private boolean hasRoom(int most) throws SQLException {
    if (number >= most && running >= expiresAt) {
      sweep();
      try (ResultSet row = earliest.executeQuery()) {
        long next = row.next() ? row.getLong(1) : 0;
        expiresAt = next == 0 ? Long.MAX_VALUE : next;
      }
    }
    return number < most;
  }

  private void sweep() throws SQLException {
    sweep.setLong(1, running);
    remember(sweep);
    // Includes ids that were written after their session was discarded.
    room.add(-SessionRoom.RECEIVED * sweepReceived.executeUpdate());
    room.add(-subscriptions.sweep());
  }

  /** Whether there is room for {@code more} further packet ids. */
  boolean hasRoomForIds(int more) throws SQLException {
    return makeRoom(SessionRoom.RECEIVED * more);
  }

  /**
   * Makes room by ending sessions of clients that are away, those that hold most first. A client
   * that left much behind makes room for connected ones.
   */
  private boolean makeRoom(long bytes) throws SQLException {
    if (room.has(bytes)) {
      return true;
    }
    if (lookedInVain && running - lookedInVainAt < BETWEEN_LOOKS_MILLIS) {
      return false;
    }
    sweep();
    int ended = 0;
    for (List<Long> next = largest(); !room.isAmple() && !next.isEmpty(); next = largest()) {
      for (long session : next) {
        if (!room.isAmple()) {
          delete(session);
          ended++;
        }
      }
    }
    lookedInVain = !room.isAmple();
    lookedInVainAt = running;
    if (ended > 0) {
      limited
          .atWarn("ended")
          .addKeyValue("sessions", ended)
          .log(
              "MQTT sessions use up their share of the outbox's quota, and those of clients that"
                  + " are away and hold most have ended");
    }
    return room.has(bytes);
  }

  private List<Long> largest() throws SQLException {
    List<Long> sessions = new ArrayList<>();
    try (ResultSet rows = largest.executeQuery()) {
      while (rows.next()) {
        sessions.add(rows.getLong(1));
      }
    }
    return sessions;
  }

  private PacketIds unreleased(long session) throws SQLException {
    PacketIds packets = new PacketIds();
    unreleased.setLong(1, session);
    try (ResultSet rows = unreleased.executeQuery()) {
      while (rows.next()) {
        packets.add(rows.getInt(1));
      }
    }
    return packets;
  }

  /**
   * @return false if it was written before
   */
  boolean receive(Note.Received received) throws SQLException {
    receive.setLong(1, received.session());
    receive.setInt(2, received.packetId());
    boolean isNew = receive.executeUpdate() == 1;
    room.add(isNew ? SessionRoom.RECEIVED : 0);
    return isNew;
  }

  void release(long session, int packetId) throws SQLException {
    release.setLong(1, session);
    release.setInt(2, packetId);
    room.add(-SessionRoom.RECEIVED * release.executeUpdate());
  }

  /**
   * @return whether there was room for them; if not, none was added
   */
  boolean subscribe(long session, List<Subscription> wanted) throws SQLException {
    long more = 0;
    for (Subscription subscription : wanted) {
      more += subscriptions.has(session, subscription) ? 0 : SessionRoom.of(subscription);
    }
    if (more > 0 && !makeRoom(more)) {
      return false;
    }
    room.add(more);
    for (Subscription subscription : wanted) {
      subscriptions.add(session, subscription);
    }
    return true;
  }

  void unsubscribe(long session, List<CommandAddress> unwanted) throws SQLException {
    for (CommandAddress address : unwanted) {
      room.add(-subscriptions.remove(session, address));
    }
  }

  void progressed(long session, Subscription subscription) throws SQLException {
    subscriptions.progress(session, subscription);
  }

  void left(long session, Duration expiry) throws SQLException {
    if (expiry.isZero()) {
      delete(session);
    } else {
      expiresAt = Math.min(expiresAt, running + expiry.toMillis());
      end.setLong(1, expiry.toSeconds());
      end.setLong(2, running);
      end.setLong(3, session);
      end.executeUpdate();
    }
  }

  /** The clients whose session was discarded since the last call. */
  List<String> gone() {
    List<String> clients = List.copyOf(gone);
    gone.clear();
    return clients;
  }

  private void remember(PreparedStatement deletion) throws SQLException {
    try (ResultSet deleted = deletion.executeQuery()) {
      while (deleted.next()) {
        String client = deleted.getString(1);
        gone.add(client);
        room.add(-SessionRoom.ofSession(client));
        number--;
      }
    }
  }

  private void delete(long session) throws SQLException {
    delete.setLong(1, session);
    remember(delete);
    deleteReceived.setLong(1, session);
    room.add(-SessionRoom.RECEIVED * deleteReceived.executeUpdate());
    room.add(-subscriptions.deleteOf(session));
  }
}

package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Times;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.event.Values;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters that may report an emergency, and the gateway's events about them: at most one event
 * a minute for each registered device, and one for all other senders together. What comes within
 * that minute is counted and told with the next event; the counts are on disk in the transaction of
 * the dead letters. For the writer thread only. After a failed commit it is read from disk again.
 */
final class UnreadableAlarms {

  private static final Logger log = LoggerFactory.getLogger(UnreadableAlarms.class);

  /** Running time between two events of one device. */
  static final long BETWEEN_MILLIS = 60_000;

  /** Registered devices that are remembered at a time; those of others count as the gateway's. */
  static final int MOST = 1_000;

  private final DeviceId gateway;
  private final KnownDevices registry;
  private final PreparedStatement save;
  private final PreparedStatement delete;
  private final Map<DeviceId, Standing> standings = new LinkedHashMap<>();
  private final Set<DeviceId> changed = new LinkedHashSet<>();

  /** The running time at which the next event is due. */
  private long nextDue = Long.MAX_VALUE;

  /**
   * What is known of one device.
   *
   * @param toldAt running time of its last event; long ago if there was none
   * @param untold dead letters since then
   * @param at when the first of these came
   * @param newest of these
   * @param places that these were sent to
   */
  private record Standing(
      long toldAt, long untold, Instant at, EmergencyDeadLetter newest, LetterPlaces places) {

    Standing plus(EmergencyDeadLetter letter, Instant when) {
      return new Standing(
          toldAt, untold + 1, untold == 0 ? when : at, letter, places.plus(letter.source()));
    }

    long due() {
      return untold == 0 ? Long.MAX_VALUE : toldAt + BETWEEN_MILLIS;
    }
  }

  /** Called at the start of the gateway. A table that cannot be read begins anew. */
  static void begin(Connection writer) throws SQLException {
    try (PreparedStatement select = writer.prepareStatement("SELECT * FROM unreadable_alarm");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        var _ = rows.getString("word");
      }
    } catch (SQLException damaged) {
      log.atError()
          .addKeyValue("why", damaged.getMessage())
          .log(
              "The notes about dead letters that may be about a life cannot be read and are"
                  + " forgotten: look at the list of dead letters");
      TableAnew.begin(writer, "unreadable_alarm", Schema.UNREADABLE_ALARM);
    }
  }

  UnreadableAlarms(Connection writer, GatewayId gateway, KnownDevices registry)
      throws SQLException {
    this.gateway = new DeviceId(gateway.value());
    this.registry = registry;
    save =
        writer.prepareStatement(
            "INSERT OR REPLACE INTO unreadable_alarm (device, told_at, untold, at, kind, door,"
                + " source, reason, word, places, elsewhere)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    delete = writer.prepareStatement("DELETE FROM unreadable_alarm WHERE device = ?");
    try (PreparedStatement select = writer.prepareStatement("SELECT * FROM unreadable_alarm");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        read(rows);
      }
    }
  }

  /** A damaged row keeps no gateway from starting: its dead letters are in the list of these. */
  private void read(ResultSet rows) throws SQLException {
    Standing standing;
    DeviceId device;
    try {
      device = new DeviceId(text(rows, "device"));
      Instant at = Instant.ofEpochMilli(rows.getLong("at"));
      if (Times.isOutside(at)) {
        throw new IllegalArgumentException("at " + at);
      }
      standing =
          new Standing(
              rows.getLong("told_at"),
              rows.getLong("untold"),
              at,
              new EmergencyDeadLetter(
                  Kind.valueOf(text(rows, "kind")),
                  text(rows, "door"),
                  text(rows, "source"),
                  text(rows, "reason"),
                  rows.getString("word")),
              LetterPlaces.of(text(rows, "places"), rows.getLong("elsewhere")));
    } catch (IllegalArgumentException damaged) {
      log.atError()
          .addKeyValue("why", damaged.getMessage())
          .log(
              "A note about dead letters that may report an emergency is damaged and is left out:"
                  + " look at the list of dead letters");
      return;
    }
    standings.put(device, standing);
    nextDue = Math.min(nextDue, standing.due());
  }

  private static String text(ResultSet rows, String column) throws SQLException {
    String text = rows.getString(column);
    if (text == null) {
      throw new IllegalArgumentException("no " + column);
    }
    return text;
  }

  /** Notes a dead letter, and says what emergency it may report; null for none. */
  @Nullable EmergencyDeadLetter heard(Interpreted.Refused refused, long running) {
    DeviceId sender = EmergencyDeadLetter.registered(refused);
    EmergencyDeadLetter letter =
        EmergencyDeadLetter.of(
            refused, sender == null ? null : registry.kindOf(sender).orElse(null));
    if (letter == null) {
      return null;
    }
    DeviceId device =
        sender != null && (standings.containsKey(sender) || standings.size() < MOST)
            ? sender
            : gateway;
    Standing before = standings.get(device);
    if (before == null) {
      before = new Standing(running - BETWEEN_MILLIS, 0, Instant.EPOCH, letter, LetterPlaces.NONE);
    }
    Standing now = before.plus(letter, refused.message().receivedAt());
    standings.put(device, now);
    changed.add(device);
    nextDue = Math.min(nextDue, now.due());
    return letter;
  }

  boolean isDue(long running) {
    return running >= nextDue;
  }

  /** The events that are due, which are told with this commit. */
  List<DeviceEvent> due(long running, Instant now) {
    if (!isDue(running)) {
      return List.of();
    }
    List<DeviceEvent> events = new ArrayList<>();
    nextDue = Long.MAX_VALUE;
    for (Iterator<Map.Entry<DeviceId, Standing>> all = standings.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<DeviceId, Standing> each = all.next();
      Standing standing = each.getValue();
      if (running >= standing.due()) {
        events.add(event(each.getKey(), standing, now));
        each.setValue(
            new Standing(running, 0, standing.at(), standing.newest(), LetterPlaces.NONE));
        changed.add(each.getKey());
      } else if (standing.untold() == 0 && running >= standing.toldAt() + BETWEEN_MILLIS) {
        all.remove();
        changed.add(each.getKey());
      } else {
        nextDue = Math.min(nextDue, standing.due());
      }
    }
    return events;
  }

  private static DeviceEvent event(DeviceId device, Standing standing, Instant now) {
    EmergencyDeadLetter newest = standing.newest();
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(UnreadableAlarm.DOOR, new Value.Text(newest.door()));
    values.put(UnreadableAlarm.SOURCE, new Value.Text(newest.source()));
    LetterPlaces places = standing.places();
    if (places.areSeveral()) {
      values.put(UnreadableAlarm.FROM, new Value.Text(places.text()));
    }
    if (places.elsewhere() > 0) {
      values.put(UnreadableAlarm.ELSEWHERE, new Value.Whole(places.elsewhere()));
    }
    values.put(UnreadableAlarm.REASON, new Value.Text(newest.reason()));
    String word = newest.word();
    if (word != null) {
      values.put(UnreadableAlarm.WORD, new Value.Text(word));
    }
    values.put(UnreadableAlarm.LETTERS, new Value.Whole(standing.untold()));
    return new DeviceEvent(
        device,
        newest.kind(),
        UnreadableAlarm.TYPE,
        new EventId(EventId.MADE_BY_GATEWAY + UUID.randomUUID()),
        standing.at(),
        null,
        now,
        new Values(values));
  }

  /** Writes what changed since the last commit. */
  void write() throws SQLException {
    for (DeviceId device : changed) {
      @Nullable Standing standing = standings.get(device);
      if (standing == null) {
        delete.setString(1, device.value());
        delete.executeUpdate();
      } else {
        EmergencyDeadLetter newest = standing.newest();
        save.setString(1, device.value());
        save.setLong(2, standing.toldAt());
        save.setLong(3, standing.untold());
        save.setLong(4, standing.at().toEpochMilli());
        save.setString(5, newest.kind().name());
        save.setString(6, newest.door());
        save.setString(7, newest.source());
        save.setString(8, newest.reason());
        save.setString(9, newest.word());
        save.setString(10, standing.places().text());
        save.setLong(11, standing.places().elsewhere());
        save.executeUpdate();
      }
    }
    changed.clear();
  }
}

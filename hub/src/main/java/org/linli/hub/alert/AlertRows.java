package org.linli.hub.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.registry.BilingualName;
import org.linli.rules.Severity;

/** Reads the rows of {@link AlertRecords}. */
final class AlertRows {

  private AlertRows() {}

  /** Reads an alert, without its timeline. */
  static Alert alert(ResultSet row) throws SQLException {
    String carried = row.getString("carried");
    return new Alert(
        row.getString("id"),
        new AlertCause(
            row.getString("alert_key"),
            source(row),
            new EventType(row.getString("type")),
            new GatewayId(row.getString("gateway")),
            row.getString("grid"),
            severity(row.getString("severity")),
            new BilingualName(row.getString("title_zh"), row.getString("title_en")),
            row.getString("event"),
            Instant.ofEpochMilli(row.getLong("happened_at")),
            carried == null ? null : ValuesJson.read(carried)),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        Instant.ofEpochMilli(row.getLong("last_seen_at")),
        row.getLong("seen"),
        named(row, "assignee", Actor.Person.class),
        state(row),
        List.of());
  }

  private static AlertSource source(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    String id = row.getString("device");
    String community = row.getString("community");
    return switch (kind) {
      case AlertSource.GATEWAY ->
          new AlertSource.OfGateway(CommunityRecords.read(community), new GatewayId(id));
      case AlertSource.HUB -> new AlertSource.OfHub();
      default ->
          new AlertSource.OfDevice(
              new CommunityId(community), new DeviceId(id), Kind.ofWireName(kind).orElseThrow());
    };
  }

  private static Severity severity(String wireName) throws SQLException {
    for (Severity severity : Severity.values()) {
      if (severity.wireName().equals(wireName)) {
        return severity;
      }
    }
    throw new SQLException("alert has an unknown severity: " + wireName);
  }

  private static AlertState state(ResultSet row) throws SQLException {
    Handled acknowledged = handled(row, "acknowledged");
    Handled resolved = handled(row, "resolved");
    if (resolved != null) {
      return new AlertState.Resolved(acknowledged, resolved);
    }
    return acknowledged == null ? new AlertState.Open() : new AlertState.Acknowledged(acknowledged);
  }

  private static @Nullable Handled handled(ResultSet row, String what) throws SQLException {
    String by = row.getString(what + "_by");
    return by == null
        ? null
        : new Handled(Actor.parse(by), Instant.ofEpochMilli(row.getLong(what + "_at")));
  }

  static TimelineEntry entry(ResultSet row) throws SQLException {
    return new TimelineEntry(
        Instant.ofEpochMilli(row.getLong("at")),
        new Author(
            Actor.parse(row.getString("done_by")), named(row, "done_through", Actor.Program.class)),
        What.ofWireName(row.getString("what")).orElseThrow(),
        new Channel(row.getString("channel")),
        row.getString("said"),
        row.getString("event"),
        named(row, "whom", Actor.Person.class));
  }

  private static <T extends Actor> @Nullable T named(ResultSet row, String column, Class<T> sort)
      throws SQLException {
    String stored = row.getString(column);
    return stored == null ? null : sort.cast(Actor.parse(stored));
  }
}

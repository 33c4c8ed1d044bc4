package org.linli.hub.history.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.hub.history.EventCursor;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.NewestFirst;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.history.ValuesJson;

/** Answers queries for events. */
final class Events {

  /** An event can have some 100 KB of values, so a page is not fetched at once. */
  private static final int FETCHED_AT_ONCE = 50;

  private Events() {}

  static EventPage find(Connection connection, EventQuery query, Communities communities)
      throws SQLException {
    return NewestFirst.together(
        query,
        List.of(
            find(connection, query, communities, Tables.NEAR),
            find(connection, query, communities, Tables.FAR)));
  }

  private static EventPage find(
      Connection connection, EventQuery query, Communities communities, String table)
      throws SQLException {
    List<String> terms = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    terms(query, communities, terms, values);
    String statement =
        "SELECT time, community, device, gateway, epoch, number, id, kind, type, urgent, late,"
            + " device_time, taken_at, received_at, stored_at, json FROM "
            + table
            + (terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms))
            + " ORDER BY time DESC, device, gateway, epoch DESC, number DESC LIMIT ?";
    values.add(query.limit() + 1);
    NewestFirst newestFirst = new NewestFirst(query);
    try (PreparedStatement select = connection.prepareStatement(statement)) {
      select.setFetchSize(FETCHED_AT_ONCE);
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && newestFirst.offer(event(row, communities))) {
          // Until the page is full.
        }
      }
    }
    return newestFirst.page();
  }

  private static void terms(
      EventQuery query, Communities communities, List<String> terms, List<Object> values) {
    if (query.from() != null) {
      terms.add("time >= ?");
      values.add(query.from().toEpochMilli());
    }
    if (query.to() != null) {
      terms.add("time < ?");
      values.add(query.to().toEpochMilli());
    }
    if (query.community() != null) {
      terms.add("community = ?");
      values.add(communities.stored(query.community()));
    }
    if (query.device() != null) {
      terms.add("device = ?");
      values.add(query.device().value());
    }
    if (query.kind() != null) {
      terms.add("kind = ?");
      values.add(query.kind().wireName());
    }
    if (query.type() != null) {
      terms.add("type = ?");
      values.add(query.type().value());
    }
    if (query.after() != null) {
      after(query.after(), terms, values);
    }
  }

  /** The order has columns that rise and others that fall, so rows cannot be compared as such. */
  private static void after(EventCursor after, List<String> terms, List<Object> values) {
    terms.add("time <= ?");
    values.add(after.time().toEpochMilli());
    terms.add(
        """
        (time < ? OR device > ? OR device = ? AND (gateway > ? OR gateway = ? AND
          (epoch < ? OR epoch = ? AND number < ?)))\
        """);
    values.add(after.time().toEpochMilli());
    values.add(after.device().value());
    values.add(after.device().value());
    values.add(after.gateway().value());
    values.add(after.gateway().value());
    values.add(after.epoch());
    values.add(after.epoch());
    values.add(after.order());
  }

  private static StoredEvent event(ResultSet row, Communities communities) throws SQLException {
    String kind = row.getString("kind");
    return new StoredEvent(
        row.getString("id"),
        communities.read(row.getString("community")),
        new DeviceId(row.getString("device")),
        new GatewayId(row.getString("gateway")),
        row.getLong("epoch"),
        Kind.ofWireName(kind)
            .orElseThrow(() -> new IllegalStateException("a stored event has kind " + kind)),
        new EventType(row.getString("type")),
        row.getBoolean("urgent") ? Lane.URGENT : Lane.BULK,
        row.getLong("number"),
        Instant.ofEpochMilli(row.getLong("time")),
        time(row, "device_time"),
        Instant.ofEpochMilli(row.getLong("taken_at")),
        Instant.ofEpochMilli(row.getLong("received_at")),
        Instant.ofEpochMilli(row.getLong("stored_at")),
        row.getBoolean("late"),
        ValuesJson.read(row.getString("json")));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}

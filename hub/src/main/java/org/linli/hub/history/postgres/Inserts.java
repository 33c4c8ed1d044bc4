package org.linli.hub.history.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.FarTimes;
import org.linli.hub.history.Readings;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.registry.DeviceKey;

/** Writes events, many by one statement. What is there already stays as it is. For one thread. */
final class Inserts {

  private static final String EVENTS =
      """
      INSERT INTO %s (time, community, device, gateway, epoch, number, id, kind, type, urgent, late,
        device_time, taken_at, received_at, stored_at, period, json, readings)
      SELECT * FROM UNNEST(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
        ?::text[], ?::text[], ?::text[], ?::boolean[], ?::boolean[], ?::bigint[], ?::bigint[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
      ON CONFLICT DO NOTHING
      """;

  private static final String METRICS =
      "INSERT INTO "
          + Tables.METRICS
          + " (community, device, metric) SELECT * FROM UNNEST(?::text[], ?::text[], ?::text[])"
          + " ON CONFLICT DO NOTHING";

  private static final String ESCAPED_NUL = "\\u0000";
  private static final String NUMBERS = "bigint";
  private static final String TEXTS = "text";
  private static final String TRUTHS = "boolean";

  /** More metrics are written again now and then. */
  private static final int METRICS_REMEMBERED = 100_000;

  private final Communities communities;
  private final Set<Metric> known = new HashSet<>();

  Inserts(Communities communities) {
    this.communities = communities;
  }

  /** A name of a device's readings. */
  record Metric(DeviceKey device, String name) implements Comparable<Metric> {

    @Override
    public int compareTo(Metric other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : name.compareTo(other.name);
    }
  }

  /** Writes the events; the caller commits. */
  Set<Metric> write(
      Connection connection, List<HubEvent> events, BoundedNames names, Instant storedAt)
      throws SQLException {
    List<HubEvent> near = new ArrayList<>();
    List<HubEvent> far = new ArrayList<>();
    events.forEach(event -> (FarTimes.isFar(event) ? far : near).add(event));
    insert(connection, Tables.NEAR, near, storedAt);
    insert(connection, Tables.FAR, far, storedAt);
    return metrics(connection, events, names);
  }

  private void insert(Connection connection, String table, List<HubEvent> events, Instant storedAt)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(EVENTS.formatted(table))) {
      Columns columns = new Columns(connection, insert, events);
      columns.put(NUMBERS, event -> of(event).time().toEpochMilli());
      columns.put(TEXTS, event -> communities.stored(event.community()));
      columns.put(TEXTS, event -> of(event).device().value());
      columns.put(TEXTS, event -> event.gateway().value());
      columns.put(NUMBERS, HubEvent::epoch);
      columns.put(NUMBERS, event -> event.taken().order());
      columns.put(TEXTS, HubEvent::id);
      columns.put(TEXTS, event -> of(event).kind().wireName());
      columns.put(TEXTS, event -> of(event).type().value());
      columns.put(TRUTHS, event -> event.lane() == Lane.URGENT);
      columns.put(TRUTHS, HubEvent::late);
      columns.put(NUMBERS, Inserts::deviceTime);
      columns.put(NUMBERS, event -> of(event).takenAt().toEpochMilli());
      columns.put(NUMBERS, event -> event.receivedAt().toEpochMilli());
      columns.put(NUMBERS, _ -> storedAt.toEpochMilli());
      columns.put(NUMBERS, FarTimes::period);
      columns.put(TEXTS, event -> ValuesJson.write(of(event).values()));
      columns.put(TEXTS, Inserts::readings);
      insert.executeUpdate();
    }
  }

  private static DeviceEvent of(HubEvent event) {
    return event.taken().event();
  }

  /**
   * Returns the values without texts, where a text has what PostgreSQL reads in no JSON, so that
   * the others have their series.
   */
  private static @Nullable Object readings(HubEvent event) {
    Values all = of(event).values();
    if (!ValuesJson.write(all).contains(ESCAPED_NUL)) {
      return null;
    }
    Map<String, Value> kept = new LinkedHashMap<>();
    all.byName()
        .forEach(
            (name, value) -> {
              if (!(value instanceof Value.Text) && name.indexOf(0) < 0) {
                kept.put(name, value);
              }
            });
    return ValuesJson.write(new Values(kept));
  }

  private static @Nullable Object deviceTime(HubEvent event) {
    Instant said = of(event).deviceTime();
    return said == null ? null : said.toEpochMilli();
  }

  /** The parameters of a statement, each an array with a value for each event. */
  private static final class Columns {

    private final Connection connection;
    private final PreparedStatement statement;
    private final List<HubEvent> events;
    private int next = 1;

    Columns(Connection connection, PreparedStatement statement, List<HubEvent> events) {
      this.connection = connection;
      this.statement = statement;
      this.events = events;
    }

    void put(String type, Function<HubEvent, @Nullable Object> value) throws SQLException {
      @Nullable Object[] all = new @Nullable Object[events.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = value.apply(events.get(i));
      }
      statement.setArray(next++, connection.createArrayOf(type, all));
    }
  }

  private Set<Metric> metrics(Connection connection, List<HubEvent> events, BoundedNames names)
      throws SQLException {
    Set<Metric> fresh = new HashSet<>();
    for (HubEvent event : events) {
      Readings.forEach(
          of(event).values(),
          (name, _) -> {
            Metric metric = new Metric(event.device(), name);
            if (!known.contains(metric) && names.takesReading(event, name)) {
              fresh.add(metric);
            }
          });
    }
    if (!fresh.isEmpty()) {
      List<Metric> all = List.copyOf(fresh);
      try (PreparedStatement insert = connection.prepareStatement(METRICS)) {
        insert.setArray(
            1, texts(connection, all, metric -> communities.stored(metric.device().community())));
        insert.setArray(2, texts(connection, all, metric -> metric.device().device().value()));
        insert.setArray(3, texts(connection, all, Metric::name));
        insert.executeUpdate();
      }
    }
    return Set.copyOf(fresh);
  }

  private static Array texts(
      Connection connection, List<Metric> metrics, Function<Metric, String> text)
      throws SQLException {
    return connection.createArrayOf(TEXTS, metrics.stream().map(text).toArray());
  }

  /** What {@link #write} returned is committed. */
  void committed(Set<Metric> metrics) {
    if (known.size() + metrics.size() > METRICS_REMEMBERED) {
      known.clear();
    }
    known.addAll(metrics);
  }
}

package org.linli.hub.alert;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.people.Actor;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Storable;
import org.linli.hub.records.Within;
import org.linli.rules.Severity;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * The tables of alerts and their timelines. Queries for people see what is committed. A read that
 * precedes a change happens within the writing transaction.
 */
@Component
class AlertRecords {

  /** What an alert is read from. */
  private static final String SELECT =
      """
      SELECT id, community, alert_key, device, kind, type, gateway, grid, severity, title_zh, title_en, event,
        happened_at, opened_at, last_seen_at, seen, assignee,
        acknowledged_by, acknowledged_at, resolved_by, resolved_at, carried
      FROM alert WHERE {community}\
      """;

  private static final String SAVE =
      """
      INSERT INTO alert
        ({community}, id, alert_key, device, kind, type, gateway, grid, severity, title_zh,
         title_en, event, happened_at, opened_at, last_seen_at, seen, assignee, status,
         acknowledged_by, acknowledged_at, resolved_by, resolved_at, carried, handled,
         unregistered)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE
      SET last_seen_at = excluded.last_seen_at, seen = excluded.seen,
          assignee = excluded.assignee, status = excluded.status,
          acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at,
          resolved_by = excluded.resolved_by, resolved_at = excluded.resolved_at,
          handled = excluded.handled
      """;
  private static final String SAVE_ENTRY =
      """
      INSERT INTO alert_timeline (alert, position, at, done_by, done_through, what, channel, said, event, whom)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String SELECT_ENTRIES =
      """
      SELECT alert, at, done_by, done_through, what, channel, said, event, whom
      FROM alert_timeline WHERE alert IN (:ids) ORDER BY alert, position
      """;

  private static final String MOST_URGENT =
      SELECT
          + " AND status <> 'resolved' ORDER BY status <> 'open', CASE severity"
          + Arrays.stream(Severity.values())
              .map(severity -> " WHEN '%s' THEN %d".formatted(severity, severity.ordinal()))
              .collect(Collectors.joining())
          + " END, opened_at DESC, id DESC LIMIT :limit";

  private static final String ONE = SELECT + " AND id = :id";

  /** A statement can take only a limited number of values. */
  private static final int IDS_AT_ONCE = 100;

  private static final Within.All BOARD =
      new Within.All("the board holds those of all communities");
  private static final Within.All BY_ID = new Within.All("an id is unique at the hub");
  private static final Within.All FOR_ALL =
      new Within.All("pages and lists that name no community show those of all");

  private final CommunityRecords records;

  AlertRecords(CommunityRecords records) {
    this.records = records;
  }

  /**
   * An alert that is to be saved.
   *
   * @param savedEntries how many entries of its timeline are saved already
   * @param isUnregistered whether it is about an unregistered device; kept as it is when the alert
   *     is first saved
   */
  record Unsaved(Alert alert, int savedEntries, boolean isUnregistered) {}

  /** What is set of one row, beside its community. */
  private record Row(@Nullable CommunityId community, List<@Nullable Object> values) {

    static Row of(@Nullable CommunityId community, @Nullable Object... values) {
      return new Row(community, Arrays.asList(values));
    }

    void set(PreparedStatement statement, int first) throws SQLException {
      for (int i = 0; i < values.size(); i++) {
        StatementCreatorUtils.setParameterValue(
            statement, first + i, SqlTypeValue.TYPE_UNKNOWN, values.get(i));
      }
    }
  }

  /** Saves alerts in this order, and then the new entries of their timelines. */
  void save(List<Unsaved> some) {
    records.batch(
        SAVE,
        some.stream().map(AlertRecords::row).toList(),
        Row::community,
        (statement, row) -> row.set(statement, 2));
    records.batchShared(
        SAVE_ENTRY,
        some.stream().flatMap(AlertRecords::newEntries).toList(),
        (statement, row) -> row.set(statement, 1));
  }

  private static Row row(Unsaved unsaved) {
    Alert alert = unsaved.alert();
    AlertCause cause = alert.cause();
    Actor.Person assignee = alert.assignee();
    Optional<Handled> acknowledged = alert.acknowledged();
    Optional<Handled> resolved = alert.resolved();
    return Row.of(
        cause.source().community(),
        alert.id(),
        cause.key(),
        cause.source().id(),
        cause.source().kind(),
        cause.type().value(),
        cause.gateway().value(),
        cause.grid(),
        cause.severity().wireName(),
        Storable.of(cause.title().zh()),
        Storable.of(cause.title().en()),
        cause.event(),
        cause.happenedAt().toEpochMilli(),
        alert.openedAt().toEpochMilli(),
        alert.lastSeenAt().toEpochMilli(),
        alert.count(),
        stored(assignee),
        alert.status().wireName(),
        acknowledged.map(handled -> handled.by().stored()).orElse(null),
        acknowledged.map(handled -> handled.at().toEpochMilli()).orElse(null),
        resolved.map(handled -> handled.by().stored()).orElse(null),
        resolved.map(handled -> handled.at().toEpochMilli()).orElse(null),
        cause.values() == null ? null : ValuesJson.write(cause.values()),
        alert.isHandled() ? 1 : 0,
        unsaved.isUnregistered() ? 1 : 0);
  }

  private static Stream<Row> newEntries(Unsaved unsaved) {
    Alert alert = unsaved.alert();
    return IntStream.range(unsaved.savedEntries(), alert.timeline().size())
        .mapToObj(position -> row(alert, position, alert.timeline().get(position)));
  }

  private static Row row(Alert alert, int position, TimelineEntry entry) {
    return Row.of(
        null,
        alert.id(),
        position,
        entry.at().toEpochMilli(),
        entry.by().actor().stored(),
        stored(entry.by().through()),
        entry.what().wireName(),
        entry.channel().wireName(),
        Storable.orNull(entry.text()),
        entry.event(),
        stored(entry.whom()));
  }

  private static @Nullable String stored(@Nullable Actor actor) {
    return actor == null ? null : actor.stored();
  }

  /** Returns every alert that is not resolved. */
  List<Alert> unresolved() {
    return alerts(
        records::writeShared,
        records.write(BOARD, SELECT + " AND status <> 'resolved' ORDER BY id"));
  }

  /** Returns whether there is an alert of a gateway that this event id opened. */
  boolean isKnown(String event) {
    return records
        .write(
            BY_ID,
            "SELECT 1 FROM alert WHERE {community} AND event = :event AND kind = 'gateway' LIMIT 1")
        .param("event", event)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Returns the greatest id in use; null if there is none. */
  @Nullable String greatestId() {
    return records
        .write(BY_ID, "SELECT id FROM alert WHERE {community} ORDER BY id DESC LIMIT 1")
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** Returns an alert as the current transaction sees it. */
  Optional<Alert> findToChange(String id) {
    return find(records::writeShared, records.write(BY_ID, ONE), id);
  }

  /** Returns an alert as it is committed. */
  Optional<Alert> find(String id) {
    return find(records::readShared, records.read(BY_ID, ONE), id);
  }

  private static Optional<Alert> find(
      Function<String, StatementSpec> connection, StatementSpec one, String id) {
    return alerts(connection, one.param("id", id)).stream().findFirst();
  }

  AlertPage page(AlertQuery query) {
    Map<String, Object> params = new HashMap<>();
    StringBuilder sql = new StringBuilder(SELECT);
    if (!query.statuses().isEmpty()) {
      sql.append(" AND status IN (:statuses)");
      params.put("statuses", query.statuses().stream().map(AlertStatus::wireName).toList());
    }
    if (!query.severities().isEmpty()) {
      sql.append(" AND severity IN (:severities)");
      params.put("severities", query.severities().stream().map(Severity::wireName).toList());
    }
    String grid = query.grid();
    if (grid != null) {
      sql.append(" AND grid = :grid");
      params.put("grid", grid);
    }
    String kind = query.kind();
    if (kind != null) {
      sql.append(" AND kind = :kind");
      params.put("kind", kind);
    }
    String before = query.before();
    if (before != null) {
      sql.append(" AND id < :before");
      params.put("before", before);
    }
    sql.append(" ORDER BY id DESC LIMIT :limit");
    params.put("limit", query.limit() + 1);
    List<Alert> found =
        alerts(
            records::readShared,
            records.read(shown(query.community()), sql.toString()).params(params));
    return found.size() > query.limit()
        ? new AlertPage(found.subList(0, query.limit()), found.get(query.limit() - 1).id())
        : new AlertPage(found, null);
  }

  /**
   * Returns the unresolved alerts: open before acknowledged, most severe first; among equals,
   * newest first.
   *
   * @param community only those of this community; null for all
   */
  Unresolved mostUrgent(@Nullable CommunityId community, int limit) {
    Within within = shown(community);
    Map<String, Long> counts = new HashMap<>();
    records
        .read(
            within,
            "SELECT status, COUNT(*) AS alerts FROM alert WHERE {community}"
                + " AND status <> 'resolved' GROUP BY status")
        .query(
            row -> {
              counts.put(row.getString("status"), row.getLong("alerts"));
            });
    List<Alert> first =
        alerts(records::readShared, records.read(within, MOST_URGENT).param("limit", limit));
    return new Unresolved(
        first,
        counts.getOrDefault(AlertStatus.OPEN.wireName(), 0L),
        counts.getOrDefault(AlertStatus.ACKNOWLEDGED.wireName(), 0L));
  }

  private static Within shown(@Nullable CommunityId community) {
    return community == null ? FOR_ALL : new Within.One(community);
  }

  private static List<Alert> alerts(
      Function<String, StatementSpec> connection, StatementSpec statement) {
    Map<String, Alert> found = new LinkedHashMap<>();
    statement.query(
        row -> {
          Alert alert = AlertRows.alert(row);
          found.put(alert.id(), alert);
        });
    if (found.isEmpty()) {
      return List.of();
    }
    Map<String, List<TimelineEntry>> timelines = new HashMap<>();
    List<String> ids = List.copyOf(found.keySet());
    for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
      connection
          .apply(SELECT_ENTRIES)
          .param("ids", ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE)))
          .query(
              row -> {
                timelines
                    .computeIfAbsent(row.getString("alert"), _ -> new ArrayList<>())
                    .add(AlertRows.entry(row));
              });
    }
    return found.values().stream()
        .map(alert -> alert.withTimeline(timelines.getOrDefault(alert.id(), List.of())))
        .toList();
  }
}

package org.linli.hub.alert.watch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.records.Arguments;
import org.linli.rules.Position;
import org.linli.rules.RuleState;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what rules remember. Used within the writing transaction. */
@Component
public class WatchRecords {

  private static final String SAVE =
      """
      INSERT INTO rule_watch
        (community, device, rule_key, kind, form, gateway, epoch, order_no, due, times, event,
         happened_at, carried)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (community, device, rule_key) DO UPDATE
      SET kind = excluded.kind, form = excluded.form, gateway = excluded.gateway,
          epoch = excluded.epoch, order_no = excluded.order_no, due = excluded.due,
          times = excluded.times, event = excluded.event, happened_at = excluded.happened_at,
          carried = excluded.carried
      """;

  private final JdbcTemplate writer;
  private final JdbcClient client;

  public WatchRecords(JdbcTemplate writer) {
    this.writer = writer;
    this.client = JdbcClient.create(writer);
  }

  /** The columns of a row that depend on the form of the watch. */
  private record Columns(String form, Position last, @Nullable Long due, String times) {}

  public void save(Map<AlertKey, Watched> some) {
    List<Object[]> rows = new ArrayList<>();
    some.forEach((alertKey, watched) -> rows.add(row(alertKey, watched)));
    writer.batchUpdate(SAVE, rows);
  }

  private static Object[] row(AlertKey alertKey, Watched watched) {
    Columns columns = columns(watched.watch());
    return Arguments.of(
        alertKey.storedCommunity(),
        alertKey.source(),
        alertKey.key(),
        watched.kind().wireName(),
        columns.form(),
        columns.last().gateway().value(),
        columns.last().epoch(),
        columns.last().order(),
        columns.due(),
        columns.times(),
        watched.event(),
        watched.happenedAt().toEpochMilli(),
        watched.values() == null ? null : ValuesJson.write(watched.values()));
  }

  public void delete(List<AlertKey> some) {
    writer.batchUpdate(
        "DELETE FROM rule_watch WHERE community = ? AND device = ? AND rule_key = ?",
        some.stream()
            .map(
                alertKey ->
                    Arguments.of(alertKey.storedCommunity(), alertKey.source(), alertKey.key()))
            .toList());
  }

  private static Columns columns(RuleState watch) {
    return switch (watch) {
      case RuleState.Unseen() -> throw new IllegalArgumentException("there is nothing to remember");
      case RuleState.Quiet(Position last) -> new Columns("quiet", last, null, "");
      case RuleState.Counting(Position last, List<Instant> times) ->
          new Columns(
              "counting",
              last,
              null,
              times.stream()
                  .map(time -> Long.toString(time.toEpochMilli()))
                  .collect(Collectors.joining(",")));
      case RuleState.Waiting(Position last, Instant due) ->
          new Columns("waiting", last, due.toEpochMilli(), "");
      case RuleState.Raised(Position last) -> new Columns("raised", last, null, "");
    };
  }

  /** Returns all rows, oldest first by the time of their newest event. */
  public Map<AlertKey, Watched> all() {
    Map<AlertKey, Watched> all = new LinkedHashMap<>();
    client
        .sql(
            """
            SELECT community, device, rule_key, kind, form, gateway, epoch, order_no, due, times,
              event, happened_at, carried
            FROM rule_watch ORDER BY happened_at
            """)
        .query(
            row -> {
              String carried = row.getString("carried");
              all.put(
                  new AlertKey(
                      AlertKey.community(row.getString("community")),
                      row.getString("device"),
                      row.getString("rule_key")),
                  new Watched(
                      Kind.ofWireName(row.getString("kind")).orElseThrow(),
                      watch(row),
                      row.getString("event"),
                      Instant.ofEpochMilli(row.getLong("happened_at")),
                      carried == null ? null : ValuesJson.read(carried)));
            });
    return all;
  }

  private static RuleState watch(ResultSet row) throws SQLException {
    Position last =
        new Position(
            new GatewayId(row.getString("gateway")), row.getLong("epoch"), row.getLong("order_no"));
    String form = row.getString("form");
    return switch (form) {
      case "quiet" -> new RuleState.Quiet(last);
      case "counting" ->
          new RuleState.Counting(
              last,
              Arrays.stream(row.getString("times").split(","))
                  .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                  .toList());
      case "waiting" -> new RuleState.Waiting(last, Instant.ofEpochMilli(row.getLong("due")));
      case "raised" -> new RuleState.Raised(last);
      default -> throw new SQLException("rule_watch has an unknown form: " + form);
    };
  }
}

package org.linli.hub.alert.watch;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Within;
import org.linli.rules.Position;
import org.linli.rules.RuleState;
import org.springframework.stereotype.Component;

/** The table of what rules remember. Used within the writing transaction. */
@Component
public class WatchRecords {

  private static final String SAVE =
      """
      INSERT INTO rule_watch
        ({community}, device, rule_key, kind, form, gateway, epoch, order_no, due, times, event,
         happened_at, carried)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (community, device, rule_key) DO UPDATE
      SET kind = excluded.kind, form = excluded.form, gateway = excluded.gateway,
          epoch = excluded.epoch, order_no = excluded.order_no, due = excluded.due,
          times = excluded.times, event = excluded.event, happened_at = excluded.happened_at,
          carried = excluded.carried
      """;

  private final CommunityRecords records;

  public WatchRecords(CommunityRecords records) {
    this.records = records;
  }

  /** The columns of a row that depend on the form of the watch. */
  private record Columns(String form, Position last, @Nullable Long due, String times) {}

  public void save(Map<AlertKey, Watched> some) {
    records.batch(
        SAVE,
        some.entrySet(),
        entry -> entry.getKey().community(),
        (statement, entry) -> set(statement, entry.getKey(), entry.getValue()));
  }

  private static void set(PreparedStatement statement, AlertKey alertKey, Watched watched)
      throws SQLException {
    Columns columns = columns(watched.watch());
    statement.setString(2, alertKey.source());
    statement.setString(3, alertKey.key());
    statement.setString(4, watched.kind().wireName());
    statement.setString(5, columns.form());
    statement.setString(6, columns.last().gateway().value());
    statement.setLong(7, columns.last().epoch());
    statement.setLong(8, columns.last().order());
    statement.setObject(9, columns.due(), Types.BIGINT);
    statement.setString(10, columns.times());
    statement.setString(11, watched.event());
    statement.setLong(12, watched.happenedAt().toEpochMilli());
    statement.setString(13, watched.values() == null ? null : ValuesJson.write(watched.values()));
  }

  public void delete(List<AlertKey> some) {
    records.batch(
        "DELETE FROM rule_watch WHERE {community} AND device = ? AND rule_key = ?",
        some,
        AlertKey::community,
        (statement, alertKey) -> {
          statement.setString(2, alertKey.source());
          statement.setString(3, alertKey.key());
        });
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
    records
        .write(
            new Within.All("the board holds those of all communities"),
            """
            SELECT community, device, rule_key, kind, form, gateway, epoch, order_no, due, times,
              event, happened_at, carried
            FROM rule_watch WHERE {community} ORDER BY happened_at
            """)
        .query(
            row -> {
              String carried = row.getString("carried");
              all.put(
                  new AlertKey(
                      CommunityRecords.read(row.getString("community")),
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

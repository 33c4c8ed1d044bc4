package org.linli.hub.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linli.event.CommunityId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the records and the communities of the files together, before anybody reads the records
 * (docs/decisions/0068):
 *
 * <ul>
 *   <li>Records of a version that knew one community only are given the id in the file.
 *   <li>If a hub has one community, and its file has another id than before, that is the new id of
 *       the same community.
 *   <li>Otherwise the records of a community that no file has any more stay as they are.
 * </ul>
 *
 * <p>Each is one transaction. Of all statements only these belong to no community.
 */
final class CommunityRows {

  private static final Logger log = LoggerFactory.getLogger(CommunityRows.class);

  /** What the records have in place of a community if a row belongs to none, or is of before. */
  private static final String NONE = "";

  private static final List<String> MOVE =
      List.of(
          "UPDATE alert SET community = :to WHERE community = :from AND kind <> 'hub'",
          "UPDATE rule_watch SET community = :to WHERE community = :from",
          "UPDATE device_seen SET community = :to WHERE community = :from",
          "UPDATE adopted_device SET community = :to WHERE community = :from",
          "UPDATE device_equipment SET community = :to WHERE community = :from",
          "UPDATE registry_change SET community = :to WHERE community = :from",
          "UPDATE unregistered_equipment SET community = :to WHERE community = :from",
          "UPDATE similar_type SET community = :to WHERE community = :from",
          """
          UPDATE dead_letter SET community = :to
          WHERE community = :from AND source <> 'hub://journal'
          """,
          """
          UPDATE change SET community = :to
          WHERE community = :from
            AND NOT (kind = 'alert' AND subject IN (SELECT id FROM alert WHERE kind = 'hub'))
          """,
          "UPDATE journal SET community = :to WHERE community = :from");

  /** A column that names actors. */
  private record Naming(String table, String column) {

    String renamed() {
      return """
      UPDATE %1$s SET %2$s = :to || SUBSTR(%2$s, LENGTH(:from) + 1)
      WHERE SUBSTR(%2$s, 1, LENGTH(:from)) = :from
      """
          .formatted(table, column);
    }
  }

  private static final List<Naming> ACTORS =
      List.of(
          new Naming("alert", "assignee"),
          new Naming("alert", "acknowledged_by"),
          new Naming("alert", "resolved_by"),
          new Naming("alert_timeline", "done_by"),
          new Naming("alert_timeline", "whom"),
          new Naming("registry_change", "made_by"));

  /** Whether there is anything of before; also what a hub without a device ever wrote. */
  private static final String ROWS =
      """
      SELECT (SELECT COUNT(*) FROM intake_count) + (SELECT COUNT(*) FROM alert)
        + (SELECT COUNT(*) FROM adopted_device) + (SELECT COUNT(*) FROM registry_change)
        + (SELECT COUNT(*) FROM unregistered_equipment)
      """;

  private final JdbcClient client;
  private final TransactionTemplate transaction;

  CommunityRows(JdbcClient client, TransactionTemplate transaction) {
    this.client = client;
    this.transaction = transaction;
  }

  /**
   * @param now the communities of the files
   * @throws CommunityFileException if there are several, and records of a version that knew one
   */
  void bring(String file, List<CommunityId> now) {
    transaction.executeWithoutResult(_ -> bringWithin(file, now));
  }

  /** Returns the community of what has none in its row, as in the journal of before. */
  Optional<CommunityId> earlier() {
    return client
        .sql("SELECT id FROM community WHERE earlier = 1")
        .query((row, _) -> new CommunityId(row.getString("id")))
        .optional();
  }

  private void bringWithin(String file, List<CommunityId> now) {
    List<CommunityId> before =
        client
            .sql("SELECT id FROM community ORDER BY id")
            .query((row, _) -> new CommunityId(row.getString("id")))
            .list();
    if (before.isEmpty()) {
      begin(file, now);
    } else if (before.size() == 1 && now.size() == 1 && !before.equals(now)) {
      rename(before.getFirst(), now.getFirst());
    } else {
      goOn(before, now);
    }
  }

  private void begin(String file, List<CommunityId> now) {
    if (now.size() == 1) {
      CommunityId only = now.getFirst();
      move(NONE, only.value());
      call("", only + "/");
      add(only, true);
      return;
    }
    if (client.sql(ROWS).query(Long.class).single() > 0) {
      throw new CommunityFileException(
          file,
          List.of(
              "the hub's records are of a version that knew one community, and do not say of which."
                  + " Start once with the file of that community alone, then with all files."));
    }
    now.forEach(id -> add(id, false));
  }

  private void rename(CommunityId before, CommunityId now) {
    move(before.value(), now.value());
    call(before + "/", now + "/");
    client
        .sql("UPDATE community SET id = ? WHERE id = ?")
        .param(now.value())
        .param(before.value())
        .update();
    log.atWarn()
        .addKeyValue("before", before)
        .addKeyValue("now", now)
        .log("The community file has another id; everything that is recorded is that community's");
  }

  private void goOn(List<CommunityId> before, List<CommunityId> now) {
    now.stream().filter(id -> !before.contains(id)).forEach(id -> add(id, false));
    before.stream()
        .filter(id -> !now.contains(id))
        .forEach(
            id ->
                log.atWarn()
                    .addKeyValue("community", id)
                    .log("No file has this community any more; its records stay as they are"));
  }

  private void add(CommunityId id, boolean earlier) {
    client
        .sql("INSERT INTO community (id, earlier) VALUES (?, ?)")
        .param(id.value())
        .param(earlier ? 1 : 0)
        .update();
  }

  private void move(String from, String to) {
    MOVE.forEach(sql -> client.sql(sql).param("from", from).param("to", to).update());
  }

  /** Names people and devices with their community. */
  private void call(String from, String to) {
    for (Naming naming : ACTORS) {
      Stream.of("person:", "device:")
          .forEach(
              kind ->
                  client
                      .sql(naming.renamed())
                      .param("from", kind + from)
                      .param("to", kind + to)
                      .update());
    }
  }
}

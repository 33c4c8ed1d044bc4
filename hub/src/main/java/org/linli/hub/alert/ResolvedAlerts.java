package org.linli.hub.alert;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linli.event.GatewayId;
import org.linli.hub.alert.watch.AlertKey;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the table of alerts within its limits. Only resolved alerts are forgotten, with their
 * timelines, oldest first:
 *
 * <ul>
 *   <li>beyond {@value #MOST_OF_A_KEY} of one device and key, those that no person dealt with: a
 *       device that opens and clears an alert ten times a second evicts only its own;
 *   <li>beyond as many of all unregistered devices of a gateway, likewise: their names may be
 *       invented;
 *   <li>beyond {@link AlertSettings#kept} alerts in all, those that no person dealt with, and if
 *       that is not enough, the others.
 * </ul>
 *
 * <p>Used within a writing transaction only.
 */
@Component
class ResolvedAlerts {

  static final int MOST_OF_A_KEY = 1_000;

  private static final int AT_ONCE = 100;
  private static final long UNKNOWN = -1;

  private static final String OF_A_KEY =
      """
      SELECT id FROM alert
      WHERE community = ? AND device = ? AND alert_key = ? AND status = 'resolved' AND handled = 0
      ORDER BY id DESC LIMIT ? OFFSET ?
      """;
  private static final String UNREGISTERED =
      """
      SELECT id FROM alert
      WHERE gateway = ? AND unregistered = 1 AND status = 'resolved' AND handled = 0
      ORDER BY id DESC LIMIT ? OFFSET ?
      """;
  private static final String OLDEST =
      "SELECT id FROM alert WHERE status = 'resolved' ORDER BY handled, id LIMIT ?";

  private final JdbcTemplate writer;
  private final JdbcClient client;
  private final int most;
  private long rows = UNKNOWN;

  ResolvedAlerts(JdbcTemplate writer, AlertSettings settings) {
    this.writer = writer;
    this.client = JdbcClient.create(writer);
    this.most = settings.kept();
  }

  /** Counts an alert that was added. */
  void added() {
    if (rows != UNKNOWN) {
      rows++;
    }
  }

  /** Discards the count, because the transaction did not commit as a whole. */
  void forget() {
    rows = UNKNOWN;
  }

  /**
   * Enforces the limits. To be called after alerts were resolved, with all that one transaction
   * resolves at once.
   */
  void keepWithin(List<Alert> resolved) {
    if (resolved.isEmpty()) {
      return;
    }
    Set<AlertKey> alertKeys = new LinkedHashSet<>();
    Set<GatewayId> gateways = new LinkedHashSet<>();
    for (Alert alert : resolved) {
      alertKeys.add(alert.alertKey());
      gateways.add(alert.cause().gateway());
    }
    int many = Math.max(AT_ONCE, resolved.size());
    alertKeys.forEach(
        alertKey ->
            delete(
                ids(
                    OF_A_KEY,
                    alertKey.storedCommunity(),
                    alertKey.source(),
                    alertKey.key(),
                    many,
                    MOST_OF_A_KEY)));
    gateways.forEach(gateway -> delete(ids(UNREGISTERED, gateway.value(), many, MOST_OF_A_KEY)));
    if (rows == UNKNOWN) {
      rows = client.sql("SELECT COUNT(*) FROM alert").query(Long.class).single();
    }
    if (rows > most) {
      delete(ids(OLDEST, (int) Math.min(many, rows - most)));
    }
  }

  private List<String> ids(String sql, Object... parameters) {
    return client.sql(sql).params(parameters).query((row, _) -> row.getString("id")).list();
  }

  private void delete(List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    for (String table : List.of("alert_timeline WHERE alert", "alert WHERE id")) {
      writer.batchUpdate(
          "DELETE FROM " + table + " = ?",
          ids,
          AT_ONCE,
          (statement, id) -> statement.setString(1, id));
    }
    if (rows != UNKNOWN) {
      rows -= ids.size();
    }
  }
}

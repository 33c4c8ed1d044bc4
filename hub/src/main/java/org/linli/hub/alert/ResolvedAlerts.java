package org.linli.hub.alert;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linli.event.GatewayId;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Within;
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
      WHERE {community} AND device = :device AND alert_key = :key AND status = 'resolved'
        AND handled = 0
      ORDER BY id DESC LIMIT :many OFFSET :kept
      """;
  private static final String UNREGISTERED =
      """
      SELECT id FROM alert
      WHERE {community} AND gateway = :gateway AND unregistered = 1 AND status = 'resolved'
        AND handled = 0
      ORDER BY id DESC LIMIT :many OFFSET :kept
      """;
  private static final String OLDEST =
      """
      SELECT id FROM alert WHERE {community} AND status = 'resolved' ORDER BY handled, id LIMIT :many
      """;

  private static final Within.All TOGETHER = new Within.All("one limit for all communities");
  private static final Within.All BY_ID = new Within.All("an id is unique at the hub");

  private final CommunityRecords records;
  private final int most;
  private long rows = UNKNOWN;

  ResolvedAlerts(CommunityRecords records, AlertSettings settings) {
    this.records = records;
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
    for (AlertKey alertKey : alertKeys) {
      delete(
          records
              .write(alertKey.within(), OF_A_KEY)
              .param("device", alertKey.source())
              .param("key", alertKey.key())
              .param("many", many)
              .param("kept", MOST_OF_A_KEY));
    }
    for (GatewayId gateway : gateways) {
      delete(
          records
              .write(TOGETHER, UNREGISTERED)
              .param("gateway", gateway.value())
              .param("many", many)
              .param("kept", MOST_OF_A_KEY));
    }
    if (rows == UNKNOWN) {
      rows =
          records
              .write(TOGETHER, "SELECT COUNT(*) FROM alert WHERE {community}")
              .query(Long.class)
              .single();
    }
    if (rows > most) {
      delete(records.write(TOGETHER, OLDEST).param("many", Math.min(many, rows - most)));
    }
  }

  private void delete(JdbcClient.StatementSpec some) {
    List<String> ids = some.query((row, _) -> row.getString("id")).list();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> portion = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      records
          .writeShared("DELETE FROM alert_timeline WHERE alert IN (:ids)")
          .param("ids", portion)
          .update();
      records
          .write(BY_ID, "DELETE FROM alert WHERE {community} AND id IN (:ids)")
          .param("ids", portion)
          .update();
    }
    if (rows != UNKNOWN) {
      rows -= ids.size();
    }
  }
}

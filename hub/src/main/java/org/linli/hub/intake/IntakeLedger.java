package org.linli.hub.intake;

import java.util.SortedMap;
import java.util.TreeMap;
import org.linli.event.GatewayId;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts, in the transaction that makes each count true, and tells the counts. */
@Component
public class IntakeLedger {

  private static final String COUNT =
      """
      INSERT INTO intake_count (gateway, received, applied, duplicate, dead)
      VALUES (:gateway, :received, :applied, :duplicate, :dead)
      ON CONFLICT (gateway) DO UPDATE
      SET received = intake_count.received + excluded.received,
          applied = intake_count.applied + excluded.applied,
          duplicate = intake_count.duplicate + excluded.duplicate,
          dead = intake_count.dead + excluded.dead
      """;

  private static final String FIGURES =
      """
      SELECT counted.gateway, received, applied, duplicate, dead,
        COALESCE((SELECT MAX(epoch) FROM watermark WHERE gateway = counted.gateway), 0) AS epoch,
        COALESCE((SELECT sequence FROM watermark urgent
          WHERE urgent.gateway = counted.gateway AND urgent.lane = 'urgent' AND urgent.epoch =
            (SELECT MAX(epoch) FROM watermark WHERE gateway = counted.gateway)), 0) AS urgent,
        COALESCE((SELECT sequence FROM watermark bulk
          WHERE bulk.gateway = counted.gateway AND bulk.lane = 'bulk' AND bulk.epoch =
            (SELECT MAX(epoch) FROM watermark WHERE gateway = counted.gateway)), 0) AS bulk
      FROM intake_count counted
      """;

  private final JdbcClient client;
  private final RecordsReader reader;

  IntakeLedger(JdbcClient client, RecordsReader reader) {
    this.client = client;
    this.reader = reader;
  }

  /** The ledger as of the last commit, of one instant. */
  public HubLedger ledger() {
    SortedMap<String, GatewayFigures> gateways = new TreeMap<>();
    reader
        .sql(FIGURES)
        .query(
            row -> {
              gateways.put(
                  row.getString("gateway"),
                  new GatewayFigures(
                      row.getLong("received"),
                      row.getLong("applied"),
                      row.getLong("duplicate"),
                      row.getLong("dead"),
                      row.getLong("epoch"),
                      row.getLong("urgent"),
                      row.getLong("bulk")));
            });
    return new HubLedger(
        gateways.values().stream().mapToLong(GatewayFigures::received).sum(),
        gateways.values().stream().mapToLong(GatewayFigures::applied).sum(),
        gateways.values().stream().mapToLong(GatewayFigures::duplicate).sum(),
        gateways.values().stream().mapToLong(GatewayFigures::dead).sum(),
        gateways);
  }

  void repeated(GatewayId gateway, int events) {
    count(gateway, 0, events, 0);
  }

  void dead(GatewayId gateway) {
    count(gateway, 0, 0, 1);
  }

  /** An event that was applied, and that a store refuses for good. */
  void refused(GatewayId gateway) {
    count(gateway, -1, 0, 1);
  }

  /** What became of the events of one batch. */
  void count(GatewayId gateway, long applied, long duplicate, long dead) {
    client
        .sql(COUNT)
        .param("gateway", gateway.value())
        .param("received", applied + duplicate + dead)
        .param("applied", applied)
        .param("duplicate", duplicate)
        .param("dead", dead)
        .update();
  }
}

package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linli.event.Counts;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.ShedRange;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts events in the transaction that makes each count true, and reports the counts. */
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

  /** How many devices of each gateway have a count of their own; the others share one. */
  static final int MOST_DEVICES = 10_000;

  /** How many devices of one batch have a count of their own. */
  private static final int MOST_DEVICES_OF_A_BATCH = 1_000;

  /** Takes the place of a device's id for the devices that share a count. */
  private static final String OTHERS = "";

  private static final String COUNT_SHED_IN_ALL =
      """
      UPDATE intake_count
      SET shed = CASE WHEN shed > :largest - :events THEN :largest ELSE shed + :events END
      WHERE gateway = :gateway
      """;

  private static final String COUNT_SHED =
      """
      INSERT INTO shed_count (gateway, device, events) VALUES (:gateway, :device, :events)
      ON CONFLICT (gateway, device) DO UPDATE
      SET events = CASE WHEN shed_count.events > :largest - excluded.events THEN :largest
        ELSE shed_count.events + excluded.events END
      """;

  private static final String HAS_SHED =
      "SELECT COUNT(*) FROM shed_count WHERE gateway = :gateway AND device = :device";

  private static final String SHED_BY_DEVICE =
      """
      SELECT device, events FROM shed_count WHERE gateway = :gateway AND device <> ''
      ORDER BY events DESC, device LIMIT :most
      """;

  private static final String FIGURES =
      """
      SELECT counted.gateway, received, applied, duplicate, dead, shed,
        COALESCE((SELECT MAX(epoch) FROM watermark WHERE gateway = counted.gateway), 0) AS epoch,
        COALESCE((SELECT sequence FROM watermark urgent
          WHERE urgent.gateway = counted.gateway AND urgent.lane = 'urgent' AND urgent.epoch =
            (SELECT MAX(epoch) FROM watermark WHERE gateway = counted.gateway)), 0) AS urgent,
        COALESCE((SELECT sequence FROM watermark bulk
          WHERE bulk.gateway = counted.gateway AND bulk.lane = 'bulk' AND bulk.epoch =
            (SELECT MAX(epoch) FROM watermark WHERE gateway = counted.gateway)), 0) AS bulk
      FROM intake_count counted
      """;

  private static final String SIMILAR_TYPES = "SELECT COALESCE(SUM(events), 0) FROM similar_type";

  private final JdbcClient client;
  private final RecordsReader reader;

  public IntakeLedger(JdbcClient client, RecordsReader reader) {
    this.client = client;
    this.reader = reader;
  }

  /** Returns the ledger as of the last commit, all of it as of one instant. */
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
                      row.getLong("shed"),
                      row.getLong("epoch"),
                      row.getLong("urgent"),
                      row.getLong("bulk")));
            });
    return new HubLedger(
        gateways.values().stream().mapToLong(GatewayFigures::received).sum(),
        gateways.values().stream().mapToLong(GatewayFigures::applied).sum(),
        gateways.values().stream().mapToLong(GatewayFigures::duplicate).sum(),
        gateways.values().stream().mapToLong(GatewayFigures::dead).sum(),
        reader.sql(SIMILAR_TYPES).query(Long.class).single(),
        gateways);
  }

  /**
   * Returns what a gateway gave up for each device, for the {@code most} devices that lost most,
   * heaviest loss first.
   */
  public Map<String, Long> shedByDevice(GatewayId gateway, int most) {
    Map<String, Long> shed = new LinkedHashMap<>();
    reader
        .sql(SHED_BY_DEVICE)
        .param("gateway", gateway.value())
        .param("most", most)
        .query(
            row -> {
              shed.put(row.getString("device"), row.getLong("events"));
            });
    return shed;
  }

  /**
   * Counts what an applied batch declares as given up, after its events were counted. If there are
   * very many devices, those that lost most are counted one by one.
   */
  void shed(GatewayId gateway, List<ShedRange> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    Map<DeviceId, Long> lost = new HashMap<>();
    for (ShedRange range : ranges) {
      range.eventsByDevice().forEach((device, events) -> lost.merge(device, events, Counts::sum));
    }
    client
        .sql(COUNT_SHED_IN_ALL)
        .param("gateway", gateway.value())
        .param("events", lost.values().stream().reduce(0L, Counts::sum))
        .param("largest", Counts.LARGEST)
        .update();
    List<Map.Entry<DeviceId, Long>> heaviestFirst = new ArrayList<>(lost.entrySet());
    if (heaviestFirst.size() > MOST_DEVICES_OF_A_BATCH) {
      heaviestFirst.sort(Map.Entry.<DeviceId, Long>comparingByValue().reversed());
    }
    int own = Math.min(MOST_DEVICES_OF_A_BATCH, heaviestFirst.size());
    long room = MOST_DEVICES - devices(gateway);
    for (Map.Entry<DeviceId, Long> one : heaviestFirst.subList(0, own)) {
      String device = one.getKey().value();
      boolean counted = hasShed(gateway, device);
      if (!counted && room <= 0) {
        count(gateway, OTHERS, one.getValue());
      } else {
        count(gateway, device, one.getValue());
        room -= counted ? 0 : 1;
      }
    }
    heaviestFirst.subList(own, heaviestFirst.size()).stream()
        .map(Map.Entry::getValue)
        .reduce(Counts::sum)
        .ifPresent(events -> count(gateway, OTHERS, events));
  }

  private long devices(GatewayId gateway) {
    return client
        .sql("SELECT COUNT(*) FROM shed_count WHERE gateway = :gateway")
        .param("gateway", gateway.value())
        .query(Long.class)
        .single();
  }

  private boolean hasShed(GatewayId gateway, String device) {
    return client
            .sql(HAS_SHED)
            .param("gateway", gateway.value())
            .param("device", device)
            .query(Long.class)
            .single()
        > 0;
  }

  private void count(GatewayId gateway, String device, long events) {
    client
        .sql(COUNT_SHED)
        .param("gateway", gateway.value())
        .param("device", device)
        .param("events", events)
        .param("largest", Counts.LARGEST)
        .update();
  }

  void repeated(GatewayId gateway, int events) {
    count(gateway, 0, events, 0);
  }

  void dead(GatewayId gateway) {
    count(gateway, 0, 0, 1);
  }

  /** Counts an event that was applied and that a store refuses for good. */
  void refused(GatewayId gateway) {
    count(gateway, -1, 0, 1);
  }

  /** Counts what became of the events of one batch. */
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

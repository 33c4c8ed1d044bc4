package org.linli.hub.intake;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.TakenEvent;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The newest event applied of each device, by its gateway's epoch and order number: what comes
 * after something newer is late (delivery contract, point 3). Order numbers of different gateways
 * cannot be compared, so each gateway has its own. Kept in memory once read; used by one thread at
 * a time.
 */
@Component
class DeviceOrders {

  private static final String KEEP =
      """
      INSERT INTO device_order (gateway, device, epoch, order_no) VALUES (?, ?, ?, ?)
      ON CONFLICT (gateway, device) DO UPDATE
      SET epoch = excluded.epoch, order_no = excluded.order_no
      WHERE device_order.epoch < excluded.epoch
         OR (device_order.epoch = excluded.epoch AND device_order.order_no < excluded.order_no)
      """;

  private final JdbcTemplate writer;
  private final RecordsReader reader;
  private final Map<GatewayId, Map<DeviceId, Position>> newest = new ConcurrentHashMap<>();

  DeviceOrders(JdbcTemplate writer, RecordsReader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /** One event's place in its device's history. */
  private record Position(long epoch, long order) {
    boolean isBefore(Position other) {
      return epoch < other.epoch || (epoch == other.epoch && order < other.order);
    }
  }

  /** What batches change, once their transaction has committed. */
  final class Progress {
    private final Map<GatewayId, Map<DeviceId, Position>> moved = new HashMap<>();

    /**
     * Goes through the next batch but for its repeats; sets a bit for each of its events that is
     * late.
     */
    BitSet advance(Batch batch, BitSet repeats) {
      Map<DeviceId, Position> known = known(batch.gateway());
      Map<DeviceId, Position> ahead =
          moved.computeIfAbsent(batch.gateway(), first -> new HashMap<>());
      BitSet late = new BitSet();
      for (int i = repeats.nextClearBit(0);
          i < batch.events().size();
          i = repeats.nextClearBit(i + 1)) {
        TakenEvent taken = batch.events().get(i);
        DeviceId device = taken.event().device();
        Position position = new Position(batch.epoch(), taken.order());
        Position last = ahead.getOrDefault(device, known.get(device));
        if (last != null && position.isBefore(last)) {
          late.set(i);
        } else {
          ahead.put(device, position);
        }
      }
      return late;
    }

    /** Within the caller's transaction. */
    void keep() {
      moved.forEach(
          (gateway, positions) ->
              writer.batchUpdate(
                  KEEP,
                  positions.entrySet(),
                  positions.size(),
                  (statement, entry) -> {
                    statement.setString(1, gateway.value());
                    statement.setString(2, entry.getKey().value());
                    statement.setLong(3, entry.getValue().epoch());
                    statement.setLong(4, entry.getValue().order());
                  }));
    }

    /** After the commit. */
    void committed() {
      moved.forEach((gateway, positions) -> known(gateway).putAll(positions));
    }
  }

  Progress progress() {
    return new Progress();
  }

  /** Reads a gateway's positions again: another hub changed them. */
  void forget(GatewayId gateway) {
    newest.remove(gateway);
  }

  private Map<DeviceId, Position> known(GatewayId gateway) {
    return newest.computeIfAbsent(gateway, this::read);
  }

  private Map<DeviceId, Position> read(GatewayId gateway) {
    Map<DeviceId, Position> positions = new HashMap<>();
    reader
        .sql("SELECT device, epoch, order_no FROM device_order WHERE gateway = :gateway")
        .param("gateway", gateway.value())
        .query(
            row -> {
              positions.put(
                  new DeviceId(row.getString("device")),
                  new Position(row.getLong("epoch"), row.getLong("order_no")));
            });
    return positions;
  }
}

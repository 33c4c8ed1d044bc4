package org.linli.hub.intake.sequence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.TakenEvent;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.registry.Registry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The position of the newest applied event of each device: the epoch of its gateway and its order
 * number. An event that comes after a newer one is late (delivery contract, point 3). Order numbers
 * of different gateways cannot be compared, so each gateway has its own positions.
 *
 * <p>A position is read when a batch names the device. It stays in memory while it is in use and
 * there is room. For each gateway, {@value #MOST_UNREGISTERED} unregistered devices are remembered
 * besides the registered ones. The devices first heard from longest ago are forgotten ({@link
 * ForgettingDevices}); a late event of a forgotten device is not recognised as late. Used by one
 * thread at a time.
 */
@Component
public class DeviceOrders {

  public static final int MOST_UNREGISTERED = 20_000;

  /** Approximate bytes of memory for one position. */
  private static final int BYTES_EACH = 400;

  /** What the gateway takes within this is of one instant. */
  private static final Duration INSTANT = Duration.ofSeconds(1);

  private static final int LEAST_IN_MEMORY = 2_000;
  private static final int READ_AT_ONCE = 500;

  private static final String READ =
      """
      SELECT device, epoch, order_no FROM device_order
      WHERE gateway = :gateway AND device IN (:devices)
      """;

  private static final String KEEP =
      """
      INSERT INTO device_order (gateway, device, epoch, order_no, number) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (gateway, device) DO UPDATE
      SET epoch = excluded.epoch, order_no = excluded.order_no
      WHERE device_order.epoch < excluded.epoch
         OR (device_order.epoch = excluded.epoch AND device_order.order_no < excluded.order_no)
      """;

  private final JdbcTemplate writer;
  private final RecordsReader reader;
  private final ForgettingDevices forgetting;
  private final Counter forgotten;

  /** In order of use, least recently used first. */
  private final LinkedHashMap<Key, Position> inMemory;

  /** The number for the next device that is heard for the first time; 0 until it is read. */
  private long nextNumber;

  @Autowired
  DeviceOrders(
      JdbcTemplate writer,
      RecordsReader reader,
      Registry registry,
      HubMemory memory,
      MeterRegistry meters) {
    this(
        writer,
        reader,
        (gateway, device) ->
            registry
                .findDevice(gateway, device)
                .filter(found -> found.gateway().equals(gateway))
                .isPresent(),
        MOST_UNREGISTERED,
        (int) Math.max(LEAST_IN_MEMORY, memory.deviceOrders() / BYTES_EACH),
        meters);
  }

  /**
   * @param registered whether a device is registered with a gateway
   * @param mostUnregistered how many unregistered devices are remembered for each gateway
   * @param mostInMemory how many positions are kept in memory, over all gateways
   */
  public DeviceOrders(
      JdbcTemplate writer,
      RecordsReader reader,
      BiPredicate<GatewayId, DeviceId> registered,
      int mostUnregistered,
      int mostInMemory,
      MeterRegistry meters) {
    this.writer = writer;
    this.reader = reader;
    this.forgetting = new ForgettingDevices(writer, reader, registered, mostUnregistered);
    this.inMemory =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Position> eldest) {
            return size() > mostInMemory;
          }
        };
    this.forgotten =
        Counter.builder("linli.intake.devices.forgotten")
            .description("Devices that nobody registered and that were forgotten for want of room")
            .register(meters);
  }

  private record Key(GatewayId gateway, DeviceId device) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byDevice = device.compareTo(other.device);
      return byDevice == 0 ? gateway.compareTo(other.gateway) : byDevice;
    }
  }

  /**
   * The place of one event in its device's history.
   *
   * @param takenAt when the gateway took it; null where it was read from the records
   */
  private record Position(long epoch, long order, @Nullable Instant takenAt) {
    boolean isBefore(Position other) {
      return epoch < other.epoch || (epoch == other.epoch && order < other.order);
    }

    /** Whether another event of the same instant was sent first, because it is urgent. */
    boolean isOvertakenBy(Position other) {
      return epoch == other.epoch
          && takenAt != null
          && other.takenAt != null
          && Duration.between(takenAt, other.takenAt).abs().compareTo(INSTANT) <= 0;
    }
  }

  /** A device that is named by the current batches. */
  private static final class DeviceOrder {

    /** The position before these batches; null for a device that was never heard. */
    private @Nullable Position known;

    /** The position after these batches; null while nothing newer came. */
    private @Nullable Position moved;

    private DeviceOrder(@Nullable Position known) {
      this.known = known;
    }
  }

  /**
   * @param isFirst whether the device was never heard before
   */
  private record Move(Key device, Position to, boolean isFirst) {}

  /**
   * The late events of a batch, a bit for each.
   *
   * @param applied those that came after something newer of their device
   * @param told those of them that are marked late for people: all but what an urgent event of the
   *     same instant has overtaken on the way, as it is meant to, and measurements that any has
   *     overtaken, which tell nobody anything
   */
  public record Late(BitSet applied, BitSet told) {}

  /** What batches change; it takes effect once their transaction has committed. */
  public final class Progress {

    /** For the devices that the batches name. */
    private final Map<GatewayId, Map<DeviceId, DeviceOrder>> orders = new HashMap<>();

    private final Map<GatewayId, List<DeviceId>> added = new HashMap<>();
    private final List<ForgettingDevices.Forgotten> gone = new ArrayList<>();

    /** Goes through the next batch except its repeats and finds its late events. */
    public Late advance(Batch batch, BitSet repeats) {
      List<DeviceOrder> ofEvents = look(batch);
      BitSet late = new BitSet();
      BitSet overtaken = new BitSet();
      for (int i = repeats.nextClearBit(0);
          i < batch.events().size();
          i = repeats.nextClearBit(i + 1)) {
        DeviceOrder order = ofEvents.get(i);
        Position position = position(batch, i);
        Position last = order.moved == null ? order.known : order.moved;
        if (last != null && position.isBefore(last)) {
          late.set(i);
          boolean isMeasurement = batch.events().get(i).event().type().isMeasurement();
          overtaken.set(
              i, position.epoch() == last.epoch() && isMeasurement || position.isOvertakenBy(last));
        } else {
          order.moved = position;
        }
      }
      BitSet toTell = (BitSet) late.clone();
      toTell.andNot(overtaken);
      return new Late(late, toTell);
    }

    private static Position position(Batch batch, int event) {
      TakenEvent taken = batch.events().get(event);
      return new Position(batch.epoch(), taken.order(), taken.event().takenAt());
    }

    /** Returns for each event the entry of its device. */
    private List<DeviceOrder> look(Batch batch) {
      Map<DeviceId, DeviceOrder> ofGateway =
          orders.computeIfAbsent(batch.gateway(), _ -> new LinkedHashMap<>());
      List<DeviceOrder> ofEvents = new ArrayList<>(batch.events().size());
      List<String> unread = new ArrayList<>();
      for (TakenEvent taken : batch.events()) {
        DeviceId device = taken.event().device();
        DeviceOrder order = ofGateway.get(device);
        if (order == null) {
          order = new DeviceOrder(inMemory.get(new Key(batch.gateway(), device)));
          ofGateway.put(device, order);
          if (order.known == null) {
            unread.add(device.value());
          }
        }
        ofEvents.add(order);
      }
      for (int from = 0; from < unread.size(); from += READ_AT_ONCE) {
        read(batch.gateway(), unread.subList(from, Math.min(unread.size(), from + READ_AT_ONCE)));
      }
      return ofEvents;
    }

    private void read(GatewayId gateway, List<String> devices) {
      reader
          .sql(READ)
          .param("gateway", gateway.value())
          .param("devices", devices)
          .query(
              row -> {
                order(gateway, new DeviceId(row.getString("device"))).known =
                    new Position(row.getLong("epoch"), row.getLong("order_no"), null);
              });
    }

    /** Returns the entry of a device that the batches name. */
    private DeviceOrder order(GatewayId gateway, DeviceId device) {
      return Objects.requireNonNull(orders.getOrDefault(gateway, Map.of()).get(device));
    }

    /**
     * Writes the positions. To be called within the caller's transaction.
     *
     * @return the gateways for which the hub now begins to forget devices
     */
    public List<GatewayId> keep() {
      List<Move> moves = moves();
      if (moves.isEmpty()) {
        return List.of();
      }
      if (nextNumber == 0) {
        nextNumber = greatestNumber() + 1;
      }
      long number = nextNumber;
      writer.batchUpdate(
          KEEP,
          moves,
          moves.size(),
          (statement, move) -> {
            statement.setString(1, move.device().gateway().value());
            statement.setString(2, move.device().device().value());
            statement.setLong(3, move.to().epoch());
            statement.setLong(4, move.to().order());
            statement.setLong(5, number);
          });
      for (Move move : moves) {
        if (move.isFirst()) {
          added
              .computeIfAbsent(move.device().gateway(), _ -> new ArrayList<>())
              .add(move.device().device());
        }
      }
      List<GatewayId> begun = new ArrayList<>();
      added.forEach(
          (gateway, devices) -> {
            ForgettingDevices.Forgotten some =
                forgetting.makeRoom(gateway, devices.size(), device -> hasMoved(gateway, device));
            gone.add(some);
            if (some.begins()) {
              begun.add(gateway);
            }
          });
      return begun;
    }

    private boolean hasMoved(GatewayId gateway, DeviceId device) {
      DeviceOrder order = orders.getOrDefault(gateway, Map.of()).get(device);
      return order != null && order.moved != null;
    }

    private List<Move> moves() {
      List<Move> moves = new ArrayList<>();
      orders.forEach(
          (gateway, devices) ->
              devices.forEach(
                  (device, order) -> {
                    Position to = order.moved;
                    if (to != null) {
                      moves.add(new Move(new Key(gateway, device), to, order.known == null));
                    }
                  }));
      return moves;
    }

    /** Updates the memory. To be called after the commit. */
    public void committed() {
      List<Move> moves = moves();
      if (!moves.isEmpty()) {
        nextNumber++;
      }
      moves.forEach(move -> inMemory.put(move.device(), move.to()));
      for (ForgettingDevices.Forgotten some : gone) {
        forgetting.committed(some);
        some.devices().forEach(device -> inMemory.remove(new Key(some.gateway(), device)));
        forgotten.increment(some.devices().size());
      }
    }
  }

  private long greatestNumber() {
    Long greatest =
        writer.queryForObject("SELECT COALESCE(MAX(number), 0) FROM device_order", Long.class);
    return greatest == null ? 0 : greatest;
  }

  public Progress progress() {
    return new Progress();
  }

  /** Returns how many devices of a gateway are remembered. */
  long remembered(GatewayId gateway) {
    return forgetting.rows(gateway);
  }

  /**
   * Discards a gateway's positions from memory, so that they are read again: others may have
   * changed them, or a commit of which nobody knows.
   */
  public void forget(GatewayId gateway) {
    inMemory.keySet().removeIf(key -> key.gateway().equals(gateway));
    forgetting.forget(gateway);
    nextNumber = 0;
  }
}

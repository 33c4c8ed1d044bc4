package org.linli.hub;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.ShedRange;
import org.linli.event.TakenEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.BatchIntake;
import org.linli.hub.intake.BatchReceipt;

/** A gateway, by itself gateway-1, sending each event in a batch of its own. */
public final class ReportingGateway {

  public static final GatewayId ID = new GatewayId("gateway-1");

  private final RunningHub hub;
  private final GatewayId id;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Long> orders = new HashMap<>();
  private final Map<Lane, Long> sequences = new EnumMap<>(Lane.class);
  private final Map<Lane, Digest> digests = new EnumMap<>(Lane.class);
  private final Map<String, Class<?>> devicesOf = new HashMap<>();
  private @Nullable Class<?> sender;
  private long epoch = 1;

  ReportingGateway(RunningHub hub, GatewayId id) {
    this.hub = hub;
    this.id = id;
  }

  /** Whose events come next, where test classes share a hub: none may use a device of another. */
  synchronized void sendsFor(Class<?> test) {
    sender = test;
  }

  private void requireOwn(String device) {
    if (sender != null && devicesOf.computeIfAbsent(device, first -> sender) != sender) {
      throw new AssertionError(
          "%s is a device of %s, which shares this hub: take another for %s"
              .formatted(device, devicesOf.get(device).getSimpleName(), sender.getSimpleName()));
    }
  }

  /** Goes on with a new outbox. */
  public synchronized ReportingGateway inEpoch(long newer) {
    epoch = newer;
    sequences.clear();
    digests.clear();
    return this;
  }

  /** The same gateway, where it was, after its hub was started again. */
  ReportingGateway goesOnAt(RunningHub startedAgain) {
    ReportingGateway same = new ReportingGateway(startedAgain, id);
    same.epoch = epoch;
    same.devicesOf.putAll(devicesOf);
    same.sender = sender;
    same.orders.putAll(orders);
    same.sequences.putAll(sequences);
    same.digests.putAll(digests);
    return same;
  }

  public void reports(String device, Kind kind, String type) {
    reports(device, kind, type, Map.of());
  }

  /** Sends one event that happens now, and returns once the hub has applied it. */
  public synchronized void reports(
      String device, Kind kind, String type, Map<String, Value> values) {
    requireOwn(device);
    EventType eventType = new EventType(type);
    Lane lane = EventTypes.laneOf(kind, eventType);
    Instant now = hub.clock().instant();
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device), kind, eventType, null, now, null, now, new Values(values));
    send(lane, List.of(), List.of(new TakenEvent(orders.merge(device, 1L, Long::sum), event)));
  }

  /** Sends one event of a door that happened, by the gateway's clock, at this time. */
  public synchronized void reportsAt(Instant time, String device, String type) {
    requireOwn(device);
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device),
            Kind.ACCESS,
            new EventType(type),
            null,
            time,
            null,
            time,
            Values.NONE);
    send(Lane.BULK, List.of(), List.of(new TakenEvent(orders.merge(device, 1L, Long::sum), event)));
  }

  /** Tells of dead letters that may report an emergency, of a device or under its own name. */
  public synchronized void couldNotRead(String device, Kind kind, String word, long letters) {
    requireOwn(device);
    Instant now = hub.clock().instant();
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device),
            kind,
            UnreadableAlarm.TYPE,
            new EventId(EventId.MADE_BY_GATEWAY + random.nextLong()),
            now,
            null,
            now,
            new Values(
                Map.of(
                    UnreadableAlarm.DOOR, new Value.Text("mqtt"),
                    UnreadableAlarm.SOURCE, new Value.Text("b7/hall"),
                    UnreadableAlarm.REASON, new Value.Text("not-json"),
                    UnreadableAlarm.WORD, new Value.Text(word),
                    UnreadableAlarm.LETTERS, new Value.Whole(letters))));
    send(
        Lane.URGENT,
        List.of(),
        List.of(new TakenEvent(orders.merge(device, 1L, Long::sum), event)));
  }

  /** Tells that it gave up one event of a device. */
  public synchronized void gaveUp(String device) {
    long next = sequences.getOrDefault(Lane.BULK, 0L) + 1;
    send(
        Lane.BULK, List.of(new ShedRange(next, next, Map.of(new DeviceId(device), 1L))), List.of());
  }

  private void send(Lane lane, List<ShedRange> shed, List<TakenEvent> events) {
    Instant now = hub.clock().instant();
    long sequence = sequences.merge(lane, 1L, Long::sum);
    byte[] bytes = new byte[Digest.LENGTH];
    random.nextBytes(bytes);
    Digest digest = new Digest(bytes);
    Batch batch =
        new Batch(
            id,
            epoch,
            lane,
            sequence,
            sequence,
            digests.getOrDefault(lane, Digest.NONE),
            digest,
            new LaneLedger(sequence, 0),
            shed,
            events);
    digests.put(lane, digest);
    AtomicReference<Receipt> unused = new AtomicReference<>();
    BatchReceipt answer =
        hub.bean(BatchIntake.class)
            .apply(List.of(new ArrivedBatch(id, lane, BatchCodec.encode(batch), now, unused::set)))
            .getFirst();
    if (!(answer.receipt() instanceof Receipt.Applied)) {
      throw new AssertionError("the hub answers " + answer.receipt());
    }
  }
}

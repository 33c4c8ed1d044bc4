package org.linli.hub.intake;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.ShedRange;
import org.linli.event.TakenEvent;
import org.linli.event.Values;

/**
 * Batches of one gateway as its outbox would cut them: row {@code n} holds one event, of door-1 and
 * with order {@code n}. Two histories differ in every digest.
 */
public record Batches(GatewayId gateway, long epoch, Lane lane, int history) {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final DeviceId DOOR = new DeviceId("door-1");

  public static Batches of(String gateway) {
    return new Batches(new GatewayId(gateway), 1, Lane.BULK, 1);
  }

  public Batches epoch(long other) {
    return new Batches(gateway, other, lane, history);
  }

  public Batches lane(Lane other) {
    return new Batches(gateway, epoch, other, history);
  }

  public Batches otherHistory() {
    return new Batches(gateway, epoch, lane, history + 1);
  }

  public Batch rows(long first, long last) {
    return rows(first, last, List.of());
  }

  public Batch rowsAfterShedding(long shedFirst, long shedLast, long first, long last) {
    return rows(
        first,
        last,
        List.of(new ShedRange(shedFirst, shedLast, Map.of(DOOR, shedLast - shedFirst + 1))));
  }

  /** The same batch with measurements of the same device instead of its events. */
  public static Batch measured(Batch batch) {
    return with(batch, Batches::measured);
  }

  /** The same batch as if the gateway had taken all of it at once. */
  public static Batch ofOneInstant(Batch batch) {
    return with(
        batch,
        event ->
            new DeviceEvent(
                event.device(),
                event.kind(),
                event.type(),
                event.id(),
                NOON,
                null,
                NOON,
                event.values()));
  }

  private static Batch with(Batch batch, UnaryOperator<DeviceEvent> changed) {
    return new Batch(
        batch.gateway(),
        batch.epoch(),
        batch.lane(),
        batch.first(),
        batch.last(),
        batch.before(),
        batch.digest(),
        batch.ledger(),
        batch.shed(),
        batch.events().stream()
            .map(taken -> new TakenEvent(taken.order(), changed.apply(taken.event())))
            .toList());
  }

  private static DeviceEvent measured(DeviceEvent event) {
    return new DeviceEvent(
        event.device(),
        event.kind(),
        EventType.MEASUREMENT,
        event.id(),
        event.time(),
        null,
        event.takenAt(),
        Values.NONE);
  }

  private Batch rows(long first, long last, List<ShedRange> shed) {
    List<TakenEvent> events = new ArrayList<>();
    for (long row = first; row <= last; row++) {
      events.add(new TakenEvent(row, event(row)));
    }
    return new Batch(
        gateway,
        epoch,
        lane,
        first,
        last,
        digest(first - 1),
        digest(last),
        new LaneLedger(last, shed.stream().mapToLong(ShedRange::events).sum()),
        shed,
        events);
  }

  private DeviceEvent event(long row) {
    return new DeviceEvent(
        DOOR,
        Kind.ACCESS,
        new EventType(lane == Lane.URGENT ? "door.forced" : "door.opened"),
        new EventId(lane + "-" + epoch + "-" + row),
        NOON.plusSeconds(row),
        null,
        NOON.plusSeconds(row),
        Values.NONE);
  }

  /** The receipt of all up to a sequence. */
  public Receipt.Applied applied(long sequence) {
    return new Receipt.Applied(epoch, lane, sequence, digest(sequence));
  }

  public Digest digest(long row) {
    return row == 0
        ? Digest.NONE
        : new Digest(
            ByteBuffer.allocate(Digest.LENGTH).putLong(row).putInt(history).putInt(1).array());
  }
}

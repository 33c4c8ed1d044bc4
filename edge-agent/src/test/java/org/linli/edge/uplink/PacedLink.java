package org.linli.edge.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;

/**
 * A link of a given rate and delay, in a time of the test's own, to somebody who applies everything
 * at once. Bytes leave one after the other, as from a modem; receipts take the delay only.
 */
final class PacedLink implements HubSender {

  private final Deque<Transit> underWay = new ArrayDeque<>();
  private final Deque<Transit> statements = new ArrayDeque<>();
  private final Map<Lane, Receipt> marks = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> arrivedAt = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> arrived = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> bytes = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> batches = new EnumMap<>(Lane.class);
  private long now;
  private long freeAt;
  private long bytesPerSecond;
  private final Duration oneWay;
  private int mostBulkUnderWay;

  private record Transit(Receipt receipt, Lane lane, int bytes, int events, long backAt) {}

  PacedLink(long bytesPerSecond, Duration oneWay) {
    this.bytesPerSecond = bytesPerSecond;
    this.oneWay = oneWay;
  }

  long now() {
    return now;
  }

  void carry(long otherBytesPerSecond) {
    bytesPerSecond = otherBytesPerSecond;
  }

  /** Most bytes of bulk without receipt since this was last asked. */
  int takeMostBulkUnderWay() {
    int most = mostBulkUnderWay;
    mostBulkUnderWay = 0;
    return most;
  }

  /** How many events of a lane the hub has. */
  int events(Lane lane) {
    return arrived.getOrDefault(lane, 0);
  }

  /** How many bytes of batches of a lane the hub got. */
  int bytes(Lane lane) {
    return bytes.getOrDefault(lane, 0);
  }

  /** How many batches of a lane the hub got. */
  int batches(Lane lane) {
    return batches.getOrDefault(lane, 0);
  }

  /** When the hub last got something of a lane. */
  long arrivedAt(Lane lane) {
    return arrivedAt.getOrDefault(lane, -1L);
  }

  @Override
  public void report(byte[] equipment) {
    throw new AssertionError("the hub has told nothing of a registry");
  }

  @Override
  public void announce() {
    for (Lane lane : Lane.values()) {
      statements.add(
          new Transit(
              new Receipt.Applied(0, lane, 0, Digest.NONE),
              lane,
              0,
              0,
              now + 2 * oneWay.toNanos()));
    }
  }

  @Override
  public LaneWindow.Delivery send(Lane lane, byte[] encoded, Backlog behind) {
    if (!(BatchCodec.decode(encoded) instanceof BatchCodec.Decoded.Read(Batch batch))) {
      throw new IllegalArgumentException("a batch that cannot be read");
    }
    freeAt = Math.max(now, freeAt) + encoded.length * 1_000_000_000L / bytesPerSecond;
    underWay.add(
        new Transit(
            new Receipt.Applied(batch.epoch(), lane, batch.last(), batch.digest()),
            lane,
            encoded.length,
            batch.events().size(),
            freeAt + 2 * oneWay.toNanos()));
    mostBulkUnderWay =
        Math.max(
            mostBulkUnderWay,
            underWay.stream()
                .filter(transit -> transit.lane() == Lane.BULK)
                .mapToInt(Transit::bytes)
                .sum());
    return () -> true;
  }

  /** Lets this time pass without anybody doing anything. */
  void standStill(Duration time) {
    now += time.toNanos();
  }

  /** Lets this time pass. */
  void pass(Conversation conversation, Duration time) throws Exception {
    long end = now + time.toNanos();
    while (now < end) {
      Deque<Transit> next = statements.isEmpty() ? underWay : statements;
      long due = next.isEmpty() ? end : next.element().backAt();
      now = Math.min(end, Math.min(due, now + conversation.sleepNanos()));
      conversation.step(next.isEmpty() || now < due ? null : arrive(next.remove()));
    }
  }

  private @Nullable HubSignal arrive(Transit transit) {
    if (transit.bytes() > 0) {
      arrived.merge(transit.lane(), transit.events(), Integer::sum);
      bytes.merge(transit.lane(), transit.bytes(), Integer::sum);
      batches.merge(transit.lane(), 1, Integer::sum);
    }
    marks.put(transit.lane(), transit.receipt());
    arrivedAt.put(transit.lane(), now - oneWay.toNanos());
    return new HubSignal.ReceiptReceived(transit.receipt());
  }
}

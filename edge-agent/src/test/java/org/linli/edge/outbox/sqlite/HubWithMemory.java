package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.linli.event.TakenEvent;
import org.linli.event.codec.BatchCodec;

/**
 * What a hub makes of an outbox's batches by docs/protocol.md: takes what directly follows, by
 * sequence and digest, and keeps everything that it was told.
 */
final class HubWithMemory {

  /** One lane at the hub. */
  static final class Side {
    long sequence;
    Digest digest = Digest.NONE;
    long applied;
    final List<ShedRange> shed = new ArrayList<>();

    /** The events of each row, as {@code device order}. */
    final Map<Long, List<String>> rows = new HashMap<>();
  }

  private final Map<Lane, Side> sides = new EnumMap<>(Lane.class);

  Side side(Lane lane) {
    return sides.computeIfAbsent(lane, missing -> new Side());
  }

  /** What the hub states when a gateway connects. */
  Map<Lane, Long> watermarks() {
    Map<Lane, Long> watermarks = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      watermarks.put(lane, side(lane).sequence);
    }
    return watermarks;
  }

  /**
   * Applies the next batch of a lane.
   *
   * @return false where there is none
   */
  boolean take(SqliteOutbox outbox, Lane lane, int events) {
    Side side = side(lane);
    Optional<Batch> next = outbox.next(lane, side.sequence, events);
    if (next.isEmpty()) {
      return false;
    }
    Batch batch = overTheWire(next.get());
    assertThat(batch.first()).isEqualTo(side.sequence + 1);
    assertThat(batch.before()).isEqualTo(side.digest);
    assertThat(batch.shed())
        .allSatisfy(
            range ->
                assertThat(range.first())
                    .isBetween(batch.first(), range.last())
                    .isLessThanOrEqualTo(batch.last()));
    side.applied += batch.events().size();
    side.shed.addAll(batch.shed());
    assertThat(batch.ledger().shed()).isEqualTo(shed(lane));
    side.rows.put(batch.last(), batch.events().stream().map(HubWithMemory::name).toList());
    side.sequence = batch.last();
    side.digest = batch.digest();
    return true;
  }

  long shed(Lane lane) {
    return side(lane).shed.stream().mapToLong(ShedRange::events).sum();
  }

  List<String> applied(Lane lane) {
    return side(lane).rows.values().stream().flatMap(List::stream).toList();
  }

  static String name(TakenEvent event) {
    return event.event().device() + " " + event.order();
  }

  private static Batch overTheWire(Batch batch) {
    return BatchCodec.decode(BatchCodec.encode(batch))
            instanceof BatchCodec.Decoded.Read(Batch read)
        ? read
        : batch;
  }
}

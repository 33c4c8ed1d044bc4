package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.linli.event.Batch;
import org.linli.event.BatchCodec;
import org.linli.event.BatchCodec.Decoded;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.HubMemory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Unpacks batches only while there is memory for it, from the unpacking to the commit. A batch of
 * some kilobytes can unpack to tens of megabytes. The budget is first charged with the largest
 * possible size, then with the actual size. Urgent batches have a budget of their own, so that they
 * do not wait for bulk batches.
 */
@Component
final class Unpacking {

  private static final int BYTES_OF_AN_EVENT = 400;
  private static final int BYTES_OF_A_VALUE = 100;
  private static final int BYTES_OF_A_LOSS = 200;

  /** An event, or a loss, takes at least this many bytes of the message. */
  private static final int LEAST_OF_AN_EVENT = 2;

  /** The message, its strings, and the objects built from both. */
  private static final int COPIES = 3;

  /** A portion takes at most this part of the budget, so that other work can go on. */
  private static final int PARTS = 4;

  private final ByteBudget bulk;
  private final ByteBudget urgent;

  @Autowired
  Unpacking(HubMemory memory) {
    this(new ByteBudget(memory.unpackedBulk()), new ByteBudget(memory.unpackedUrgent()));
  }

  Unpacking(ByteBudget bulk, ByteBudget urgent) {
    this.bulk = bulk;
    this.urgent = urgent;
  }

  /**
   * Runs the work for portions of one connection and lane that fit together, in order, one at a
   * time.
   */
  void inPortions(List<ArrivedBatch> arrived, Consumer<Arrival> work) {
    List<ArrivedBatch> portion = new ArrayList<>();
    long bytes = 0;
    for (ArrivedBatch one : arrived) {
      long more = most(one.payload());
      if (!portion.isEmpty() && bytes + more > budget(one.lane()).most() / PARTS) {
        unpack(portion, bytes, work);
        portion = new ArrayList<>();
        bytes = 0;
      }
      portion.add(one);
      bytes += more;
    }
    if (!portion.isEmpty()) {
      unpack(portion, bytes, work);
    }
  }

  private ByteBudget budget(Lane lane) {
    return switch (lane) {
      case URGENT -> urgent;
      case BULK -> bulk;
    };
  }

  private void unpack(List<ArrivedBatch> portion, long most, Consumer<Arrival> work) {
    ByteBudget budget = budget(portion.getFirst().lane());
    budget.take(most);
    long held = most;
    try {
      Arrival arrival = new Arrival(portion);
      long own = Math.min(most, arrival.bytes());
      budget.give(most - own);
      held = own;
      work.accept(arrival);
    } finally {
      budget.give(held);
    }
  }

  /** Returns the most bytes of memory that unpacking the payload can take. */
  static long most(byte[] payload) {
    long message = BatchCodec.unpackedBytes(payload);
    return payload.length
        + COPIES * message
        + BYTES_OF_AN_EVENT * Math.min(Batch.MAX_EVENTS, message / LEAST_OF_AN_EVENT)
        + BYTES_OF_A_VALUE * Math.min(Batch.MAX_VALUES, message)
        + BYTES_OF_A_LOSS * Math.min(Batch.MAX_SHED_COUNTS, message / LEAST_OF_AN_EVENT);
  }

  /** Returns roughly how many bytes of memory it takes once it is unpacked. */
  static long bytes(byte[] payload, Decoded decoded) {
    return payload.length
        + switch (decoded) {
          case Decoded.Refused _ -> 0;
          case Decoded.Read(Batch batch) -> {
            long values = 0;
            for (var taken : batch.events()) {
              values += taken.event().values().size();
            }
            long losses = 0;
            for (ShedRange range : batch.shed()) {
              losses += 1 + range.eventsByDevice().size();
            }
            yield BatchCodec.unpackedBytes(payload)
                + BYTES_OF_AN_EVENT * (long) batch.events().size()
                + BYTES_OF_A_VALUE * values
                + BYTES_OF_A_LOSS * losses;
          }
        };
  }
}

package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.linli.event.Lane;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.journal.UnpackedSize;
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
      long more = UnpackedSize.most(one.payload());
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
}

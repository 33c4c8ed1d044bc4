package org.linli.sims.reconcile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedEvent;

/** Compares what one device sent with what the hub has. */
final class Comparing {

  private final Recorded.OfDevice recorded;
  private final Discrepancies discrepancies = new Discrepancies();
  private final Map<String, RecordedEvent> sent = new LinkedHashMap<>();
  private final Map<String, Stored> found = new HashMap<>();

  private Comparing(Recorded.OfDevice recorded) {
    this.recorded = recorded;
    recorded.sent().forEach(event -> sent.put(event.id(), event));
  }

  static Discrepancies of(Recorded.OfDevice recorded, List<Stored> stored) {
    Comparing comparing = new Comparing(recorded);
    stored.forEach(comparing::look);
    comparing.lookForLost();
    comparing.lookAtOrder();
    return comparing.discrepancies;
  }

  private void look(Stored stored) {
    RecordedEvent event = sent.get(stored.id());
    if (event == null) {
      if (stored.isByGateway()) {
        discrepancies.add(Discrepancy.BY_GATEWAY, named(stored) + " " + stored.type());
      } else {
        discrepancies.stored(1);
        discrepancies.add(Discrepancy.UNEXPECTED, named(stored) + " was never sent");
      }
      return;
    }
    discrepancies.stored(1);
    Stored other = found.put(stored.id(), stored);
    if (other != null) {
      // Only the first one counts for the order.
      found.put(stored.id(), stored.isAfter(other) ? other : stored);
      discrepancies.add(Discrepancy.DOUBLED, named(stored) + ", order " + stored.order());
      return;
    }
    String difference = difference(event, stored);
    if (difference != null) {
      discrepancies.add(Discrepancy.UNEXPECTED, named(stored) + ": " + difference);
    }
    switch (event.outcome()) {
      case ACKNOWLEDGED -> {}
      case UNKNOWN -> discrepancies.add(Discrepancy.RECOVERED, named(stored));
      case REFUSED -> discrepancies.add(Discrepancy.UNEXPECTED, named(stored) + " was refused");
    }
  }

  private void lookForLost() {
    for (RecordedEvent event : sent.values()) {
      if (event.outcome() == Outcome.ACKNOWLEDGED && !found.containsKey(event.id())) {
        discrepancies.add(
            Discrepancy.LOST,
            "%s %s, number %d, sent at %s"
                .formatted(event.device(), event.id(), event.number(), event.time()));
      }
    }
  }

  private void lookAtOrder() {
    Map<Integer, Stored> lastOfConnection = new HashMap<>();
    for (RecordedEvent event : recorded.sent()) {
      Stored stored = found.get(event.id());
      if (stored != null && event.outcome() == Outcome.ACKNOWLEDGED) {
        Stored before = lastOfConnection.put(event.connection(), stored);
        if (before != null && !stored.isAfter(before)) {
          discrepancies.add(
              Discrepancy.OUT_OF_ORDER,
              "%s has order %d, and %s before it has %d"
                  .formatted(named(stored), stored.order(), before.id(), before.order()));
        }
      }
    }
  }

  private static @Nullable String difference(RecordedEvent event, Stored stored) {
    if (!event.type().equals(stored.type())) {
      return "type is %s, %s was sent".formatted(stored.type(), event.type());
    }
    if (!event.kind().equals(stored.kind())) {
      return "kind is %s, %s was sent".formatted(stored.kind(), event.kind());
    }
    String lane = lane(event);
    if (!lane.equals(stored.lane())) {
      return "it came with %s events, %s was meant".formatted(stored.lane(), lane);
    }
    if (!event.time().equals(stored.time())) {
      return "time is %s, %s was sent".formatted(stored.time(), event.time());
    }
    return event.checksum() == stored.checksum()
        ? null
        : "values have checksum %08x, %08x was sent".formatted(stored.checksum(), event.checksum());
  }

  private static String lane(RecordedEvent event) {
    return Kind.ofWireName(event.kind())
        .map(kind -> EventTypes.laneOf(kind, new EventType(event.type())))
        .orElse(Lane.BULK)
        .wireName();
  }

  private String named(Stored stored) {
    return recorded.device() + " " + stored.id();
  }
}

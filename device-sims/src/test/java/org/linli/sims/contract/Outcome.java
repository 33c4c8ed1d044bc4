package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Losses;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.event.Lane;
import org.linli.hub.intake.HubLedger;
import org.linli.hub.journal.HubEvent;

/**
 * What must be true once nothing is under way any more.
 *
 * @param memory what the gateway's disk ought to know
 * @param everTaken all that devices were told is taken, also what a restored disk forgot
 * @param isRestored whether a disk was restored: then what was taken or given up after its copy is
 *     excused
 */
record Outcome(
    Memory memory, Set<Long> everTaken, SqliteOutbox outbox, HubSide hub, boolean isRestored) {

  void compare() {
    List<Long> applied = hub.applied().stream().map(HubSide::number).toList();
    assertThat(applied).as("events at the participants").doesNotHaveDuplicates();
    assertThat(hub.historyNumbers())
        .as("events in the history")
        .containsExactlyInAnyOrderElementsOf(applied);
    assertThat(everTaken).as("events that devices were told are taken").containsAll(applied);
    compareOrder();
    compareLosses();
    compareCounts();
    assertThat(hub.countsDiffer()).as("differences that the hub told of").isEmpty();
  }

  /** An event is late where something newer of its device was there before it, and only then. */
  private void compareOrder() {
    Map<String, Position> newest = new HashMap<>();
    Map<String, Long> newestOfLane = new HashMap<>();
    for (HubEvent event : hub.applied()) {
      String device = event.taken().event().device().value();
      Position position = new Position(event.epoch(), event.taken().order());
      Position before = newest.get(device);
      assertThat(event.late())
          .as("whether %s is late after %s", event, before)
          .isEqualTo(before != null && position.isBefore(before));
      if (!event.late()) {
        newest.put(device, position);
      }
      if (!isRestored) {
        Long last = newestOfLane.put(device + event.lane(), HubSide.number(event));
        assertThat(HubSide.number(event))
            .as("number of %s in its lane", event)
            .isGreaterThan(last == null ? 0 : last);
      }
    }
  }

  /** By epoch, then by order number. */
  private record Position(long epoch, long order) {
    boolean isBefore(Position other) {
      return epoch < other.epoch || epoch == other.epoch && order < other.order;
    }
  }

  private void compareLosses() {
    Map<String, Long> missing = new TreeMap<>();
    memory.taken.forEach(
        (number, taken) -> {
          if (!hub.has(number)) {
            missing.merge(taken.device(), 1L, Long::sum);
          }
        });
    Map<String, Long> gateway = new TreeMap<>();
    for (Losses.DeviceLoss loss : outbox.losses(1_000).most()) {
      gateway.put(loss.device().value(), loss.events());
    }
    if (isRestored) {
      missing.forEach(
          (device, events) ->
              assertThat(events)
                  .as("missing events of " + device)
                  .isLessThanOrEqualTo(
                      gateway.getOrDefault(device, 0L)
                          + hub.shedByDevice().getOrDefault(device, 0L)));
    } else {
      assertThat(gateway).as("what the gateway gave up").isEqualTo(missing);
      assertThat(new TreeMap<>(hub.shedByDevice()))
          .as("what the hub was told of as given up")
          .isEqualTo(missing);
    }
  }

  private void compareCounts() {
    Ledger ledger = outbox.ledger();
    assertThat(ledger.queued()).as("queued").isZero();
    if (!isRestored) {
      for (Lane lane : Lane.values()) {
        long there =
            memory.taken.entrySet().stream()
                .filter(entry -> entry.getValue().lane() == lane && hub.has(entry.getKey()))
                .count();
        Ledger.LaneFigures figures = ledger.lanes().get(lane);
        assertThat(figures == null ? 0 : figures.receipted())
            .as("receipted of the " + lane + " lane")
            .isEqualTo(there);
      }
    }
    HubLedger.GatewayFigures figures = hub.figures();
    assertThat(figures.received())
        .as("received by the hub")
        .isEqualTo(figures.applied() + figures.duplicate() + figures.dead());
    assertThat(figures.applied()).as("applied").isEqualTo(hub.applied().size());
    assertThat(figures.dead()).as("dead").isEqualTo(hub.dead());
  }
}

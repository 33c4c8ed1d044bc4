package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.linli.edge.outbox.Ledger;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/** Whatever is given up, in whatever order things happen, is counted once and told exactly. */
class ShedPropertyTest {

  private static final int MAX_MINUTES = 3;
  private static final int PADDING_KILOBYTES = 6;

  /** Of which sessions have a thirty-second part, and events what they always had. */
  private static final DataSize QUOTA = DataSize.ofKilobytes(416);

  /** One thing that happens to an outbox that is too small for what it is offered. */
  sealed interface Step {

    /** Events of some devices: 0 urgent, 1 bulk, 2 a measurement. */
    record Offer(List<Event> events) implements Step {}

    record Event(int device, int sort) {}

    /** The hub states its watermarks. */
    record Connect() implements Step {}

    /** The hub applies batches; whether its receipts arrive. */
    record Send(Lane lane, int batches, boolean isReceipted) implements Step {}

    record Part() implements Step {}

    record Restart() implements Step {}

    record MinuteLater() implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step.Event> event =
        Combinators.combine(
                Arbitraries.integers().between(1, 4),
                Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(2, 1), Tuple.of(4, 2)))
            .as(Step.Event::new);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(14, event.list().ofMinSize(1).ofMaxSize(8).map(Step.Offer::new)),
            Tuple.of(2, Arbitraries.just(new Step.Connect())),
            Tuple.of(
                4,
                Combinators.combine(
                        Arbitraries.of(Lane.class),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(true, false))
                    .as(Step.Send::new)),
            Tuple.of(2, Arbitraries.just(new Step.Part())),
            Tuple.of(1, Arbitraries.just(new Step.MinuteLater())),
            Tuple.of(1, Arbitraries.just(new Step.Restart())));
    return step.list().ofMinSize(15).ofMaxSize(50);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
  void countsOnceAndTellsExactlyWhatWasGivenUp(@ForAll("steps") List<Step> steps)
      throws IOException {
    Path folder = Files.createTempDirectory("outbox");
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder,
            OpenedOutbox.small(QUOTA, Duration.ofMinutes(MAX_MINUTES), DataSize.ofKilobytes(64)))) {
      Model model = new Model(opened);
      for (Step step : steps) {
        model.take(step);
        assertThat(opened.outbox().ledger().balances()).isTrue();
      }
      model.drainAndCompare();
      Statistics.label("given up")
          .collect(opened.outbox().ledger().shed() > 0)
          .coverage(coverage -> coverage.check(true).count(count -> count > 0));
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  /** What was taken, and a hub that hears of it. */
  private static final class Model {

    private final OpenedOutbox opened;
    private final HubWithMemory hub = new HubWithMemory();
    private final Map<String, Integer> orders = new HashMap<>();

    /** The row of each event that was taken, by its name. */
    private final Map<Lane, Map<String, Long>> taken = new EnumMap<>(Lane.class);

    private final Map<Lane, Long> rows = new EnumMap<>(Lane.class);
    private boolean isConnected;
    private int minutes;

    Model(OpenedOutbox opened) {
      this.opened = opened;
      for (Lane lane : Lane.values()) {
        rows.put(lane, 0L);
      }
    }

    void take(Step step) {
      SqliteOutbox outbox = opened.outbox();
      switch (step) {
        case Step.Offer offer -> {
          Ledger before = outbox.ledger();
          long others = othersLeft();
          // Never refused: of the 58 pages up to which nothing is given up, an empty outbox takes
          // 28, the largest offer 15, and what stays of all rows that were given up 2. So giving
          // up what came before is always enough.
          assertThat(opened.offer(events(offer))).isEqualTo("taken");
          note(offer);
          if (!isConnected && minutes < MAX_MINUTES) {
            compareOrder(before, outbox.ledger());
            compareOthers(
                before, others + offer.events().stream().filter(it -> it.sort() == 1).count());
          }
        }
        case Step.Connect() -> connect();
        case Step.Send send -> {
          for (int i = 0; i < send.batches() && isConnected; i++) {
            hub.take(outbox, send.lane(), 3);
          }
          if (isConnected && send.isReceipted()) {
            outbox.receipted(send.lane(), hub.side(send.lane()).sequence);
          }
        }
        case Step.Part() -> {
          outbox.parted();
          isConnected = false;
        }
        case Step.MinuteLater() -> {
          opened.now.updateAndGet(now -> now.plusSeconds(60));
          minutes++;
        }
        case Step.Restart() -> {
          opened.reopen();
          isConnected = false;
        }
      }
    }

    private void connect() {
      opened.outbox().settle(hub.watermarks());
      isConnected = true;
    }

    private static DeviceEvent[] events(Step.Offer offer) {
      return offer.events().stream()
          .map(
              event -> {
                String device = "lift-" + event.device();
                return Offered.padded(
                    switch (event.sort()) {
                      case 0 -> Offered.urgent(device, null);
                      case 1 -> Offered.bulk(device, null);
                      default -> Offered.measurement(device, null);
                    },
                    PADDING_KILOBYTES);
              })
          .toArray(DeviceEvent[]::new);
    }

    private void note(Step.Offer offer) {
      Set<Lane> lanes = new HashSet<>();
      for (Step.Event event : offer.events()) {
        Lane lane = event.sort() == 0 ? Lane.URGENT : Lane.BULK;
        if (lanes.add(lane)) {
          rows.merge(lane, 1L, Long::sum);
        }
        String device = "lift-" + event.device();
        takenOf(lane).put(device + " " + orders.merge(device, 1, Integer::sum), rows.get(lane));
      }
    }

    private long othersLeft() {
      return opened.number("SELECT coalesce(sum(other_count), 0) FROM bulk_row");
    }

    /** No other event is gone while an older measurement than those that came last is left. */
    private void compareOthers(Ledger before, long expected) {
      if (othersLeft() < expected && opened.outbox().ledger().receipted() == before.receipted()) {
        assertThat(
                opened.number(
                    "SELECT coalesce(sum(measurement_count), 0) FROM bulk_row"
                        + " WHERE position < (SELECT max(position) FROM bulk_row)"))
            .as("measurements that are left although other events were given up")
            .isZero();
      }
    }

    /** Nothing better is gone while something worse is left, but for what came last. */
    private void compareOrder(Ledger before, Ledger after) {
      String older = " WHERE position < (SELECT max(position) FROM bulk_row)";
      if (figures(after, Lane.URGENT).shed() > figures(before, Lane.URGENT).shed()) {
        assertThat(
                opened.number(
                    "SELECT coalesce(sum(measurement_count + other_count), 0) FROM bulk_row"
                        + older))
            .as("bulk events that are left although urgent ones were given up")
            .isZero();
      }
      assertThat(
              opened.number(
                  "SELECT count(*) FROM bulk_row younger, bulk_row older WHERE older.position <"
                      + " younger.position AND younger.measurements IS NULL AND"
                      + " younger.position IN (SELECT position FROM bulk_shed WHERE events > 0)"
                      + " AND older.measurement_count > 0 AND older.position >"
                      + " (SELECT bulk_sendable FROM totals)"))
          .as("measurements that are left although younger ones were given up")
          .isZero();
    }

    private Map<String, Long> takenOf(Lane lane) {
      return taken.computeIfAbsent(lane, missing -> new HashMap<>());
    }

    private static Ledger.LaneFigures figures(Ledger ledger, Lane lane) {
      return Objects.requireNonNull(ledger.lanes().get(lane));
    }

    void drainAndCompare() {
      SqliteOutbox outbox = opened.outbox();
      if (!isConnected) {
        connect();
      }
      for (Lane lane : Lane.values()) {
        while (hub.take(outbox, lane, 5)) {
          outbox.receipted(lane, hub.side(lane).sequence);
        }
        outbox.receipted(lane, hub.side(lane).sequence);
      }
      await()
          .pollInterval(Duration.ofMillis(1))
          .untilAsserted(() -> assertThat(outbox.ledger().queued()).isZero());
      for (Lane lane : Lane.values()) {
        compare(lane);
      }
      assertThat(outbox.ledger().balances()).isTrue();
    }

    private void compare(Lane lane) {
      Ledger.LaneFigures figures = figures(opened.outbox().ledger(), lane);
      List<String> applied = hub.applied(lane);
      assertThat(applied).doesNotHaveDuplicates();
      assertThat(figures.taken()).isEqualTo(takenOf(lane).size());
      assertThat(figures.receipted()).isEqualTo(applied.size());
      assertThat(figures.shed()).isEqualTo(hub.shed(lane));
      Map<String, Long> missing = new HashMap<>(takenOf(lane));
      missing.keySet().removeAll(applied);
      List<Map<DeviceId, Long>> lost = new ArrayList<>();
      for (ShedRange range : hub.side(lane).shed) {
        Map<DeviceId, Long> inRange = new HashMap<>();
        missing.forEach(
            (name, row) -> {
              if (row >= range.first() && row <= range.last()) {
                inRange.merge(new DeviceId(name.split(" ")[0]), 1L, Long::sum);
              }
            });
        lost.add(inRange);
      }
      assertThat(hub.side(lane).shed).extracting(ShedRange::eventsByDevice).isEqualTo(lost);
      assertThat(hub.shed(lane)).isEqualTo(missing.size());
    }
  }
}

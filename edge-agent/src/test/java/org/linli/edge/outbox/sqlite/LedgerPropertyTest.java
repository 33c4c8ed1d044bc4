package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.FileSystemUtils;

/** Whatever happens, in whatever order, nothing is lost, doubled or counted wrongly. */
class LedgerPropertyTest {

  /** One thing that happens to an outbox. */
  sealed interface Step {

    /** A message with some events; {@code id} 0 stands for none. */
    record Offer(List<Event> events) implements Step {}

    record Event(int device, int id, int sort) {}

    record Unreadable() implements Step {}

    record Receipt(Lane lane, int rows) implements Step {}

    record NewEpoch() implements Step {}

    record Restart() implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step.Event> event =
        Combinators.combine(
                Arbitraries.integers().between(1, 4),
                Arbitraries.integers().between(0, 12),
                Arbitraries.integers().between(0, 2))
            .as(Step.Event::new);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(10, event.list().ofMinSize(1).ofMaxSize(6).map(Step.Offer::new)),
            net.jqwik.api.Tuple.of(2, Arbitraries.just(new Step.Unreadable())),
            net.jqwik.api.Tuple.of(
                4,
                Combinators.combine(
                        Arbitraries.of(Lane.class), Arbitraries.integers().between(1, 4))
                    .as(Step.Receipt::new)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(new Step.NewEpoch())),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(new Step.Restart())));
    return step.list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
  void balancesAndKeepsEveryEventInOrder(@ForAll("steps") List<Step> steps) throws IOException {
    Path folder = Files.createTempDirectory("outbox");
    Model model = new Model();
    SqliteOutbox outbox = open(folder);
    try {
      for (Step step : steps) {
        if (step instanceof Step.Restart) {
          outbox.close();
          outbox = open(folder);
        } else {
          model.take(step, outbox);
        }
        model.compare(outbox);
      }
    } finally {
      outbox.close();
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static SqliteOutbox open(Path folder) {
    return SqliteOutbox.open(
        folder,
        new GatewayId("gateway-1"),
        OutboxSettings.DEFAULTS,
        InstantSource.fixed(Offered.AT),
        new LivingThreads(InstantSource.system()),
        CommitGate.OPEN);
  }

  /** What the outbox should hold, kept the simplest way. */
  private static final class Model {

    private final Map<Lane, List<List<String>>> rows = new EnumMap<>(Lane.class);
    private final Map<Lane, Long> receiptedRows = new EnumMap<>(Lane.class);
    private final Map<String, Integer> orders = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private long offered;
    private long refused;
    private long repeated;
    private long receipted;
    private long epoch = 1;

    Model() {
      for (Lane lane : Lane.values()) {
        rows.put(lane, new ArrayList<>());
        receiptedRows.put(lane, 0L);
      }
    }

    void take(Step step, SqliteOutbox outbox) {
      switch (step) {
        case Step.Offer offer -> {
          Offered message = new Offered();
          outbox.offer(
              message.of(offer.events().stream().map(this::taken).toArray(DeviceEvent[]::new)));
          note(offer);
          assertThat(message.awaitAnswer()).isEqualTo("taken");
        }
        case Step.Unreadable() -> {
          Offered message = new Offered();
          outbox.offer(message.unreadable("?"));
          offered++;
          refused++;
          assertThat(message.awaitAnswer()).isEqualTo("refused not-json");
        }
        case Step.Receipt(Lane lane, int some) -> {
          List<List<String>> waiting = rowsOf(lane);
          int count = Math.min(some, waiting.size());
          long sequence = receiptedRows.merge(lane, (long) count, Long::sum);
          for (int i = 0; i < count; i++) {
            receipted += waiting.removeFirst().size();
          }
          outbox.receipted(lane, sequence);
        }
        case Step.NewEpoch() -> {
          epoch = outbox.startEpoch(epoch + 3);
          receiptedRows.replaceAll((lane, count) -> 0L);
        }
        case Step.Restart() -> throw new AssertionError("not for the model");
      }
    }

    private DeviceEvent taken(Step.Event event) {
      String device = "lift-" + event.device();
      String id = event.id() == 0 ? null : "id-" + event.id();
      return switch (event.sort()) {
        case 0 -> Offered.urgent(device, id);
        case 1 -> Offered.bulk(device, id);
        default -> Offered.measurement(device, id);
      };
    }

    private void note(Step.Offer offer) {
      Map<Lane, List<String>> added = new EnumMap<>(Lane.class);
      for (Step.Event event : offer.events()) {
        offered++;
        String device = "lift-" + event.device();
        if (event.id() != 0 && !seen.add(device + " id-" + event.id())) {
          repeated++;
        } else {
          int order = orders.merge(device, 1, Integer::sum);
          added
              .computeIfAbsent(
                  event.sort() == 0 ? Lane.URGENT : Lane.BULK, lane -> new ArrayList<>())
              .add(device + " " + order);
        }
      }
      added.forEach((lane, events) -> rowsOf(lane).add(events));
    }

    private List<List<String>> rowsOf(Lane lane) {
      return rows.computeIfAbsent(lane, any -> new ArrayList<>());
    }

    void compare(SqliteOutbox outbox) {
      org.awaitility.Awaitility.await()
          .pollInterval(java.time.Duration.ofMillis(1))
          .pollDelay(java.time.Duration.ZERO)
          .untilAsserted(() -> assertThat(outbox.ledger().receipted()).isEqualTo(receipted));
      Ledger ledger = outbox.ledger();
      assertThat(ledger.balances()).isTrue();
      assertThat(List.of(ledger.offered(), ledger.refused(), ledger.repeated()))
          .containsExactly(offered, refused, repeated);
      long queued =
          Stream.of(Lane.values())
              .flatMap(lane -> rowsOf(lane).stream())
              .mapToLong(List::size)
              .sum();
      assertThat(ledger.queued()).isEqualTo(queued);
      assertThat(outbox.epoch()).isEqualTo(epoch);
      for (Lane lane : Lane.values()) {
        assertThat(read(outbox, lane))
            .isEqualTo(rowsOf(lane).stream().flatMap(List::stream).toList());
      }
    }

    /** Everything that waits in a lane, read row by row and checked for its links. */
    private List<String> read(SqliteOutbox outbox, Lane lane) {
      List<String> events = new ArrayList<>();
      long receiptedTo = receiptedRows.getOrDefault(lane, 0L);
      long after = receiptedTo;
      Optional<Digest> before = receiptedTo == 0 ? Optional.of(Digest.NONE) : Optional.empty();
      Optional<Batch> next = outbox.next(lane, after, 1);
      while (next.isPresent()) {
        Batch batch = next.get();
        assertThat(batch.first()).isEqualTo(after + 1);
        before.ifPresent(digest -> assertThat(batch.before()).isEqualTo(digest));
        for (TakenEvent event : batch.events()) {
          events.add(event.event().device() + " " + event.order());
        }
        before = Optional.of(batch.digest());
        after = batch.last();
        next = outbox.next(lane, after, 1);
      }
      return events;
    }
  }
}

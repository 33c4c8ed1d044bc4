package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.Value;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.ReceiptCodec;
import org.linli.hub.intake.CountsDiffer;
import org.linli.hub.intake.HubLedger;
import org.linli.hub.intake.SteppedHub;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.records.TestRecords;

/** The real intake on real records, which can die, and what it made of one gateway's batches. */
final class HubSide {

  private final TestRecords records;
  private final GatewayId gateway;
  private final Supplier<Instant> clock;
  private final Map<String, HubEvent> history = new LinkedHashMap<>();
  private final List<HubEvent> applied = new ArrayList<>();
  private final List<HubEvent> inTransaction = new ArrayList<>();
  private final Set<Long> numbers = new HashSet<>();
  private final List<Object> published = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();
  private long received;
  private boolean isFailing;
  private Step.Store store = Step.Store.TAKES;
  private SteppedHub hub;

  HubSide(TestRecords records, GatewayId gateway, Supplier<Instant> clock) {
    this.records = records;
    this.gateway = gateway;
    this.clock = clock;
    this.hub = run();
  }

  private SteppedHub run() {
    return new SteppedHub(records, this::take, this::keep, published::add);
  }

  private void take(List<HubEvent> events) {
    inTransaction.addAll(events);
    if (isFailing) {
      throw new StoreUnavailableException("the hub dies in its transaction");
    }
  }

  /** As every real store does: what comes again is there once. */
  private void keep(List<HubEvent> events) {
    if (store == Step.Store.AWAY) {
      throw new IllegalStateException("the store is away");
    }
    for (HubEvent event : events) {
      if (event.gateway().equals(gateway)) {
        HubEvent there =
            history.put(
                event.epoch() + " " + event.taken().event().device() + " " + event.taken().order(),
                event);
        assertThat(there).as("what the history had in the place of " + event).isIn(null, event);
      }
    }
    if (store == Step.Store.TAKES_UNHEARD) {
      throw new IllegalStateException("the hub dies before it knows that the store has it");
    }
  }

  List<byte[]> statements() {
    return hub.statements(gateway).stream()
        .map(statement -> ReceiptCodec.encode(statement))
        .toList();
  }

  /** Up to where a lane is applied in this epoch; everything where the hub knows a later one. */
  long appliedTo(Lane lane, long epoch) {
    return hub.statements(gateway).stream()
        .filter(statement -> statement.lane() == lane && statement.epoch() >= epoch)
        .mapToLong(statement -> statement.epoch() > epoch ? Long.MAX_VALUE : statement.sequence())
        .findFirst()
        .orElse(0);
  }

  /**
   * Gives the hub batches together and compares what it did with what it says.
   *
   * @return its answers
   */
  List<byte[]> deliver(Lane lane, List<byte[]> batches) {
    inTransaction.clear();
    List<Receipt> answers = new ArrayList<>();
    hub.deliver(
        gateway,
        lane,
        batches,
        clock.get(),
        answer -> {
          if (answers.isEmpty()) {
            committed();
          }
          answers.add(answer);
        });
    assertThat(answers).hasSameSizeAs(batches);
    for (int i = 0; i < answers.size(); i++) {
      count(batches.get(i), answers.get(i));
    }
    return answers.stream().map(ReceiptCodec::encode).toList();
  }

  private void committed() {
    applied.addAll(inTransaction);
    inTransaction.forEach(event -> numbers.add(number(event)));
    inTransaction.clear();
  }

  private void count(byte[] bytes, Receipt answer) {
    switch (BatchCodec.decode(bytes)) {
      case BatchCodec.Decoded.Read(Batch batch) -> {
        if (answer instanceof Receipt.Applied) {
          received += batch.events().size();
        }
      }
      case BatchCodec.Decoded.Refused refused -> {
        assertThat(answer)
            .isInstanceOfSatisfying(
                Receipt.Rejected.class,
                rejected ->
                    assertThat(rejected.reason()).isEqualTo(Receipt.RejectionReason.UNREADABLE));
        received++;
        unreadable.add(new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** Dies within the transaction of these batches, of which nothing may be left. */
  void dieWith(Lane lane, List<byte[]> batches) {
    HubLedger.GatewayFigures before = hub.figures(gateway);
    isFailing = true;
    try {
      deliver(lane, batches);
    } catch (StoreUnavailableException died) {
      inTransaction.clear();
      assertThat(hub.figures(gateway)).as("counts after a rollback").isEqualTo(before);
    } finally {
      isFailing = false;
    }
    hub = run();
  }

  /** Begins anew with nothing but its records. */
  void restart() {
    hub = run();
  }

  /**
   * Carries what waits into the history.
   *
   * @return whether the hub died or failed over it
   */
  boolean carry(Step.Store how) {
    store = how;
    try {
      hub.carry();
      return false;
    } catch (IllegalStateException failed) {
      hub = how == Step.Store.AWAY ? hub : run();
      return true;
    } finally {
      store = Step.Store.TAKES;
    }
  }

  static long number(HubEvent event) {
    return event.taken().event().values().find(AgentSide.NUMBER).orElseThrow()
            instanceof Value.Whole(long number)
        ? number
        : 0;
  }

  boolean has(long number) {
    return numbers.contains(number);
  }

  List<HubEvent> applied() {
    return applied;
  }

  List<Long> historyNumbers() {
    return history.values().stream().map(HubSide::number).toList();
  }

  HubLedger.GatewayFigures figures() {
    return hub.figures(gateway);
  }

  Map<String, Long> shedByDevice() {
    return hub.shedByDevice(gateway);
  }

  long shed() {
    return shedByDevice().values().stream().mapToLong(Long::longValue).sum();
  }

  /** What it received by the answers that it gave. */
  long received() {
    return received;
  }

  long dead() {
    return unreadable.size();
  }

  Optional<String> countsDiffer() {
    String all =
        published.stream()
            .filter(CountsDiffer.class::isInstance)
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}

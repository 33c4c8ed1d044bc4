package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.deadletter.DeadLetter;
import org.linli.hub.intake.deadletter.DeadLetterQuery;
import org.linli.hub.intake.deadletter.DeadLetterSettings;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.deadletter.EventCopies;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.RecordingStore;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.TestCommunities;

/**
 * A hub's intake with a participant that does what a test wants, beside one that works, on real
 * records.
 */
abstract class FailingParticipant {

  static final GatewayId GATEWAY = new GatewayId("gateway-1");
  static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  final Batches bulk = Batches.of("gateway-1");
  final List<String> given = new ArrayList<>();
  final RecordingParticipant other = new RecordingParticipant();
  final List<Object> published = new ArrayList<>();
  final RecordingStore store = new RecordingStore();
  Consumer<Object> listener = published::add;
  Consumer<HubEvent> work = event -> {};
  EventCopies copies = new EventCopies();
  TestRecords records;
  IntakeLedger ledger;
  DeadLetters deadLetters;
  TestIntake intake;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    records
        .client()
        .sql("CREATE TABLE work_done (event TEXT PRIMARY KEY, orders INTEGER CHECK (orders < 90))")
        .update();
    ledger = new IntakeLedger(records.client(), records.reader());
    deadLetters =
        new DeadLetters(
            records.ofCommunities(), DeadLetterSettings.DEFAULTS, TestCommunities.sample());
    intake = opened();
  }

  /** On the records that are open. */
  TestIntake opened() {
    return TestIntake.on(
        records,
        List.of(new NamedParticipant("worker", this::apply), other),
        event -> listener.accept(event),
        copies);
  }

  @AfterEach
  void balancesAndCloses() {
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  /** Writes a row for each event before it does what the test wants. */
  private void apply(List<HubEvent> events) {
    for (HubEvent event : events) {
      given.add(event.id());
      write(event.id(), event.taken().order());
      work.accept(event);
    }
  }

  void write(String event, long order) {
    records
        .client()
        .sql("INSERT INTO work_done (event, orders) VALUES (:event, :orders)")
        .param("event", event)
        .param("orders", order)
        .update();
  }

  void failFor(Supplier<? extends Throwable> thrown, Long... orders) {
    Set<Long> failing = Set.of(orders);
    work =
        event -> {
          if (failing.contains(event.taken().order())) {
            FailingParticipant.<RuntimeException>raise(thrown.get());
          }
        };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  List<Receipt> give(Batch... batches) {
    return intake
        .apply(
            Stream.of(batches)
                .map(
                    batch ->
                        new ArrivedBatch(
                            batch.gateway(),
                            batch.lane(),
                            BatchCodec.encode(batch),
                            RECEIVED,
                            receipt -> {}))
                .toList())
        .stream()
        .map(BatchReceipt::receipt)
        .toList();
  }

  Receipt applied(long sequence) {
    return new Receipt.Applied(1, Lane.BULK, sequence, bulk.digest(sequence));
  }

  List<@Nullable String> done() {
    return records
        .reader()
        .sql("SELECT event FROM work_done ORDER BY orders")
        .query(String.class)
        .list();
  }

  List<DeadLetter> kept() {
    return deadLetters.newest(new DeadLetterQuery(null, null, null, null, 100));
  }

  List<ParticipantFailed> told() {
    return published.stream()
        .filter(ParticipantFailed.class::isInstance)
        .map(ParticipantFailed.class::cast)
        .toList();
  }
}

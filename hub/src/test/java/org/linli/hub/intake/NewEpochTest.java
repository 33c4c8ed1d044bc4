package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.intake.deadletter.DeadLetterSettings;
import org.linli.hub.intake.sequence.SequenceSettings;
import org.linli.hub.journal.RecordingStore;
import org.linli.hub.records.TestRecords;

/** What a gateway sends again in a new epoch, after its disk was restored, is applied once. */
class NewEpochTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches first = Batches.of("gateway-1");
  private final Batches second = first.epoch(2);
  private final RecordingStore store = new RecordingStore();
  private final RecordingParticipant participant = new RecordingParticipant();
  private TestRecords records;
  private IntakeLedger ledger;
  private TestIntake intake;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    restart(SequenceSettings.DEFAULTS);
  }

  private void restart(SequenceSettings settings) {
    intake =
        TestIntake.on(records, participant, event -> {}, DeadLetterSettings.DEFAULTS, settings);
  }

  @AfterEach
  void balancesAndCloses() {
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private void give(Batch... batches) {
    List<ArrivedBatch> arrived = new ArrayList<>();
    for (Batch batch : batches) {
      arrived.add(
          new ArrivedBatch(
              GATEWAY, batch.lane(), BatchCodec.encode(batch), RECEIVED, receipt -> {}));
    }
    assertThat(intake.apply(arrived))
        .allSatisfy(answer -> assertThat(answer.receipt()).isInstanceOf(Receipt.Applied.class));
    intake.journal().carryTo(store);
  }

  /** As the same outbox sends it under other numbers: its rows from {@code from} on. */
  private Batch again(Batches epoch, long from, long to) {
    Batch taken = first.rows(from, to);
    return new Batch(
        GATEWAY,
        epoch.epoch(),
        taken.lane(),
        1,
        to - from + 1,
        epoch.digest(0),
        epoch.digest(to - from + 1),
        taken.ledger(),
        taken.shed(),
        taken.events());
  }

  private GatewayFigures figures() {
    return Objects.requireNonNull(ledger.ledger().gateways().get("gateway-1"));
  }

  @Test
  void countsAsDuplicateWhatWasAppliedInAnEarlierEpochAlsoAfterARestart() {
    give(first.rows(1, 6));
    restart(SequenceSettings.DEFAULTS);

    give(again(second, 4, 8));

    assertThat(participant.ids())
        .containsExactly(
            "bulk-1-1",
            "bulk-1-2",
            "bulk-1-3",
            "bulk-1-4",
            "bulk-1-5",
            "bulk-1-6",
            "bulk-1-7",
            "bulk-1-8");
    assertThat(store.kept()).isEqualTo(participant.applied());
    assertThat(figures()).isEqualTo(new GatewayFigures(11, 8, 3, 0, 0, 2, 0, 5));
  }

  @Test
  void recognisesItWithinOneCommitAndOverSeveralEpochs() {
    give(first.rows(1, 3), again(second, 2, 4));
    give(again(first.epoch(5), 1, 4));

    assertThat(participant.ids()).containsExactly("bulk-1-1", "bulk-1-2", "bulk-1-3", "bulk-1-4");
    assertThat(figures()).isEqualTo(new GatewayFigures(10, 4, 6, 0, 0, 5, 0, 4));
  }

  /** After the disk was restored, order numbers are given out a second time. */
  @Test
  void takesAnotherEventWithTheSameOrderNumberForANewOne() {
    give(first.rows(1, 6));
    give(second.rows(1, 6));

    assertThat(participant.applied()).hasSize(12);
    assertThat(figures().duplicate()).isZero();
  }

  @Test
  void remembersNoMoreThanItsSettingSays() {
    restart(new SequenceSettings(600));
    give(first.rows(1, 500), first.rows(501, 1000), first.rows(1001, 1500));
    int rows =
        records
            .client()
            .sql("SELECT SUM(events) FROM applied_events")
            .query(Integer.class)
            .single();
    assertThat(rows).isBetween(600, 600 + 512);

    give(again(second, 1, 10));
    assertThat(figures().duplicate()).as("forgotten, and so applied again").isZero();
    give(again(first.epoch(3), 1450, 1500));
    assertThat(figures().duplicate()).isEqualTo(51);
  }

  @Test
  void looksNoFurtherInTheEpochThatAGatewayWasAlwaysIn() {
    give(first.rows(1, 3));
    records.client().sql("UPDATE applied_events SET prints = 'no prints at all'").update();
    restart(SequenceSettings.DEFAULTS);
    give(first.rows(4, 6));

    assertThat(participant.applied()).hasSize(6);
  }
}

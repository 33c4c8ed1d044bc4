package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.records.TestRecords;

/** The gateway's count and the hub's, at the same sequence. */
class LedgerComparisonTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final List<Object> published = new ArrayList<>();
  private TestRecords records;
  private TestIntake intake;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    intake = newIntake();
  }

  @AfterEach
  void close() {
    records.close();
  }

  private TestIntake newIntake() {
    return TestIntake.on(records, new RecordingParticipant(), published::add);
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
  }

  /** The same batch of a gateway that says it had taken so many. */
  private static Batch counting(long taken, Batch batch) {
    return new Batch(
        batch.gateway(),
        batch.epoch(),
        batch.lane(),
        batch.first(),
        batch.last(),
        batch.before(),
        batch.digest(),
        new LaneLedger(taken, batch.ledger().shed()),
        batch.shed(),
        batch.events());
  }

  private static CountsDiffer differ(long epoch, long sequence, long gateway, long hub) {
    return new CountsDiffer(GATEWAY, epoch, Lane.BULK, sequence, gateway, hub, RECEIVED);
  }

  @Test
  void findsNothingWhereBothCountTheSame() {
    give(bulk.rows(1, 3), bulk.rows(4, 4));
    give(bulk.rowsAfterShedding(5, 7, 8, 9), bulk.rows(10, 12));

    assertThat(published).isEmpty();
  }

  @Test
  void saysBothCountsWhereTheyDiffer() {
    give(bulk.rows(1, 3), counting(6, bulk.rows(4, 4)));

    assertThat(published).containsExactly(differ(1, 4, 6, 4));
  }

  @Test
  void saysADifferenceOnceAlsoAfterARestartAndAgainWhenItGrows() {
    give(counting(5, bulk.rows(1, 3)), counting(6, bulk.rows(4, 4)));
    intake = newIntake();
    give(counting(8, bulk.rows(5, 6)), counting(10, bulk.rows(7, 7)));

    assertThat(published).containsExactly(differ(1, 3, 5, 3), differ(1, 7, 10, 7));
  }

  @Test
  void missesWhatWasGivenUpWithoutADeclaration() {
    Batch declared = bulk.rowsAfterShedding(1, 7, 8, 9);
    give(counting(11, declared));

    assertThat(published).containsExactly(differ(1, 9, 11, 9));
  }

  @Test
  void takesWhatTheGatewayHadBeforeALaterEpochFromItsFirstBatch() {
    Batches later = bulk.epoch(2);
    give(counting(103, later.rows(1, 3)), counting(104, later.rows(4, 4)));
    assertThat(published).isEmpty();

    give(counting(106, later.rows(5, 5)));
    assertThat(published).containsExactly(differ(2, 5, 106, 105));
  }

  @Test
  void countsEachLaneForItself() {
    give(bulk.rows(1, 3));
    give(bulk.lane(Lane.URGENT).rows(1, 1));
    give(bulk.rows(4, 4));

    assertThat(published).isEmpty();
  }
}

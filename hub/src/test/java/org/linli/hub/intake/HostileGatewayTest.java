package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.Counts;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.Receipt.RejectionReason;
import org.linli.event.ShedRange;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.sequence.AppliedEvents;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.RecordingStore;
import org.linli.hub.records.TestRecords;

/** What a gateway that means harm can make the hub count and keep. */
class HostileGatewayTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private TestRecords records;
  private IntakeLedger ledger;
  private TestIntake intake;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    intake = TestIntake.on(records, new RecordingParticipant(), event -> {});
  }

  @AfterEach
  void balancesAndCloses() {
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private List<Receipt> give(List<Batch> batches) {
    return intake
        .apply(batches.stream().map(b -> arrived(b.lane(), BatchCodec.encode(b))).toList())
        .stream()
        .map(BatchReceipt::receipt)
        .toList();
  }

  private static ArrivedBatch arrived(Lane lane, byte[] payload) {
    return new ArrivedBatch(GATEWAY, lane, payload, RECEIVED, receipt -> {});
  }

  /** One row without events after one that was given up. */
  private static Batch afterLoss(long row, Map<DeviceId, Long> lost) {
    return new Batch(
        GATEWAY,
        1,
        Lane.BULK,
        row + 1,
        row + 1,
        digest(row),
        digest(row + 1),
        new LaneLedger(0, 0),
        List.of(new ShedRange(row, row, lost)),
        List.of());
  }

  private static Digest digest(long row) {
    return new Digest(ByteBuffer.allocate(Digest.LENGTH).putLong(row).putLong(1).array());
  }

  private long rows(String table) {
    return records.client().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  private HubLedger.GatewayFigures figures() {
    return Objects.requireNonNull(ledger.ledger().gateways().get("gateway-1"));
  }

  @Test
  void sumsOfLostEventsEndAtTheLargestCountAndSayThatTheyDo() {
    Map<DeviceId, Long> lost = new LinkedHashMap<>();
    for (int i = 0; i < 1_500; i++) {
      lost.put(new DeviceId("invented-" + i), Counts.LARGEST);
    }
    assertThat(give(List.of(afterLoss(1, lost), afterLoss(3, lost))))
        .allSatisfy(receipt -> assertThat(receipt).isInstanceOf(Receipt.Applied.class));

    HubLedger.GatewayFigures figures = figures();
    assertThat(figures.shed()).isEqualTo(Counts.LARGEST);
    assertThat(figures.saturated()).isTrue();
    assertThat(ledger.shedByDevice(GATEWAY, 2).values()).containsOnly(Counts.LARGEST);

    intake = TestIntake.on(records, new RecordingParticipant(), event -> {});
    assertThat(give(List.of(afterLoss(5, lost))))
        .allSatisfy(receipt -> assertThat(receipt).isInstanceOf(Receipt.Applied.class));
  }

  @Test
  void answersAlsoALaneThatStandsAtTheLargestSequence() {
    Batch last =
        new Batch(
            GATEWAY,
            1,
            Lane.BULK,
            1,
            Counts.LARGEST,
            Digest.NONE,
            digest(1),
            LaneLedger.EMPTY,
            List.of(),
            List.of());
    Batch before =
        new Batch(
            GATEWAY,
            1,
            Lane.BULK,
            Counts.LARGEST,
            Counts.LARGEST,
            digest(1),
            digest(2),
            LaneLedger.EMPTY,
            List.of(),
            List.of());

    assertThat(give(List.of(last)).getFirst()).isInstanceOf(Receipt.Applied.class);
    assertThat(give(List.of(before)).getFirst()).isInstanceOf(Receipt.Rejected.class);
    assertThat(give(List.of(bulk.epoch(2).rows(1, 1))).getFirst())
        .isInstanceOf(Receipt.Applied.class);
    assertThat(give(List.of(bulk.rows(1, 1))).getFirst())
        .isEqualTo(new Receipt.Expected(2, Lane.BULK, 2));
  }

  @Test
  void countsLostEventsOfManyInventedDevicesTogether() {
    long row = 1;
    for (int batch = 0; batch < 4; batch++) {
      Map<DeviceId, Long> lost = new LinkedHashMap<>();
      for (int i = 0; i < 5_000; i++) {
        lost.put(new DeviceId("invented-" + batch + "-" + i), i == 0 ? 9L : 1L);
      }
      give(List.of(afterLoss(row, lost)));
      row += 2;
    }

    assertThat(rows("shed_count")).isLessThanOrEqualTo(IntakeLedger.MOST_DEVICES + 1);
    assertThat(figures().shed()).isEqualTo(4 * 5_008);
    assertThat(ledger.shedByDevice(GATEWAY, 4).values()).containsOnly(9L);
  }

  @Test
  void keepsTheNewestEpochsOnly() {
    List<Batch> many = new ArrayList<>();
    for (int epoch = 1; epoch <= 1_500; epoch++) {
      many.add(bulk.epoch(epoch).rows(1, 1));
    }
    assertThat(give(many))
        .allSatisfy(receipt -> assertThat(receipt).isInstanceOf(Receipt.Applied.class));

    assertThat(rows("watermark")).isLessThanOrEqualTo(2L * Watermarks.MOST_EPOCHS);
    assertThat(rows("applied_events")).isLessThanOrEqualTo(AppliedEvents.mostRows(100_000));
    assertThat(give(List.of(bulk.epoch(1_500).rows(2, 2))).getFirst())
        .isInstanceOf(Receipt.Applied.class);
  }

  @Test
  void takesNoEpochThatNoHistoryComesTo() {
    assertThat(give(List.of(bulk.epoch(1_000_001).rows(1, 1))).getFirst())
        .isInstanceOf(Receipt.Rejected.class);
    assertThat(give(List.of(bulk.epoch(7).rows(1, 1))).getFirst())
        .isInstanceOf(Receipt.Applied.class);
    for (long epoch : List.of(1_008L, Counts.LARGEST)) {
      Receipt.Rejected rejected =
          (Receipt.Rejected) give(List.of(bulk.epoch(epoch).rows(1, 1))).getFirst();
      assertThat(rejected.epoch()).isEqualTo(epoch);
      assertThat(rejected.detail()).contains("epoch is " + epoch, "knows epoch 7", "above 1007");
    }
    assertThat(ledger.ledger().dead()).isEqualTo(3);

    assertThat(give(List.of(bulk.epoch(7).rows(2, 2))).getFirst())
        .as("the gateway goes on")
        .isInstanceOf(Receipt.Applied.class);
    assertThat(give(List.of(bulk.epoch(1_007).rows(1, 1))).getFirst())
        .isInstanceOf(Receipt.Applied.class);
  }

  @Test
  void countsWhatItCannotReadAsDeadHoweverOftenItComes() {
    ArrivedBatch noise = arrived(Lane.BULK, "noise".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 5; i++) {
      assertThat(intake.apply(List.of(noise, noise)))
          .allSatisfy(
              answer ->
                  assertThat(((Receipt.Rejected) answer.receipt()).reason())
                      .isEqualTo(RejectionReason.UNREADABLE));
    }

    assertThat(ledger.ledger().dead()).isEqualTo(10);
    assertThat(ledger.ledger().duplicate()).isZero();
    assertThat(rows("dead_letter")).as("kept once").isOne();
  }

  @Test
  void goesOnWhereAnEntryOfTheJournalCannotBeReadAnyMore() {
    RecordingStore store = new RecordingStore();
    give(List.of(bulk.rows(1, 2)));
    records
        .client()
        .sql("UPDATE journal SET payload = :noise")
        .param("noise", new byte[] {1, 2, 3})
        .update();
    give(List.of(bulk.rows(3, 4)));

    intake.journal().carryTo(store);

    assertThat(store.kept()).extracting(event -> event.taken().order()).containsExactly(3L, 4L);
    assertThat(intake.journal().events()).isZero();
    assertThat(records.client().sql("SELECT reason FROM dead_letter").query(String.class).single())
        .isEqualTo("journal-unreadable");
  }
}

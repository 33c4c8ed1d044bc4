package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.Receipt.RejectionReason;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.records.TestRecords;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

class BatchIntakeTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final RecordingParticipant participant = new RecordingParticipant();
  private final List<Object> published = new ArrayList<>();
  private TestRecords records;
  private TestIntake intake;
  private IntakeLedger ledger;
  private volatile Runnable beforeTransactions = () -> {};

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    intake = newIntake();
  }

  @AfterEach
  void balancesAndCloses() {
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private TestIntake newIntake() {
    return TestIntake.on(records, transactions(), participant, published::add);
  }

  private TransactionTemplate transactions() {
    return new TransactionTemplate(
        Objects.requireNonNull(records.transactions().getTransactionManager())) {
      @Override
      public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
        beforeTransactions.run();
        return super.execute(action);
      }
    };
  }

  private Receipt give(Batch batch) {
    return give(batch.lane(), BatchCodec.encode(batch));
  }

  private Receipt give(Lane lane, byte[] payload) {
    return intake
        .apply(List.of(new ArrivedBatch(GATEWAY, lane, payload, RECEIVED, receipt -> {})))
        .getFirst()
        .receipt();
  }

  private Receipt.Expected expected(Batches batches, long sequence) {
    return new Receipt.Expected(batches.epoch(), batches.lane(), sequence);
  }

  @Test
  void appliesEachBatchThatFollowsAndAnswersWithItsEnd() {
    assertThat(give(bulk.rows(1, 3))).isEqualTo(bulk.applied(3));
    assertThat(give(bulk.rows(4, 4))).isEqualTo(bulk.applied(4));

    assertThat(participant.ids()).containsExactly("bulk-1-1", "bulk-1-2", "bulk-1-3", "bulk-1-4");
    assertThat(ledger.ledger())
        .satisfies(
            figures -> {
              assertThat(figures.received()).isEqualTo(4);
              assertThat(figures.applied()).isEqualTo(4);
              assertThat(figures.gateways().get("gateway-1"))
                  .isEqualTo(new HubLedger.GatewayFigures(4, 4, 0, 0, 0, 1, 0, 4));
            });
  }

  @Test
  void appliesARepeatedBatchOnce() {
    Batch batch = bulk.rows(1, 3);
    give(batch);

    assertThat(give(batch)).isEqualTo(bulk.applied(3));
    assertThat(participant.applied()).hasSize(3);
    assertThat(ledger.ledger().duplicate()).isEqualTo(3);
  }

  @Test
  void answersAnOlderRepeatWithItsWatermark() {
    give(bulk.rows(1, 3));
    give(bulk.rows(4, 6));

    assertThat(give(bulk.rows(1, 3))).isEqualTo(bulk.applied(6));
    assertThat(participant.applied()).hasSize(6);
  }

  @Test
  void keepsLanesApart() {
    Batches urgent = bulk.lane(Lane.URGENT);
    give(bulk.rows(1, 3));

    assertThat(give(urgent.rows(1, 1))).isEqualTo(urgent.applied(1));
    assertThat(ledger.ledger().gateways().get("gateway-1"))
        .isEqualTo(new HubLedger.GatewayFigures(4, 4, 0, 0, 0, 1, 1, 3));
  }

  @Test
  void asksForWhatIsMissingAfterAGap() {
    give(bulk.rows(1, 3));

    assertThat(give(bulk.rows(5, 6))).isEqualTo(expected(bulk, 4));
    assertThat(participant.applied()).hasSize(3);
  }

  @Test
  void asksForTheRestOfAnOverlap() {
    give(bulk.rows(1, 3));

    assertThat(give(bulk.rows(2, 5))).isEqualTo(expected(bulk, 4));
    assertThat(participant.applied()).hasSize(3);
  }

  @Test
  void letsADeclaredShedRangeCloseAGap() {
    give(bulk.rows(1, 3));

    assertThat(give(bulk.rowsAfterShedding(4, 7, 8, 9))).isEqualTo(bulk.applied(9));
  }

  @Test
  void countsWhatAGatewayGaveUpByDeviceAndOnce() {
    give(bulk.rows(1, 3));
    Batch batch = bulk.rowsAfterShedding(4, 7, 8, 9);
    give(batch);
    give(batch);
    give(bulk.rowsAfterShedding(10, 10, 11, 11));

    assertThat(ledger.shedByDevice(GATEWAY, 10)).containsExactly(Map.entry("door-1", 5L));
    assertThat(Objects.requireNonNull(ledger.ledger().gateways().get("gateway-1")).shed())
        .isEqualTo(5);
  }

  @Test
  void doesNotLetAShedRangeCloseMoreThanItDeclares() {
    give(bulk.rows(1, 3));

    assertThat(give(bulk.rowsAfterShedding(5, 7, 8, 9))).isEqualTo(expected(bulk, 4));
    assertThat(give(bulk.rowsAfterShedding(4, 6, 8, 9))).isEqualTo(expected(bulk, 4));
  }

  @Test
  void rejectsTheSameSequenceWithAnotherDigest() {
    give(bulk.rows(1, 3));

    assertRejected(give(bulk.otherHistory().rows(1, 3)), RejectionReason.OTHER_DIGEST);
    assertThat(published)
        .containsExactly(new BatchContradicted(GATEWAY, 1, Lane.BULK, 3, RECEIVED));
    assertThat(participant.applied()).hasSize(3);
  }

  @Test
  void rejectsWhatFollowsAnotherHistory() {
    give(bulk.rows(1, 3));

    assertRejected(give(bulk.otherHistory().rows(4, 5)), RejectionReason.OTHER_DIGEST);
    assertThat(give(bulk.rows(4, 5))).isEqualTo(bulk.applied(5));
  }

  @Test
  void beginsANewEpochAtOneAndSendsAnOlderOneThere() {
    give(bulk.rows(1, 3));
    Batches later = bulk.epoch(4);

    assertThat(give(later.rows(2, 2))).isEqualTo(expected(later, 1));
    assertThat(give(later.rows(1, 2))).isEqualTo(later.applied(2));
    assertThat(give(bulk.rows(4, 4))).isEqualTo(expected(later, 3));
    assertThat(new Watermarks(records.client(), records.reader()).of(GATEWAY))
        .containsExactly(new Receipt.Applied(4, Lane.URGENT, 0, bulk.digest(0)), later.applied(2));
  }

  @Test
  void statesNothingAboutAGatewayThatIsNew() {
    assertThat(new Watermarks(records.client(), records.reader()).of(GATEWAY))
        .allSatisfy(
            statement -> {
              assertThat(statement.epoch()).isZero();
              assertThat(statement.sequence()).isZero();
            });
  }

  @Test
  void keepsWhatItCannotReadOnceAndCountsItEachTime() {
    byte[] noise = "this is no batch".getBytes(StandardCharsets.UTF_8);

    assertRejected(give(Lane.BULK, noise), RejectionReason.UNREADABLE);
    assertRejected(give(Lane.BULK, noise), RejectionReason.UNREADABLE);

    assertThat(ledger.ledger().dead()).isEqualTo(2);
    assertThat(ledger.ledger().duplicate()).isZero();
    assertThat(
            records
                .client()
                .sql("SELECT source || ' ' || size FROM dead_letter")
                .query(String.class)
                .list())
        .containsExactly("gateway://gateway-1/bulk 16");
  }

  @Test
  void keepsAFrameThatWouldUnpackToAGigabyteWithoutUnpackingIt() {
    byte[] bomb = gigabyte();
    assertThat(bomb).hasSizeLessThan(64 * 1024);

    assertRejected(give(Lane.BULK, bomb), RejectionReason.UNREADABLE);
    assertThat(
            records
                .client()
                .sql("SELECT reason || ' ' || detail FROM dead_letter")
                .query(String.class)
                .single())
        .startsWith("too-large the batch unpacks to 1073741824 bytes");
  }

  /** A sound zstd frame (RFC 8878) of 8,192 blocks, each one zero byte repeated 131,072 times. */
  private static byte[] gigabyte() {
    int blocks = 8_192;
    int length = 128 * 1024;
    ByteBuffer frame = ByteBuffer.allocate(14 + 4 * blocks + 4).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0xFD2FB528).put((byte) 0xC4).put((byte) 0x38).putLong((long) blocks * length);
    for (int i = 1; i <= blocks; i++) {
      int header = length << 3 | 1 << 1 | (i == blocks ? 1 : 0);
      frame.putShort((short) header).put((byte) (header >> 16)).put((byte) 0);
    }
    return frame.array();
  }

  @Test
  void keepsABatchOfANewerVersion() {
    byte[] newer = {1 << 3, 2, 0x7F, 0x7F};
    byte[] frame = new ZstdCompressCtx().setContentSize(true).setChecksum(true).compress(newer);

    assertRejected(give(Lane.BULK, frame), RejectionReason.UNREADABLE);
    assertThat(records.client().sql("SELECT reason FROM dead_letter").query(String.class).single())
        .isEqualTo("newer-version");
  }

  @Test
  void rejectsWhatAnotherGatewayMade() {
    assertRejected(give(Batches.of("gateway-2").rows(1, 1)), RejectionReason.OTHER_GATEWAY);
    assertThat(participant.applied()).isEmpty();
  }

  @Test
  void rejectsABatchOfTheOtherLane() {
    assertRejected(
        give(Lane.URGENT, BatchCodec.encode(bulk.rows(1, 1))), RejectionReason.UNREADABLE);
  }

  @Test
  void rollsEverythingBackWhenTheRecordsCannotBeWritten() {
    give(bulk.rows(1, 3));
    participant.goAway(true);
    assertThatThrownBy(() -> give(bulk.rows(4, 6))).isInstanceOf(StoreUnavailableException.class);

    assertThat(ledger.ledger().applied()).isEqualTo(3);
    assertThat(ledger.ledger().gateways().get("gateway-1"))
        .isEqualTo(new HubLedger.GatewayFigures(3, 3, 0, 0, 0, 1, 0, 3));

    participant.goAway(false);
    assertThat(give(bulk.rows(4, 6))).isEqualTo(bulk.applied(6));
    assertThat(participant.applied()).hasSize(6).noneMatch(HubEvent::late);
  }

  @Test
  void marksAsLateWhatComesAfterSomethingNewerOfItsDeviceAlsoAfterARestart() {
    give(bulk.rows(1, 5));
    give(bulk.lane(Lane.URGENT).rows(1, 1));
    assertThat(participant.applied().getLast().late()).isTrue();

    intake = newIntake();
    give(bulk.lane(Lane.URGENT).rows(2, 6));
    assertThat(participant.applied().subList(6, 11))
        .extracting(HubEvent::late)
        .containsExactly(true, true, true, false, false);
  }

  @Test
  void appliesOnceWhatTwoHubsTakeAtTheSameTime() throws Exception {
    CyclicBarrier bothDecided = new CyclicBarrier(2);
    AtomicInteger decided = new AtomicInteger();
    beforeTransactions =
        () -> {
          if (decided.incrementAndGet() <= 2) {
            await(bothDecided);
          }
        };
    byte[] payload = BatchCodec.encode(bulk.rows(1, 3));
    TestIntake other = newIntake();
    ArrivedBatch arrived = new ArrivedBatch(GATEWAY, Lane.BULK, payload, RECEIVED, receipt -> {});

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Receipt> first =
          threads.submit(() -> intake.apply(List.of(arrived)).getFirst().receipt());
      Future<Receipt> second =
          threads.submit(() -> other.apply(List.of(arrived)).getFirst().receipt());
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(bulk.applied(3));
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(bulk.applied(3));
    }
    assertThat(participant.applied()).hasSize(3);
    assertThat(ledger.ledger().applied()).isEqualTo(3);
    assertThat(ledger.ledger().duplicate()).isEqualTo(3);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRejected(Receipt receipt, RejectionReason reason) {
    assertThat(receipt)
        .asInstanceOf(type(Receipt.Rejected.class))
        .extracting(Receipt.Rejected::reason)
        .isEqualTo(reason);
  }
}

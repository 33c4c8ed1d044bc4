package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.alert.AlertsOnRecords;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.RecordingStore;
import org.linli.hub.journal.RunningFeed;
import org.linli.hub.records.LastWrite;
import org.linli.hub.records.TestRecords;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A connection breaks while the database commits: the hub is told of a failure, and everything was
 * written.
 */
class CommitInDoubtTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final Batches urgent = bulk.lane(Lane.URGENT);
  private final RecordingStore store = new RecordingStore();
  private final RecordingParticipant participant = new RecordingParticipant();
  private TestRecords records;
  private IntakeLedger ledger;
  private TestIntake intake;
  private RunningFeed feed;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    intake =
        TestIntake.on(
            records,
            List.of(
                AlertsOnRecords.raising(records, Clock.fixed(RECEIVED, ZoneOffset.UTC)),
                participant),
            _ -> {});
    feed = RunningFeed.of(intake.journal(), store);
  }

  @AfterEach
  void balancesAndCloses() {
    feed.close();
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private Receipt give(Batch batch) {
    return intake.give(batch, RECEIVED);
  }

  /** Of the next commits one is taken for failed. */
  private void breakOff(int commit) {
    AtomicInteger commits = new AtomicInteger();
    records.onCommitted(
        () -> {
          if (commits.incrementAndGet() == commit) {
            throw new TransactionSystemException("the connection broke");
          }
        });
  }

  private void giveInDoubt(Batch batch) {
    breakOff(1);
    assertThatThrownBy(() -> give(batch)).hasMessage("the connection broke");
  }

  private void awaitKept(String... ids) {
    await()
        .untilAsserted(
            () -> assertThat(store.kept()).extracting(HubEvent::id).containsExactly(ids));
    await().until(() -> intake.journal().events() == 0);
  }

  private static String[] bulkIds(long last) {
    return LongStream.rangeClosed(1, last).mapToObj(row -> "bulk-1-" + row).toArray(String[]::new);
  }

  private String counts() {
    HubLedger sums = ledger.ledger();
    return "received %d, applied %d, duplicate %d"
        .formatted(sums.received(), sums.applied(), sums.duplicate());
  }

  @Test
  void theHistoryGetsWhatIsThereAlthoughNobodySendsItAgain() {
    feed.start();
    give(bulk.rows(1, 2));
    awaitKept(bulkIds(2));

    giveInDoubt(bulk.rows(3, 5));

    awaitKept(bulkIds(5));
  }

  @Test
  void theBatchComesAgainAndIsNeitherDoubledNorLost() {
    feed.start();
    give(bulk.rows(1, 2));
    awaitKept(bulkIds(2));
    giveInDoubt(bulk.rows(3, 5));

    assertThat(give(bulk.rows(3, 5))).isEqualTo(bulk.applied(5));
    assertThat(give(bulk.rows(6, 8))).isEqualTo(bulk.applied(8));

    awaitKept(bulkIds(8));
    assertThat(counts()).isEqualTo("received 11, applied 8, duplicate 3");
    assertThat(
            records
                .client()
                .sql("SELECT SUM(events) FROM applied_events")
                .query(Long.class)
                .single())
        .as("events whose fingerprints are kept")
        .isEqualTo(8);
  }

  @Test
  void whatIsOlderThanWhatIsThereIsLate() {
    give(bulk.rows(1, 1));
    giveInDoubt(bulk.rows(2, 5));

    give(urgent.rows(1, 3));

    assertThat(participant.applied().subList(5, 8)).allMatch(HubEvent::late);
  }

  @Test
  void oneAlertStaysOne() {
    give(urgent.rows(1, 1));
    giveInDoubt(urgent.rows(2, 2));

    give(urgent.rows(2, 2));
    give(urgent.rows(3, 3));

    assertThat(records.client().sql("SELECT seen FROM alert").query(Long.class).list())
        .containsExactly(3L);
  }

  @Test
  void whatTheHistoryHasIsNotGivenToItAgain() {
    give(bulk.rows(1, 3));
    breakOff(1);
    feed.start();
    awaitKept(bulkIds(3));

    give(bulk.rows(4, 6));
    awaitKept(bulkIds(6));
  }

  @Test
  void aCommitThatDidNotHappenLeavesNothing() {
    feed.start();
    give(bulk.rows(1, 2));
    LastWrite failing =
        () -> {
          throw new TransactionSystemException("the connection broke before");
        };
    participant.onApply(() -> TransactionSynchronizationManager.registerSynchronization(failing));
    assertThatThrownBy(() -> give(bulk.rows(3, 5))).hasMessage("the connection broke before");
    participant.onApply(() -> {});

    awaitKept(bulkIds(2));
    assertThat(give(bulk.rows(3, 5))).isEqualTo(bulk.applied(5));
    awaitKept(bulkIds(5));
    assertThat(counts()).isEqualTo("received 5, applied 5, duplicate 0");
  }
}

package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.BatchCodec;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.records.TestRecords;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What was applied waits in the records until the store has it. */
class JournalFeedTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");
  private static final Duration COMPANY = Duration.ofMillis(300);

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final RecordingStore store = new RecordingStore();
  private final RecordingParticipant participant = new RecordingParticipant();
  private TestRecords records;
  private IntakeLedger ledger;
  private Journal journal;
  private BatchIntake intake;
  private JournalFeed feed;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    journal = TestJournal.of(records);
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("participant", participant);
    intake =
        new BatchIntake(
            new Watermarks(records.client(), records.reader()),
            new DeviceOrders(records.jdbc(), records.reader()),
            ledger,
            journal,
            new DeadLetters(records.client()),
            records.transactions(),
            beans.getBeanProvider(BatchParticipant.class),
            event -> {});
    feed = TestJournal.feed(records, journal, store, Duration.ZERO);
  }

  @AfterEach
  void balancesAndCloses() {
    feed.stop();
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private Receipt give(Batch batch) {
    return intake
        .apply(
            List.of(
                new ArrivedBatch(
                    GATEWAY, batch.lane(), BatchCodec.encode(batch), RECEIVED, receipt -> {})))
        .getFirst()
        .receipt();
  }

  private static Receipt.Applied applied(Batches batches, long sequence) {
    return new Receipt.Applied(batches.epoch(), batches.lane(), sequence, batches.digest(sequence));
  }

  private void awaitNothingWaiting() {
    await().until(() -> journal.events() == 0 && journal.bytes() == 0);
  }

  private long rows() {
    return records.client().sql("SELECT COUNT(*) FROM journal").query(Long.class).single();
  }

  @Test
  void givesTheStoreWhatWasAppliedInItsOrderAndMarkedLikeIt() {
    give(bulk.rows(1, 5));
    give(bulk.lane(Lane.URGENT).rows(1, 1));
    assertThat(rows()).isEqualTo(2);

    feed.start();
    awaitNothingWaiting();

    assertThat(store.kept()).isEqualTo(participant.applied()).hasSize(6);
    assertThat(store.kept().getLast().late()).isTrue();
    assertThat(rows()).isZero();
  }

  @Test
  void appliesAndAnswersWhileTheStoreIsAwayAndGivesItEverythingOnceItIsBack() {
    feed.start();
    store.goAway(true);
    assertThat(give(bulk.rows(1, 3))).isEqualTo(applied(bulk, 3));
    assertThat(give(bulk.rows(4, 6))).isEqualTo(applied(bulk, 6));
    assertThat(participant.applied()).hasSize(6);
    assertThat(store.kept()).isEmpty();
    assertThat(journal.events()).isEqualTo(6);

    store.goAway(false);
    awaitNothingWaiting();
    assertThat(store.kept()).isEqualTo(participant.applied());
  }

  @Test
  void goesOnAfterARestartWithWhatWaited() {
    give(bulk.rows(1, 3));

    Journal reopened = TestJournal.of(records);
    assertThat(reopened.events()).isEqualTo(3);
    assertThat(reopened.bytes()).isEqualTo(journal.bytes());
    feed = TestJournal.feed(records, reopened, store, Duration.ZERO);
    feed.start();
    await().until(() -> reopened.events() == 0);
    assertThat(store.kept()).isEqualTo(participant.applied());
  }

  @Test
  void givesTheStoreAgainWhatItMayHaveTakenBeforeItFailed() {
    store.onAppend(
        () -> {
          store.onAppend(() -> {});
          throw new StoreUnavailableException("the disk went away while writing");
        });
    give(bulk.rows(1, 3));
    feed.start();
    awaitNothingWaiting();
    assertThat(store.kept()).isEqualTo(participant.applied());
  }

  @Test
  void keepsNothingOfABatchThatWasRolledBack() {
    participant.fail(true);
    assertThatThrownBy(() -> give(bulk.rows(1, 3))).hasMessageContaining("as the test wants it");
    assertThat(rows()).isZero();
    assertThat(journal.events()).isZero();
  }

  @Test
  void carriesBatchesOfOneMomentTogether() {
    List<Integer> commits = new CopyOnWriteArrayList<>();
    feed = TestJournal.feed(records, journal, events -> commits.add(events.size()), COMPANY);
    feed.start();
    for (int row = 1; row <= 10; row++) {
      give(bulk.rows(row, row));
    }
    awaitNothingWaiting();
    assertThat(commits.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(commits).as("commits of the store").hasSizeLessThan(5);
  }

  @Test
  void makesADeadLetterOfWhatTheStoreRefusesAndKeepsTheRest() {
    store.refuse("bulk-1-3");
    give(bulk.rows(1, 5));
    feed.start();
    awaitNothingWaiting();

    assertThat(store.kept())
        .extracting(HubEvent::id)
        .contains("bulk-1-1", "bulk-1-2", "bulk-1-4", "bulk-1-5")
        .doesNotContain("bulk-1-3");
    assertThat(participant.ids()).contains("bulk-1-3");
    assertThat(ledger.ledger().applied()).isEqualTo(4);
    assertThat(ledger.ledger().dead()).isOne();
    Map<String, Object> letter =
        records.client().sql("SELECT * FROM dead_letter").query().singleRow();
    assertThat(letter)
        .containsEntry("reason", "store-refused")
        .containsEntry("source", "gateway://gateway-1/bulk")
        .containsEntry("detail", "refused by the test");
    assertThat(
            new String(
                Base64.getDecoder().decode((String) letter.get("sample")), StandardCharsets.UTF_8))
        .startsWith("bulk-1-3 ");
  }

  @Test
  void leavesBulkWithTheGatewayWhereTooMuchWaitsAndStillTakesWhatIsUrgent() {
    journal.added(70_000, TestJournal.LIMIT.toBytes() + 1);

    assertThatThrownBy(() -> give(bulk.rows(1, 3)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(
            "70000 events (16777217 bytes) wait for the history's store, more than"
                + " linli.journal.limit allows. See that the store takes them.");
    assertThat(ledger.ledger().received()).isZero();

    Batches urgent = bulk.lane(Lane.URGENT);
    assertThat(give(urgent.rows(1, 1))).isEqualTo(applied(urgent, 1));
    journal.added(-70_000, -(TestJournal.LIMIT.toBytes() + 1));
  }
}

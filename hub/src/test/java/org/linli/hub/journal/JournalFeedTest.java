package org.linli.hub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.Batches;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.intake.RecordingParticipant;
import org.linli.hub.intake.TestIntake;
import org.linli.hub.records.TestRecords;

/** What was applied waits in the records until the store has it. */
class JournalFeedTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");
  private static final Duration COMPANY = Duration.ofMillis(300);

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final RecordingStore store = new RecordingStore();
  private final RecordingParticipant participant = new RecordingParticipant();
  private TestRecords records;
  private IntakeLedger ledger;
  private Journal journal;
  private TestIntake intake;
  private JournalFeed feed;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    intake = TestIntake.on(records, participant, event -> {});
    journal = intake.journal().journal();
    feed = intake.journal().feed(store, Duration.ZERO);
  }

  @AfterEach
  void balancesAndCloses() {
    feed.stop();
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private Receipt give(Batch batch) {
    return intake.give(batch, RECEIVED);
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
    assertThat(rows()).as("what the store has is not needed any more").isZero();
  }

  /** An urgent event of the same message goes first; nobody is told later for that. */
  @Test
  void marksNoMeasurementLateThatAnUrgentEventHasOvertaken() {
    give(bulk.lane(Lane.URGENT).rows(1, 5));
    give(Batches.measured(bulk.rows(1, 2)));
    give(bulk.rows(3, 3));
    give(Batches.measured(bulk.epoch(2).rows(1, 6)));
    give(bulk.lane(Lane.URGENT).epoch(2).rows(1, 1));

    feed.start();
    awaitNothingWaiting();

    assertThat(store.kept().subList(5, 7)).noneMatch(HubEvent::late);
    assertThat(store.kept().get(7).late()).as("an event that tells of something").isTrue();
    assertThat(store.kept().getLast().late()).as("an urgent event").isTrue();
    assertThat(participant.applied().subList(5, 8))
        .as("what it says of whether the device is there is old all the same")
        .allMatch(HubEvent::late);
  }

  /** Two events of one message may go in different queues. */
  @Test
  void marksNothingLateThatAnUrgentEventOfTheSameInstantHasOvertaken() {
    give(Batches.ofOneInstant(bulk.lane(Lane.URGENT).rows(1, 4)));
    give(Batches.ofOneInstant(bulk.rows(1, 3)));
    give(bulk.lane(Lane.URGENT).rows(5, 9));
    give(bulk.rows(4, 4));

    feed.start();
    awaitNothingWaiting();

    assertThat(store.kept().subList(0, 7)).noneMatch(HubEvent::late);
    assertThat(store.kept().getLast().late()).as("it waited for seconds").isTrue();
    assertThat(participant.applied().subList(4, 7))
        .as("it opens and clears no alert all the same")
        .allMatch(HubEvent::late);
  }

  @Test
  void appliesAndAnswersWhileTheStoreIsAwayAndGivesItEverythingOnceItIsBack() {
    feed.start();
    store.goAway(true);
    assertThat(give(bulk.rows(1, 3))).isEqualTo(bulk.applied(3));
    assertThat(give(bulk.rows(4, 6))).isEqualTo(bulk.applied(6));
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

    TestIntake again = TestIntake.on(records, participant, event -> {});
    Journal reopened = again.journal().journal();
    assertThat(reopened.events()).isEqualTo(3);
    assertThat(reopened.bytes()).isEqualTo(journal.bytes());
    feed = again.journal().feed(store, Duration.ZERO);
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
  void goesOnAfterADefectOfTheStore() {
    store.onAppend(
        () -> {
          store.onAppend(() -> {});
          throw new IllegalStateException("a defect");
        });
    give(bulk.rows(1, 3));
    feed.start();
    awaitNothingWaiting();
    assertThat(store.kept()).isEqualTo(participant.applied());
  }

  @Test
  void keepsNothingOfABatchThatWasRolledBack() {
    participant.goAway(true);
    assertThatThrownBy(() -> give(bulk.rows(1, 3))).isInstanceOf(StoreUnavailableException.class);
    assertThat(rows()).isZero();
    assertThat(journal.events()).isZero();
  }

  @Test
  void carriesBatchesOfOneMomentTogether() {
    List<Integer> commits = new CopyOnWriteArrayList<>();
    feed = intake.journal().feed(events -> commits.add(events.size()), COMPANY);
    feed.start();
    for (int row = 1; row <= 10; row++) {
      give(bulk.rows(row, row));
    }
    awaitNothingWaiting();
    assertThat(commits.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
    assertThat(commits).as("commits of the store").hasSizeLessThan(5);
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
    assertThat(give(urgent.rows(1, 1))).isEqualTo(urgent.applied(1));
    journal.added(-70_000, -(TestJournal.LIMIT.toBytes() + 1));
  }

  private ArrivedBatch urgentOf(String gateway, int bytes) {
    return new ArrivedBatch(
        new GatewayId(gateway), Lane.URGENT, new byte[bytes], RECEIVED, receipt -> {});
  }

  @Test
  void leavesUrgentEventsWithAGatewayThatSendsWithoutEndAndTakesThoseOfOthers() {
    int all = (int) TestJournal.LIMIT.toBytes();
    journal.added(urgentOf("gateway-1", all), 1_000);
    Batches urgent = bulk.lane(Lane.URGENT);
    assertThat(give(urgent.rows(1, 1))).as("the last for which there is room").isNotNull();

    assertThatThrownBy(() -> give(urgent.rows(2, 2)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("of urgent events wait for the history's store")
        .hasMessageContaining("of gateway-1, more than linli.journal.limit allows");
    Batches other = Batches.of("gateway-2").lane(Lane.URGENT);
    assertThat(
            intake
                .apply(
                    List.of(
                        new ArrivedBatch(
                            new GatewayId("gateway-2"),
                            Lane.URGENT,
                            BatchCodec.encode(other.rows(1, 1)),
                            RECEIVED,
                            receipt -> {})))
                .getFirst()
                .receipt())
        .isEqualTo(other.applied(1));
    journal.added(urgentOf("gateway-2", all / TestJournal.GATEWAYS), 1_000);
    assertThatThrownBy(() -> intake.apply(List.of(urgentOf("gateway-2", 1))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void knowsAfterARestartWhatWaitsOfEachGatewayAndHasRoomOnceItIsCarried() {
    Batches urgent = bulk.lane(Lane.URGENT);
    give(urgent.rows(1, 1));
    records
        .client()
        .sql("UPDATE journal SET payload = :payload")
        .param("payload", new byte[(int) TestJournal.LIMIT.toBytes() + 1])
        .update();
    intake = TestIntake.on(records, participant, event -> {});
    assertThatThrownBy(() -> give(urgent.rows(2, 2))).isInstanceOf(StoreUnavailableException.class);

    journal = intake.journal().journal();
    feed = intake.journal().feed(store, Duration.ZERO);
    feed.start();
    awaitNothingWaiting();
    assertThat(give(urgent.rows(2, 2))).isEqualTo(urgent.applied(2));
  }
}

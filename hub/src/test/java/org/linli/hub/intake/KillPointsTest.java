package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.hub.intake.StandingHub.BATCH;
import static org.linli.hub.intake.StandingHub.FORCED;
import static org.linli.hub.intake.StandingHub.RECEIVED;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Receipt;
import org.linli.hub.alert.AlertsOnRecords;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.intake.StandingHub.Point;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.RecordingStore;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.TestRecords;
import org.linli.program.process.Killable;

/**
 * A hub is killed at each point at which its records, its history and a gateway could come to know
 * different things.
 */
@Tag("slow")
@OfSqlite
class KillPointsTest {

  private static final Instant LATER = RECEIVED.plus(Duration.ofMinutes(5));
  private static final Map<Point, Killable> HUBS = new EnumMap<>(Point.class);

  @TempDir private static Path data;

  /** All at once: most of their time is Java's start. */
  @BeforeAll
  static void start() throws IOException {
    for (Point point : Point.values()) {
      HUBS.put(
          point,
          Killable.start(StandingHub.class, data.resolve(point.name()).toString(), point.name()));
    }
  }

  /** A hub on the records that a killed one left. */
  private static final class Reopened implements AutoCloseable {
    private final Path folder;
    private final TestRecords records;
    private final TestIntake intake;

    Reopened(Point point) throws IOException, InterruptedException {
      folder = data.resolve(point.name());
      assertThat(Objects.requireNonNull(HUBS.get(point)).killWhereItStands())
          .containsExactly(applied(1).toString());
      records = new TestRecords(folder);
      intake =
          TestIntake.on(
              records, AlertsOnRecords.raising(records, StandingHub.clock(LATER)), event -> {});
    }

    String counts() {
      HubLedger ledger = new IntakeLedger(records.client(), records.reader()).ledger();
      assertThat(ledger.balances()).as("the hub's ledger").isTrue();
      return "received %d, applied %d, duplicate %d"
          .formatted(ledger.received(), ledger.applied(), ledger.duplicate());
    }

    /** What a gateway is told when it connects. */
    Receipt.Applied watermark() {
      return new Watermarks(records.client(), records.reader()).of(FORCED.gateway()).getFirst();
    }

    /** How often the one alert was seen. */
    long seen() {
      return records.client().sql("SELECT seen FROM alert").query(Long.class).single();
    }

    long rows(String table) {
      return records.client().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }

    @Override
    public void close() {
      records.close();
    }
  }

  private static Receipt.Applied applied(long sequence) {
    return new Receipt.Applied(FORCED.epoch(), FORCED.lane(), sequence, FORCED.digest(sequence));
  }

  @Test
  void withinTheTransactionNothingOfTheBatchIsThereAndTheRepeatAppliesAllOfIt() throws Exception {
    try (Reopened hub = new Reopened(Point.IN_THE_TRANSACTION)) {
      assertThat(hub.watermark()).isEqualTo(applied(1));
      assertThat(hub.counts()).isEqualTo("received 1, applied 1, duplicate 0");
      assertThat(hub.rows("journal")).isEqualTo(1);
      assertThat(hub.seen()).isEqualTo(1);

      assertThat(StandingHub.give(hub.intake, BATCH)).isEqualTo(applied(2));
      assertThat(hub.watermark()).isEqualTo(applied(2));
      assertThat(hub.counts()).isEqualTo("received 2, applied 2, duplicate 0");
      assertThat(hub.rows("journal")).isEqualTo(2);
      assertThat(hub.seen()).isEqualTo(2);
    }
  }

  @Test
  void betweenCommitAndReceiptTheBatchIsAppliedOnceAndTheRepeatGetsTheAnswer() throws Exception {
    try (Reopened hub = new Reopened(Point.BETWEEN_COMMIT_AND_RECEIPT)) {
      assertThat(hub.watermark()).isEqualTo(applied(2));
      assertThat(hub.counts()).isEqualTo("received 2, applied 2, duplicate 0");
      assertThat(hub.seen()).isEqualTo(2);
      long timeline = hub.rows("alert_timeline");

      assertThat(StandingHub.give(hub.intake, BATCH)).isEqualTo(applied(2));
      assertThat(hub.counts()).isEqualTo("received 3, applied 2, duplicate 1");
      assertThat(hub.rows("journal")).isEqualTo(2);
      assertThat(hub.seen()).isEqualTo(2);
      assertThat(hub.rows("alert_timeline")).isEqualTo(timeline);

      RecordingStore store = new RecordingStore();
      hub.intake.journal().carryTo(store);
      assertThat(store.kept())
          .as("what goes to the history")
          .extracting(HubEvent::id)
          .containsExactly("urgent-1-1", "urgent-1-2");
    }
  }

  @Test
  void betweenHistoryAndTransactionEachEventIsGivenAgainAndStoredOnce() throws Exception {
    try (Reopened hub = new Reopened(Point.BETWEEN_HISTORY_AND_TRANSACTION);
        QuestDbStore history = StandingHub.history(hub.folder, LATER)) {
      assertThat(hub.intake.journal().events()).isEqualTo(2);
      hub.intake.journal().carryTo(history);
      assertThat(hub.intake.journal().events()).as("what waits").isZero();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(stored(history)).extracting(StoredEvent::storedAt).contains(LATER));
      // The history works off what it was given in that order: the first time is there by now.
      assertThat(stored(history))
          .extracting(StoredEvent::id)
          .containsExactlyInAnyOrder("urgent-1-1", "urgent-1-2");
      assertThat(hub.counts()).isEqualTo("received 2, applied 2, duplicate 0");
    }
  }

  private static List<StoredEvent> stored(QuestDbStore history) {
    return history.find(EventQuery.newest(100)).items();
  }
}

package org.linli.hub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.Batches;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.intake.TestIntake;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.TestCommunities;
import org.springframework.util.unit.DataSize;

/** What a store was given stays, and is given again to one that lost it. */
class ArchiveTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir private Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final RecordingStore store = new RecordingStore();
  private final List<Object> published = new CopyOnWriteArrayList<>();
  private Instant now = RECEIVED;
  private TestRecords records;
  private TestIntake intake;
  private Refeed refeed;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    intake = TestIntake.on(records);
    refeed = intake.journal().refeed(store, published::add);
    store.beForgetful();
  }

  @AfterEach
  void close() {
    refeed.stop();
    records.close();
  }

  private void give(Batch batch) {
    intake.apply(
        List.of(
            new ArrivedBatch(GATEWAY, batch.lane(), BatchCodec.encode(batch), now, receipt -> {})));
  }

  private void giveAndCarry(long first, long last) {
    give(bulk.rows(first, last));
    intake.journal().carryTo(store);
  }

  private List<Long> kept() {
    return store.kept().stream().map(event -> event.taken().order()).toList();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private long rows() {
    return records.client().sql("SELECT COUNT(*) FROM journal").query(Long.class).single();
  }

  private Archive reopened() {
    return TestIntake.on(records).journal().archive();
  }

  @Test
  void givesAStoreEverythingAgainAsItWasGivenBefore() {
    giveAndCarry(1, 5);
    give(bulk.lane(Lane.URGENT).rows(1, 1));
    intake.journal().carryTo(store);
    List<HubEvent> before = store.kept();
    store.forget();

    intake.journal().archive().giveAgain();
    assertThat(intake.journal().archive().stillToGive()).isEqualTo(2);
    while (refeed.step()) {
      assertThat(intake.journal().archive().isGivingAgain()).isTrue();
    }

    assertThat(store.kept()).isEqualTo(before);
    assertThat(store.kept().getLast().late()).isTrue();
    assertThat(intake.journal().archive().isGivingAgain()).isFalse();
    assertThat(intake.journal().archive().stillToGive()).isZero();
    assertThat(published).containsExactly(new GivenAgain(true));
  }

  @Test
  void givesWhatIsNewBesideIt() {
    giveAndCarry(1, 3);
    store.forget();
    intake.journal().archive().giveAgain();

    giveAndCarry(4, 6);
    assertThat(kept()).as("new events do not wait").isEqualTo(numbers(4, 6));
    while (refeed.step()) {
      // To the end.
    }
    assertThat(kept()).containsExactlyInAnyOrderElementsOf(numbers(1, 6));
  }

  @Test
  void goesOnWhereItWasAfterARestart() {
    for (int row = 1; row <= 1_200; row++) {
      give(bulk.rows(row, row));
    }
    while (intake.journal().events() > 0) {
      intake.journal().carryTo(store);
    }
    store.forget();
    intake.journal().archive().giveAgain();
    assertThat(refeed.step()).isTrue();
    List<Long> first = kept();
    assertThat(first).hasSizeBetween(1, 1_199).startsWith(1L);
    store.forget();

    TestIntake again = TestIntake.on(records);
    refeed = again.journal().refeed(store, published::add);
    refeed.start();
    await().until(() -> !again.journal().archive().isGivingAgain());
    assertThat(kept()).isEqualTo(numbers(first.size() + 1, 1_200));
  }

  @Test
  void waitsForAStoreThatIsAway() {
    giveAndCarry(1, 3);
    store.forget();
    store.goAway(true);
    intake.journal().archive().giveAgain();
    refeed.start();
    await().during(Duration.ofMillis(300)).until(() -> intake.journal().archive().isGivingAgain());
    store.goAway(false);
    await().until(() -> !intake.journal().archive().isGivingAgain());
    assertThat(kept()).isEqualTo(numbers(1, 3));
  }

  @Test
  void buriesWhatAStoreRefusesOnce() {
    IntakeLedger ledger = new IntakeLedger(records.client(), records.reader());
    store.refuse(event -> event.taken().order() == 2);
    giveAndCarry(1, 3);
    String counted = ledger.ledger().toString();
    store.forget();
    intake.journal().archive().giveAgain();
    while (refeed.step()) {
      // To the end.
    }
    assertThat(kept()).containsExactly(1L, 3L);
    assertThat(ledger.ledger()).hasToString(counted);
    assertThat(ledger.ledger().balances()).isTrue();
  }

  @Test
  void hasNothingToGiveWhereNothingWasCarried() {
    give(bulk.rows(1, 3));
    intake.journal().archive().giveAgain();
    assertThat(intake.journal().archive().isGivingAgain()).isFalse();
    intake.journal().carryTo(store);
    assertThat(kept()).isEqualTo(numbers(1, 3));
  }

  @Test
  void dropsWhatIsOlderThanItIsToKeepAndSaysThatItLacksIt() {
    giveAndCarry(1, 3);
    records.runs(TestJournal.ARCHIVED_FOR.plusSeconds(1));
    assertThat(intake.journal().archive().isWhole()).isTrue();
    giveAndCarry(4, 6);
    assertThat(rows()).isEqualTo(1);
    assertThat(intake.journal().archive().isWhole()).isFalse();

    store.forget();
    intake.journal().archive().giveAgain();
    while (refeed.step()) {
      // To the end.
    }
    assertThat(kept()).isEqualTo(numbers(4, 6));
    assertThat(published).containsExactly(new GivenAgain(false));
  }

  @Test
  void dropsNothingWhereTheClockJumps() {
    giveAndCarry(1, 3);
    now = now.plus(Duration.ofDays(40 * 365));
    giveAndCarry(4, 6);
    now = RECEIVED.minus(Duration.ofDays(40 * 365));
    giveAndCarry(7, 9);
    records.runs(TestJournal.ARCHIVED_FOR.minusHours(3));
    giveAndCarry(10, 12);

    assertThat(rows()).isEqualTo(4);
    assertThat(intake.journal().archive().isWhole()).isTrue();
  }

  @Test
  void countsAgeOnWhereItWasAfterARestart() {
    giveAndCarry(1, 3);
    records.runs(TestJournal.ARCHIVED_FOR.dividedBy(2));
    intake = TestIntake.on(records);
    giveAndCarry(4, 6);
    records.runs(TestJournal.ARCHIVED_FOR.dividedBy(2).plusHours(3));
    giveAndCarry(7, 9);

    assertThat(rows()).as("all but the first batch").isEqualTo(2);
  }

  @Test
  void dropsTheOldestBeyondItsLimit() {
    for (int i = 0; i < 12; i++) {
      records
          .transactions()
          .executeWithoutResult(
              status ->
                  intake
                      .journal()
                      .journal()
                      .add(
                          TestCommunities.SAMPLE,
                          new ArrivedBatch(
                              GATEWAY, Lane.BULK, new byte[200_000], now, receipt -> {}),
                          1,
                          new BitSet(),
                          new BitSet()));
      List<JournalEntry> entries = intake.journal().journal().oldest(1);
      records
          .transactions()
          .executeWithoutResult(status -> intake.journal().archive().take(entries, true));
    }
    long bytes =
        records.client().sql("SELECT SUM(LENGTH(payload)) FROM journal").query(Long.class).single();
    assertThat(bytes)
        .isBetween(TestJournal.ARCHIVED.toBytes() - 400_000, TestJournal.ARCHIVED.toBytes());
    assertThat(records.client().sql("SELECT kept_bytes FROM archive").query(Long.class).single())
        .isEqualTo(bytes);
    assertThat(records.client().sql("SELECT MIN(id) FROM journal").query(Long.class).single())
        .as("the oldest went")
        .isEqualTo(8);
  }

  @Test
  void dropsNothingWhileItIsGivenAgain() {
    giveAndCarry(1, 3);
    store.forget();
    intake.journal().archive().giveAgain();
    records.runs(TestJournal.ARCHIVED_FOR.plusSeconds(1));
    giveAndCarry(4, 6);
    while (refeed.step()) {
      // To the end.
    }
    assertThat(kept()).containsExactlyInAnyOrderElementsOf(numbers(1, 6));
  }

  /** A row below the mark would never be carried. */
  @Test
  void carriesWhatComesAfterTheJournalWasEmptied() {
    giveAndCarry(1, 3);
    records.client().sql("DELETE FROM journal").update();
    assertThat(reopened().carried()).isEqualTo(1);
    giveAndCarry(4, 6);
    assertThat(kept()).isEqualTo(numbers(1, 6));
  }

  @Test
  void namesTheSettingThatKeepsTooLittle() {
    assertThatThrownBy(() -> new ArchiveSettings(Duration.ofHours(23), DataSize.ofMegabytes(1)))
        .hasMessageStartingWith("linli.archive.age is 23h: set it to 1d or longer");
    assertThatThrownBy(() -> new HistoryKeeping(Duration.ofMillis(400), null))
        .hasMessage(
            "linli.history.age is 400 milliseconds, as a number without a unit is taken (for days"
                + " write 400d): set it to 1d or longer");
    assertThatThrownBy(() -> new ArchiveSettings(Duration.ofDays(1), DataSize.ofBytes(1_000)))
        .hasMessageStartingWith("linli.archive.limit is 1000 bytes: set it to 1MB or more");
  }

  @Test
  void refusesAHistoryThatIsLargerThanTheDisk() {
    HistoryKeeping set = new HistoryKeeping(null, DataSize.ofTerabytes(999));
    OptionalLong disk = OptionalLong.of(DataSize.ofGigabytes(20).toBytes());

    assertThatThrownBy(() -> set.requireRoom(disk, Path.of("/var/lib/linli")))
        .hasMessage(
            "linli.history.limit is 999TB, and the disk of /var/lib/linli has 20480 MB in all: set"
                + " it to less, or leave it out for 60 % of the disk");
    set.requireRoom(OptionalLong.empty(), Path.of("/var/lib/linli"));
    assertThatThrownBy(() -> new HistoryKeeping(null, DataSize.ofBytes(1)))
        .hasMessage("linli.history.limit is 1B: set it to 100MB or more");
  }

  /** Beside a history that may take 60 % of the same disk. */
  @Test
  void takesATenthOfTheDiskAndNoMoreThanItDidOnALargeOne() {
    ArchiveSettings unset = new ArchiveSettings(Duration.ofDays(400), null);

    assertThat(unset.limit(OptionalLong.of(20_000_000_000L), folder)).isEqualTo(2_000_000_000L);
    assertThat(unset.limit(OptionalLong.of(1L << 50), folder))
        .isEqualTo(DataSize.ofGigabytes(10).toBytes());
    assertThat(unset.limit(OptionalLong.empty(), folder))
        .as("where the disk does not tell")
        .isEqualTo(DataSize.ofGigabytes(10).toBytes());
  }

  @Test
  void refusesToKeepMoreThanTheDiskHas() {
    ArchiveSettings set = new ArchiveSettings(Duration.ofDays(400), DataSize.ofGigabytes(30));
    OptionalLong disk = OptionalLong.of(DataSize.ofGigabytes(20).toBytes());

    assertThatThrownBy(() -> set.limit(disk, Path.of("/var/lib/linli")))
        .hasMessage(
            "linli.archive.limit is 30720 MB, and the disk of /var/lib/linli has 20480 MB in all:"
                + " set it to less, or leave it out for a tenth of the disk");
    assertThat(set.limit(OptionalLong.empty(), folder))
        .isEqualTo(DataSize.ofGigabytes(30).toBytes());
  }
}

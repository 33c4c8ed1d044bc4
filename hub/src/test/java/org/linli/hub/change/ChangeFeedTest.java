package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.change.Change.Subject;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.TestRecords;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is recorded is told after the commit, in the order of the commits; on real records. */
class ChangeFeedTest {

  private static final ChangeKind ALERT = ChangeKind.oneByOne("alert");
  private static final ChangeKind DEVICE = ChangeKind.byTheHundred("device");
  private static final int KEPT = 200;

  private TestRecords records;
  private ChangesOnRecords changes;

  @BeforeEach
  void open(@TempDir Path data) {
    records = new TestRecords(data);
    changes = new ChangesOnRecords(records, KEPT);
  }

  @AfterEach
  void close() {
    records.close();
  }

  private void transaction(Runnable work) {
    records.transactions().executeWithoutResult(_ -> work.run());
  }

  private void record(String alert, long version) {
    changes.recorder().record(ALERT, alert, version);
  }

  private void recordDevices(int from, int to) {
    IntStream.range(from, to).forEach(i -> changes.recorder().record(DEVICE, "device-" + i));
  }

  private List<Change> after(long position) {
    return after(changes.feed(), position);
  }

  private static List<Change> after(ChangeFeed feed, long position) {
    return feed.after(position, 1_000) instanceof Next.Changes(var found) ? found : List.of();
  }

  @Test
  void tellsEachSubjectOfATransactionOnceWithItsLastVersion() {
    transaction(
        () -> {
          record("a", 2);
          record("b", 7);
          record("a", 3);
          changes.recorder().record(DEVICE, "door");
          changes.recorder().record(DEVICE, "door");
          changes.recorder().record(DEVICE, "bay");
        });
    transaction(() -> record("a", 4));

    assertThat(after(0))
        .extracting(Change::id, Change::kind, Change::subjects)
        .containsExactly(
            tuple(1L, "alert", List.of(new Subject("a", 3))),
            tuple(2L, "alert", List.of(new Subject("b", 7))),
            tuple(3L, "device", List.of(new Subject("bay", 3), new Subject("door", 3))),
            tuple(4L, "alert", List.of(new Subject("a", 4))));
  }

  @Test
  void tellsManyOfOneTransactionByTheHundred() {
    transaction(() -> recordDevices(0, 250));

    assertThat(after(0))
        .extracting(change -> change.subjects().size())
        .containsExactly(100, 100, 50);
    assertThat(changes.subjects(DEVICE)).hasSize(250).doesNotHaveDuplicates();
    assertThat(changes.feed().after(0, 1))
        .as("a change is given whole")
        .isInstanceOfSatisfying(
            Next.Changes.class,
            next -> assertThat(next.changes().getFirst().subjects()).hasSize(100));
    assertThat(changes.feed().after(0, 101))
        .isInstanceOfSatisfying(Next.Changes.class, next -> assertThat(next.end()).isEqualTo(2));
  }

  @Test
  void tellsNothingOfWhatRollsBack() {
    transaction(() -> record("before", 1));
    records
        .transactions()
        .executeWithoutResult(
            status -> {
              record("rolled-back", 1);
              recordDevices(0, 10);
              status.setRollbackOnly();
            });
    assertThatThrownBy(
            () ->
                transaction(
                    () -> {
                      record("failed", 1);
                      throw new IllegalStateException("the work");
                    }))
        .hasMessage("the work");
    assertThat(changes.feed().newest()).isEqualTo(1);
    transaction(() -> record("after", 1));

    assertThat(changes.subjects(ALERT)).containsExactly("before", "after");
    assertThat(changes.feed().newest()).isEqualTo(2);
  }

  @Test
  void tellsNothingOfACommitThatFailsAfterTheRowsWereWritten() {
    assertThatThrownBy(
            () ->
                transaction(
                    () -> {
                      record("not-committed", 1);
                      TransactionSynchronizationManager.registerSynchronization(
                          new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                              assertThat(rows()).as("written by now").isEqualTo(1);
                              throw new IllegalStateException("the last moment");
                            }
                          });
                    }))
        .hasMessage("the last moment");
    assertThat(changes.feed().newest()).isZero();

    transaction(() -> record("committed", 1));
    assertThat(changes.subjects(ALERT)).containsExactly("committed");
  }

  @Test
  void tellsNothingOfWhatWasNotCommittedWhenTheHubWasKilled(@TempDir Path killed) {
    transaction(() -> record("committed", 1));
    transaction(
        () -> {
          record("not-committed", 1);
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                  assertThat(rows()).as("written by now").isEqualTo(2);
                  // What the disk has at this moment is what a kill leaves.
                  copyRecords(killed);
                }
              });
        });

    try (TestRecords left = new TestRecords(killed)) {
      ChangesOnRecords itsChanges = new ChangesOnRecords(left);
      assertThat(itsChanges.subjects(ALERT)).containsExactly("committed");
      left.transactions()
          .executeWithoutResult(_ -> itsChanges.recorder().record(ALERT, "again", 1));
      assertThat(itsChanges.subjects(ALERT)).containsExactly("committed", "again");
    }
  }

  @Test
  void tellsWhatWasCommittedWhenTheHubWasKilledBeforeItSaidSo(@TempDir Path killed) {
    transaction(
        () -> {
          record("committed", 1);
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                  assertThat(changes.feed().newest()).as("nobody was told").isZero();
                  copyRecords(killed);
                }
              });
        });

    try (TestRecords left = new TestRecords(killed)) {
      ChangesOnRecords itsChanges = new ChangesOnRecords(left);
      assertThat(itsChanges.feed().newest()).isEqualTo(1);
      assertThat(itsChanges.subjects(ALERT)).containsExactly("committed");
    }
  }

  @Test
  void tellsAReaderThatKnowsWhatACopyLacksToReadEverythingAgain(@TempDir Path copy) {
    transaction(() -> record("in-the-copy", 1));
    copyRecords(copy);
    transaction(() -> record("lost", 1));
    transaction(() -> record("lost-too", 1));

    try (TestRecords putBack = new TestRecords(copy)) {
      ChangesOnRecords itsChanges = new ChangesOnRecords(putBack);
      assertThat(itsChanges.feed().after(3, 100)).isEqualTo(new Next.Gap(1));
      putBack
          .transactions()
          .executeWithoutResult(_ -> itsChanges.recorder().record(ALERT, "new", 1));
      assertThat(itsChanges.subjects(ALERT)).containsExactly("in-the-copy", "new");
    }
  }

  private void copyRecords(Path to) {
    try {
      for (String file : List.of("hub.db", "hub.db-wal")) {
        Files.copy(records.folder().resolve(file), to.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tellsNothingOfWhatIsUndoneToASavepoint() {
    records
        .transactions()
        .executeWithoutResult(
            status -> {
              undone(status, "undone-first");
              record("kept", 1);
              undone(status, "kept", 2, "undone-between");
              recordDevices(0, 1);
              undone(status, "undone-last");
            });

    assertThat(changes.subjects(ALERT)).containsExactly("kept");
    assertThat(after(0).getFirst().subjects()).containsExactly(new Subject("kept", 1));
    assertThat(changes.subjects(DEVICE)).containsExactly("device-0");
    assertThat(changes.feed().newest()).isEqualTo(2);
  }

  private void undone(TransactionStatus status, String alert) {
    undone(status, alert, 1, alert + "-too");
  }

  private void undone(TransactionStatus status, String alert, long version, String another) {
    Object savepoint = status.createSavepoint();
    record(alert, version);
    record(another, 1);
    recordDevices(100, 110);
    status.rollbackToSavepoint(savepoint);
    status.releaseSavepoint(savepoint);
  }

  @Test
  void isToldAfterWhatFollowsTheCommit() {
    List<Long> seen = new ArrayList<>();
    transaction(
        () -> {
          record("a", 1);
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                  seen.add(changes.feed().newest());
                }
              });
        });

    assertThat(seen).as("newest while memory follows the commit").containsExactly(0L);
    assertThat(changes.feed().newest()).isEqualTo(1);
  }

  @Test
  void isToldAlsoWhereWhatFollowsTheCommitFails() {
    assertThatThrownBy(
            () ->
                transaction(
                    () -> {
                      record("a", 1);
                      TransactionSynchronizationManager.registerSynchronization(
                          new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                              throw new IllegalStateException("memory does not follow");
                            }
                          });
                    }))
        .hasMessage("memory does not follow");

    assertThat(changes.subjects(ALERT)).containsExactly("a");
  }

  @Test
  void wakesWhoWaitsRightAfterTheCommit() throws InterruptedException {
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    changes.feed().await(0, Duration.ofMinutes(5));
                    woken.countDown();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    transaction(
        () -> {
          record("a", 1);
          assertThat(woken.getCount()).as("asleep before the commit").isEqualTo(1);
        });

    assertThat(woken.await(5, TimeUnit.SECONDS)).isTrue();
    waiting.join();
    changes.feed().await(0, Duration.ofMinutes(5));
  }

  @Test
  void recordsNothingOutsideATransactionOrAfterItsRows() {
    assertThatThrownBy(() -> record("a", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transaction");
    assertThatThrownBy(
            () ->
                transaction(
                    () -> {
                      record("a", 1);
                      TransactionSynchronizationManager.registerSynchronization(
                          new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                              record("too-late", 1);
                            }
                          });
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after the rows");
  }

  @Test
  void writesNoMoreRowsOfOneTransactionThanItHoldsInMemory() {
    transaction(() -> record("before", 1));
    transaction(() -> recordDevices(0, ChangeRecorder.MOST));
    long whole = changes.feed().newest();
    assertThat(whole).isEqualTo(1 + ChangeRecorder.MOST / 100);
    assertThat(changes.subjects(DEVICE)).hasSize(ChangeRecorder.MOST);
    transaction(
        () -> {
          record("beside", 1);
          recordDevices(0, 60_000);
        });

    assertThat(changes.feed().newest()).as("one id more").isEqualTo(whole + 1);
    assertThat(rows()).isEqualTo(1 + ChangeRecorder.MOST);
    assertThat(changes.feed().after(whole, 100)).isEqualTo(new Next.Gap(whole + 1));
    transaction(() -> record("after", 1));
    assertThat(changes.feed().after(whole - 1, 1_000))
        .as("up to the gap and not over it")
        .isInstanceOfSatisfying(
            Next.Changes.class, next -> assertThat(next.end()).isEqualTo(whole));
    assertThat(changes.feed().after(whole, 100)).isEqualTo(new Next.Gap(whole + 2));
    assertThat(after(whole + 1)).extracting(Change::kind).containsExactly("alert");
  }

  @Test
  void keepsSoManyAndTellsAReaderBeforeThemOfTheGap() {
    for (int i = 0; i < KEPT + 300; i++) {
      transaction(() -> record("a", 1));
    }

    assertThat(rows()).isEqualTo(KEPT);
    assertThat(changes.feed().after(0, 100)).isEqualTo(new Next.Gap(KEPT + 300));
    assertThat(after(300).getFirst().id()).isEqualTo(301);
    assertThat(changes.feed().after(KEPT + 300, 100)).isEqualTo(new Next.Nothing());
    assertThat(changes.feed().after(1_000_000, 100))
        .as("an id that was never given out")
        .isEqualTo(new Next.Gap(KEPT + 300));
  }

  @Test
  void dropsWhatIsOlderThanADayOfRunningAndGivesNoIdOutTwice() {
    for (int i = 0; i < 99; i++) {
      transaction(() -> record("a", 1));
    }
    records.runs(Duration.ofHours(25));
    transaction(() -> record("b", 1));
    assertThat(rows()).isEqualTo(1);
    records.client().sql("DELETE FROM change").update();

    ChangesOnRecords startedAgain = new ChangesOnRecords(records, KEPT);
    assertThat(startedAgain.feed().newest()).isEqualTo(100);
    assertThat(startedAgain.feed().after(99, 100)).isEqualTo(new Next.Gap(100));
    transaction(() -> startedAgain.recorder().record(ALERT, "c", 1));
    assertThat(after(startedAgain.feed(), 100)).extracting(Change::id).containsExactly(101L);
  }

  @Test
  void dropsALongTableInSteps() {
    ChangesOnRecords kept = new ChangesOnRecords(records, 10_000);
    transaction(() -> recordAlerts(kept, 3_000));
    assertThat(rows()).isEqualTo(3_000);

    transaction(() -> recordAlerts(changes, 100));
    assertThat(rows()).as("as many again as came went beside them").isEqualTo(2_900);
    for (int i = 0; i < 27; i++) {
      transaction(() -> recordAlerts(changes, 100));
    }
    assertThat(rows()).isEqualTo(KEPT);
    transaction(() -> recordAlerts(changes, 3_000));
    assertThat(rows()).as("as many as came at once").isEqualTo(KEPT);
  }

  @Test
  void refusesToKeepNothing() {
    assertThatThrownBy(() -> new ChangeSettings(0, Duration.ofHours(24)))
        .hasMessage("linli.stream.keep is 0: set it to between 100 and 1000000");
    assertThatThrownBy(() -> new ChangeSettings(10_000, Duration.ZERO))
        .hasMessage("linli.stream.keep-for is PT0S: set it to between 1m and 366d");
  }

  private static void recordAlerts(ChangesOnRecords its, int count) {
    IntStream.range(0, count).forEach(i -> its.recorder().record(ALERT, "alert-" + i, 1));
  }

  private long rows() {
    return records.client().sql("SELECT COUNT(*) FROM change").query(Long.class).single();
  }
}

package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.hub.change.Change.Subject;
import org.linli.hub.change.ChangeFeed.Next;
import org.springframework.transaction.TransactionStatus;

/** How many changes are kept, and what a reader is told that comes too late. */
class KeptChangesTest extends RecordingChanges {

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
          recordDevices(0, ChangeRecorder.MOST);
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
  void countsASubjectOnceThatChangesAgainAndAgain() {
    records
        .transactions()
        .executeWithoutResult(
            status -> {
              changeAgain("a", 1, ChangeRecorder.MOST + 1_000);
              Object savepoint = status.createSavepoint();
              changeAgain("a", 10_000, 10_000 + ChangeRecorder.MOST);
              changeAgain("undone", 1, 2);
              status.rollbackToSavepoint(savepoint);
              status.releaseSavepoint(savepoint);
              changeAgain("b", 1, 3);
            });

    assertThat(after(0))
        .extracting(Change::subjects)
        .containsExactly(
            List.of(new Subject("a", ChangeRecorder.MOST + 1_000)), List.of(new Subject("b", 3)));
  }

  private void changeAgain(String alert, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(version -> record(alert, version));
  }

  @Test
  void remembersNoMoreForSavepointsThanItHoldsInMemory() {
    int whole = ChangeRecorder.MOST_EARLIER / ChangeRecorder.MOST;
    records.transactions().executeWithoutResult(status -> changeAllUnderSavepoints(status, whole));
    assertThat(changes.subjects(DEVICE)).hasSize(ChangeRecorder.MOST - 1);
    long newest = changes.feed().newest();

    records
        .transactions()
        .executeWithoutResult(status -> changeAllUnderSavepoints(status, whole + 1));

    assertThat(changes.feed().after(newest, 100)).isEqualTo(new Next.Gap(newest + 1));
  }

  private void changeAllUnderSavepoints(TransactionStatus status, int times) {
    record("before", 1);
    for (int i = 0; i < times; i++) {
      Object savepoint = status.createSavepoint();
      recordDevices(0, ChangeRecorder.MOST - 1);
      status.releaseSavepoint(savepoint);
    }
  }

  @Test
  void keepsSoManyAndTellsAReaderBeforeThemOfTheGap() {
    for (int i = 0; i < KEPT + 300; i++) {
      transaction(() -> record("a", 1));
    }

    assertThat(rows()).as("dropped by nobody who records").isEqualTo(KEPT + 300);
    changes.drop();
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
    changes.drop();
    assertThat(rows()).isEqualTo(1);
    records.client().sql("DELETE FROM change").update();

    ChangesOnRecords startedAgain = new ChangesOnRecords(records, KEPT);
    assertThat(startedAgain.feed().newest()).isEqualTo(100);
    assertThat(startedAgain.feed().after(99, 100)).isEqualTo(new Next.Gap(100));
    transaction(() -> startedAgain.recorder().record(ALERT, null, "c", 1));
    assertThat(after(startedAgain.feed(), 100)).extracting(Change::id).containsExactly(101L);
  }

  @Test
  void dropsALongTableInStepsOfWholeChanges() {
    int most = ChangeRecords.DROPPED_AT_ONCE;
    transaction(() -> recordDevices(0, 50));
    for (int i = 0; i < 5; i++) {
      transaction(() -> recordDevices(0, most));
    }
    transaction(() -> IntStream.range(0, most).forEach(i -> record("alert-" + i, 1)));
    assertThat(rows()).isEqualTo(50 + 6 * most);

    changes.dropOnce();
    assertThat(rows()).as("without a part of a change").isEqualTo(50 + 6 * most - (50 + 1_900));
    changes.drop();
    assertThat(rows()).isEqualTo(KEPT);
  }

  @Test
  void refusesToKeepNothing() {
    assertThatThrownBy(() -> new ChangeSettings(0, Duration.ofHours(24)))
        .hasMessage("linli.stream.keep is 0: set it to between 100 and 1000000");
    assertThatThrownBy(() -> new ChangeSettings(10_000, Duration.ZERO))
        .hasMessage("linli.stream.keep-for is PT0S: set it to between 1m and 366d");
  }
}

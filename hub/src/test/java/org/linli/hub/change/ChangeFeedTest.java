package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.linli.hub.change.Change.Subject;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.LastWrite;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is recorded is told after the commit, in the order of the commits. */
class ChangeFeedTest extends RecordingChanges {

  @Test
  void tellsEachSubjectOfATransactionOnceWithItsLastVersion() {
    transaction(
        () -> {
          record("a", 2);
          record("b", 7);
          record("a", 3);
          changes.recorder().record(DEVICE, null, "door");
          changes.recorder().record(DEVICE, null, "door");
          changes.recorder().record(DEVICE, null, "bay");
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
    LastWrite failing =
        () -> {
          assertThat(rows()).as("written by now").isEqualTo(1);
          throw new IllegalStateException("the last moment");
        };
    assertThatThrownBy(
            () ->
                transaction(
                    () -> {
                      record("not-committed", 1);
                      TransactionSynchronizationManager.registerSynchronization(failing);
                    }))
        .hasMessage("the last moment");
    assertThat(changes.feed().newest()).isZero();

    transaction(() -> record("committed", 1));
    assertThat(changes.subjects(ALERT)).containsExactly("committed");
  }

  @Test
  void tellsWhatIsThereAlthoughItsCommitWasTakenForFailed() throws InterruptedException {
    transaction(() -> record("before", 1));
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    changes.feed().await(1, Duration.ofMinutes(1));
                    woken.countDown();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    records.onCommitted(
        () -> {
          throw new TransactionSystemException("the connection broke");
        });
    assertThatThrownBy(() -> transaction(() -> record("there", 1)))
        .hasMessage("the connection broke");
    records.onCommitted(() -> {});

    assertThat(woken.await(10, TimeUnit.SECONDS)).as("who waits is woken").isTrue();
    waiting.join();
    assertThat(changes.feed().newest()).isEqualTo(2);
    assertThat(changes.subjects(ALERT)).containsExactly("before", "there");
    transaction(() -> record("after", 1));
    assertThat(changes.subjects(ALERT)).containsExactly("before", "there", "after");
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
  void recordsWhatOthersChangeDirectlyBeforeTheCommit() {
    transaction(() -> beforeCommit(() -> record("the-only-one", 1)));
    transaction(
        () -> {
          record("first", 1);
          beforeCommit(() -> record("late", 1));
        });

    assertThat(changes.subjects(ALERT)).containsExactly("the-only-one", "first", "late");
  }

  private static void beforeCommit(Runnable work) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            work.run();
          }
        });
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
                            public void afterCommit() {
                              record("too-late", 1);
                            }
                          });
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after the rows");
    assertThat(changes.subjects(ALERT)).containsExactly("a");
  }
}

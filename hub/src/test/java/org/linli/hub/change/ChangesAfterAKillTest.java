package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.LastWrite;
import org.linli.hub.records.TestRecords;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is told of a commit when the hub was killed around it, or its records were restored from a
 * copy.
 */
class ChangesAfterAKillTest extends RecordingChanges {

  @Test
  void tellsNothingOfWhatWasNotCommittedWhenTheHubWasKilled(@TempDir Path killed) {
    LastWrite kill =
        () -> {
          assertThat(rows()).as("written by now").isEqualTo(2);
          // What the disk has at this moment is what a kill leaves.
          records.copyTo(killed);
        };
    transaction(() -> record("committed", 1));
    transaction(
        () -> {
          record("not-committed", 1);
          TransactionSynchronizationManager.registerSynchronization(kill);
        });

    try (TestRecords left = new TestRecords(killed)) {
      ChangesOnRecords itsChanges = new ChangesOnRecords(left);
      assertThat(itsChanges.subjects(ALERT)).containsExactly("committed");
      left.transactions()
          .executeWithoutResult(_ -> itsChanges.recorder().record(ALERT, null, "again", 1));
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
                  records.copyTo(killed);
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
    records.copyTo(copy);
    transaction(() -> record("lost", 1));
    transaction(() -> record("lost-too", 1));

    try (TestRecords putBack = new TestRecords(copy)) {
      ChangesOnRecords itsChanges = new ChangesOnRecords(putBack);
      assertThat(itsChanges.feed().after(3, 100)).isEqualTo(new Next.Gap(1));
      putBack
          .transactions()
          .executeWithoutResult(_ -> itsChanges.recorder().record(ALERT, null, "new", 1));
      assertThat(itsChanges.subjects(ALERT)).containsExactly("in-the-copy", "new");
    }
  }
}

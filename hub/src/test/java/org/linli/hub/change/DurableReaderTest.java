package org.linli.hub.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.TestRecords;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionStatus;

/** A reader whose position is a row does its work once for each change, whatever comes between. */
class DurableReaderTest {

  private static final ChangeKind ALERT = ChangeKind.oneByOne("alert");
  private static final ChangeKind DEVICE = ChangeKind.byTheHundred("device");
  private static final int KEPT = 200;

  private TestRecords records;
  private ChangesOnRecords changes;
  private DurableReader reader;

  @BeforeEach
  void open(@TempDir Path data) {
    records = new TestRecords(data);
    records.client().sql("CREATE TABLE work (subject TEXT NOT NULL, number BIGINT)").update();
    start();
  }

  @AfterEach
  void close() {
    records.close();
  }

  /** As a program that is started, or started again. */
  private void start() {
    changes = new ChangesOnRecords(records, KEPT);
    reader = changes.durableReaders().reader("letters");
  }

  private double counted(String what) {
    return changes.meters().get(what).tag("reader", "letters").counter().count();
  }

  private void happens(String alert) {
    records
        .transactions()
        .executeWithoutResult(_ -> changes.recorder().record(ALERT, null, alert, 1));
  }

  private void work(Next next) {
    String subject =
        next instanceof Next.Changes(var found)
            ? found.getFirst().subjects().getFirst().id()
            : "everything";
    insert(subject);
  }

  private void insert(String subject) {
    records
        .client()
        .sql("INSERT INTO work (subject, number) SELECT ?, COUNT(*) FROM work")
        .param(subject)
        .update();
  }

  private List<@Nullable String> done() {
    return records
        .client()
        .sql("SELECT subject FROM work ORDER BY number")
        .query(String.class)
        .list();
  }

  @Test
  void beginsWithWhatChangesFromNowOnAndGoesOnWhereItWas() {
    assertThat(reader.take(1, this::work)).isFalse();
    happens("first");
    happens("second");
    assertThat(reader.take(1, this::work)).isTrue();

    start();
    assertThat(reader.take(1, this::work)).isTrue();
    assertThat(reader.take(1, this::work)).as("nothing is left").isFalse();
    assertThat(done()).containsExactly("first", "second");
    changes.durableReaders().reader("another").take(1, this::work);
    assertThat(done()).as("another begins at the end").hasSize(2);
  }

  @Test
  void doesTheWorkAgainThatRolledBackAndNoOther() {
    happens("first");
    happens("second");
    assertThat(reader.take(1, this::work)).isTrue();
    assertThatThrownBy(
            () ->
                reader.take(
                    1,
                    next -> {
                      work(next);
                      throw new TransientDataAccessResourceException("in the middle");
                    }))
        .hasMessage("in the middle");
    assertThat(done()).containsExactly("first");

    start();
    assertThat(reader.take(1, this::work)).isTrue();
    assertThat(done()).containsExactly("first", "second");
  }

  @Test
  void passesOverWhatTheWorkIsToBlameForAndNothingElse() {
    records
        .transactions()
        .executeWithoutResult(
            _ -> {
              changes.recorder().record(ALERT, null, "first", 1);
              changes.recorder().record(DEVICE, null, "door");
              changes.recorder().record(DEVICE, null, "poisoned");
              changes.recorder().record(DEVICE, null, "spoiled");
              changes.recorder().record(DEVICE, null, "window");
              changes.recorder().record(ALERT, null, "last", 1);
            });

    assertThat(reader.take(100, this::workOnEach)).isTrue();
    assertThat(done()).containsExactly("first", "door", "window", "last");
    assertThat(reader.take(100, this::workOnEach)).as("nothing is left").isFalse();
    assertThat(counted("linli.changes.left.out")).isEqualTo(2);
  }

  private void workOnEach(Next next) {
    if (next instanceof Next.Changes(var found)) {
      for (Change change : found) {
        for (Change.Subject subject : change.subjects()) {
          insert(subject.id());
          if (subject.id().equals("poisoned")) {
            throw new IllegalStateException("it can never be worked on");
          }
          if (subject.id().equals("spoiled")) {
            records.transactions().executeWithoutResult(TransactionStatus::setRollbackOnly);
          }
        }
      }
    }
  }

  @Test
  void passesOverNothingWhereTheRecordsAreToBlameOrEverythingIsToBeReadAgain() {
    happens("first");
    assertThatThrownBy(
            () ->
                reader.take(
                    1,
                    _ -> {
                      throw new TransientDataAccessResourceException("no records now");
                    }))
        .isInstanceOf(TransientDataAccessResourceException.class);
    assertThat(reader.take(1, this::work)).isTrue();
    assertThat(done()).containsExactly("first");

    for (int i = 0; i < KEPT + 100; i++) {
      happens("alert-" + i);
    }
    changes.drop();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  reader.take(
                      1,
                      _ -> {
                        throw new IllegalStateException("everything cannot be read");
                      }))
          .hasMessage("everything cannot be read");
    }
    assertThat(reader.take(1, this::work)).isTrue();
    assertThat(done()).containsExactly("first", "everything");
  }

  @Test
  void passesOverASubjectThatTheRecordsRefuseAgainAndAgainWhileTheyTakeOthers() {
    happens("first");
    happens("damaged");
    happens("last");
    fails(DurableReader.TRIES - 1, 100);
    assertThat(done()).isEmpty();

    assertThat(reader.take(100, this::workOnWhatCanBeRead)).isTrue();
    assertThat(done()).containsExactly("first", "last");
    assertThat(reader.take(100, this::workOnWhatCanBeRead)).as("nothing is left").isFalse();
    assertThat(counted("linli.changes.left.out")).isEqualTo(1);
  }

  @Test
  void passesOverNothingUntilTheRecordsTakeAnotherOfItsKind() {
    happens("damaged");
    records
        .transactions()
        .executeWithoutResult(_ -> changes.recorder().record(DEVICE, null, "door"));
    fails(3 * DurableReader.TRIES, 1);

    happens("last");
    fails(DurableReader.TRIES - 1, 1);
    assertThat(reader.take(1, this::workOnWhatCanBeRead)).isTrue();
    assertThat(done()).isEmpty();
    assertThat(reader.take(100, this::workOnWhatCanBeRead)).isTrue();
    assertThat(done()).containsExactly("door", "last");
    assertThat(counted("linli.changes.left.out")).isEqualTo(1);
  }

  private void fails(int times, int most) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> reader.take(most, this::workOnWhatCanBeRead))
          .hasMessage("a damaged page");
    }
  }

  private void workOnWhatCanBeRead(Next next) {
    if (next instanceof Next.Changes(var found)) {
      for (Change change : found) {
        for (Change.Subject subject : change.subjects()) {
          insert(subject.id());
          if (subject.id().equals("damaged")) {
            throw new TransientDataAccessResourceException("a damaged page");
          }
        }
      }
    }
  }

  @Test
  void goesBackWithTheRecordsWhereACopyIsPutBack(@TempDir Path copy) {
    happens("first");
    assertThat(reader.take(1, this::work)).isTrue();
    happens("second");
    records.copyTo(copy);
    happens("lost");
    assertThat(reader.take(100, this::work)).isTrue();
    records.close();

    records = new TestRecords(copy);
    start();
    happens("new");
    assertThat(reader.take(1, this::work)).isTrue();
    assertThat(reader.take(1, this::work)).isTrue();
    assertThat(done()).containsExactly("first", "second", "new");
  }

  @Test
  void isToldOfTheGapWhereItHasFallenBehindWhatIsKept() {
    for (int i = 0; i < KEPT + 100; i++) {
      happens("alert-" + i);
    }
    changes.drop();
    List<Next> given = new ArrayList<>();

    assertThat(reader.take(10, given::add)).isTrue();
    assertThat(given).containsExactly(new Next.Gap(KEPT + 100));
    assertThat(reader.take(10, given::add)).as("it goes on after it").isFalse();
    assertThat(counted("linli.changes.gaps")).isEqualTo(1);
    happens("after");
    assertThat(reader.take(10, this::work)).isTrue();
    assertThat(done()).containsExactly("after");
  }

  @Test
  void doesNothingTwiceWhereAnotherDidIt() {
    happens("first");

    assertThatThrownBy(
            () ->
                reader.take(
                    1,
                    next -> {
                      work(next);
                      records.client().sql("UPDATE change_reader SET position = 1").update();
                    }))
        .hasMessageContaining("letters");
    assertThat(done()).isEmpty();
    assertThat(reader.take(1, this::work)).isTrue();
  }

  @Test
  void wakesRightAfterTheCommit() throws InterruptedException {
    CountDownLatch worked = new CountDownLatch(1);
    Thread worker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    reader.await(Duration.ofMinutes(5));
                    if (reader.take(1, this::work)) {
                      worked.countDown();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    happens("first");

    assertThat(worked.await(5, TimeUnit.SECONDS)).isTrue();
    worker.join();
    assertThat(done()).containsExactly("first");
  }
}

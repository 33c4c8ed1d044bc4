package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.PacketIds;
import org.linli.edge.outbox.CommitGate;

class SqliteSessionsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 2;

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void endsASessionWhenItsTimeHasPassedSinceTheConnectionEnded() {
    Opened first = session("lift-1", HOUR);
    left(first);
    pass(HOUR.minusSeconds(1));
    Opened second = session("lift-1", HOUR);
    assertThat(second).isEqualTo(new Opened(first.number(), true, new PacketIds(), List.of()));
    pass(HOUR.multipliedBy(3));
    assertThat(session("lift-1", HOUR).present()).as("it was connected all the time").isTrue();

    left(first);
    pass(HOUR);
    Opened third = session("lift-1", HOUR);
    assertThat(third.present()).isFalse();
    assertThat(third.number()).as("no number is used again").isGreaterThan(first.number());
  }

  @Test
  void countsFromTheNextStartWhereTheGatewayWasKilledMeanwhile() {
    session("lift-1", HOUR);
    pass(HOUR.multipliedBy(5));
    opened.reopen();
    pass(HOUR.minusSeconds(1));
    opened.reopen();
    assertThat(session("lift-1", HOUR).present()).isTrue();
  }

  @Test
  void keepsNoMoreSessionsThanItMayAndMakesRoomByTime() {
    Opened first = session("lift-1", HOUR);
    session("lift-2", HOUR);
    assertThat(session("lift-3", HOUR)).isEqualTo(Opened.NOTHING);
    assertThat(session("lift-2", HOUR).present()).as("who is there stays").isTrue();

    left(first);
    pass(HOUR);
    assertThat(session("lift-3", HOUR).isKept()).isTrue();
    assertThat(opened.number("SELECT count(*) FROM mqtt_session")).isEqualTo(MOST);
  }

  @Test
  void countsSessionsAnewWhereACommitFailed() {
    session("lift-1", HOUR);
    opened.gate(
        () -> {
          throw new IllegalStateException("the disk refuses");
        });
    assertThatThrownBy(() -> session("lift-2", HOUR)).hasMessageContaining("the disk refuses");
    opened.gate(CommitGate.OPEN);
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(session("lift-3", HOUR).isKept()).isTrue());
    assertThat(session("lift-4", HOUR)).isEqualTo(Opened.NOTHING);
  }

  @Test
  void notesThatAConnectionEndedOnceTheDiskTakesItAgain() {
    Opened first = session("lift-1", HOUR);
    Opened second = session("lift-2", HOUR);
    refusedByTheDisk(
        () -> {
          opened.outbox().sessions().left(first.number(), HOUR);
          opened.outbox().sessions().left(second.number(), Duration.ZERO);
        });

    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(session("lift-2", HOUR).present()).isFalse());
    pass(HOUR);
    assertThat(session("lift-3", HOUR).isKept()).as("the first has expired").isTrue();
  }

  @Test
  void endsNoSessionThatIsResumedBeforeTheDiskTakesIt() {
    Opened first = session("lift-1", HOUR);
    refusedByTheDisk(() -> opened.outbox().sessions().left(first.number(), HOUR));

    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(session("lift-1", HOUR).present()).isTrue());
    opened.outbox().sessions().release(first.number(), 1).join();
    assertThat(opened.number("SELECT count(*) FROM mqtt_session WHERE ended_at IS NOT NULL"))
        .as("it is connected")
        .isZero();
  }

  private void refusedByTheDisk(Runnable requests) {
    opened.gate(
        () -> {
          throw new IllegalStateException("the disk refuses");
        });
    requests.run();
    // Requests take place in their order.
    assertThatThrownBy(() -> opened.outbox().sessions().release(0, 1).join())
        .hasMessageContaining("the disk refuses");
    opened.gate(CommitGate.OPEN);
  }

  @Test
  void writesNothingForAClientThatWantsNothingKept() {
    long commits = opened.outbox().commits();
    assertThat(session("lift-1", Duration.ZERO)).isEqualTo(Opened.NOTHING);
    assertThat(opened.outbox().commits()).isEqualTo(commits);
  }

  @Test
  void remembersNoClientWhoseSessionTheDiskDidNotTake() {
    opened.gate(
        () -> {
          throw new IllegalStateException("as a disk that refuses");
        });
    assertThatThrownBy(() -> session("lift-1", HOUR))
        .hasMessageContaining("could not write this down");
    opened.gate(CommitGate.OPEN);
    assertThat(session("lift-2", HOUR).isKept()).isTrue();

    long commits = opened.outbox().commits();
    assertThat(session("lift-1", Duration.ZERO)).isEqualTo(Opened.NOTHING);
    assertThat(opened.outbox().commits()).as("nobody asked the disk").isEqualTo(commits);
  }

  @Test
  void storesAMessageOnceWhoseIdIsNotedAlready() {
    long number = session("lift-1", HOUR).number();
    offer(new Note.Received(number, 9, false));
    offer(new Note.Received(number, 9, false));
    assertThat(opened.outbox().ledger().taken()).isEqualTo(1);
    assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);

    opened.outbox().sessions().release(number, 9).join();
    offer(new Note.Received(number, 9, false));
    assertThat(opened.outbox().ledger().taken()).as("the id is free again").isEqualTo(2);
  }

  @Test
  void notesWithADeadLetterOnlyWhatItsSenderIsNotToldOf() {
    long number = session("lift-1", HOUR).number();
    refuse(new Note.Received(number, 7, false));
    refuse(new Note.Received(number, 8, true));
    refuse(new Note.Received(number, 8, true));
    assertThat(opened.outbox().deadLetterCount().kept()).isEqualTo(2);

    opened.outbox().sessions().left(number, HOUR);
    Opened again = session("lift-1", HOUR);
    assertThat(again.unreleased().contains(7)).as("its sender was told").isFalse();
    assertThat(again.unreleased().contains(8)).isTrue();
  }

  private void refuse(Note note) {
    Offered offered = new Offered();
    opened.outbox().offer(offered.unreadable(note));
    assertThat(offered.awaitAnswer()).startsWith("refused");
  }

  private void offer(Note note) {
    Offered offered = new Offered();
    opened.outbox().offer(offered.noting(note, Offered.bulk("lift-1", null)));
    assertThat(offered.awaitAnswer()).isEqualTo("taken");
  }

  private Opened session(String client, Duration expiry) {
    return opened.outbox().sessions().open(new Opening(client, false, expiry, MOST)).join();
  }

  private void left(Opened session) {
    opened.outbox().sessions().left(session.number(), HOUR);
    // What is asked for takes place in the order of asking.
    opened.outbox().sessions().release(session.number(), 1).join();
  }

  private void pass(Duration time) {
    opened.run(time);
  }
}

package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.intake.Note;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.program.process.Killable;
import org.linli.program.thread.LivingThreads;

/**
 * What is remembered stays remembered however the gateway's clock is set, as delivery counts on.
 */
class ClockJumpTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final String CLIENT = "lift-1";
  private static final int PACKET = 9;

  @TempDir private Path folder;

  /** A client that has sent an event with an id and is gone. */
  private static void sendAndLeave(SqliteOutbox outbox) {
    Opened session = session(outbox);
    outbox
        .sessions()
        .subscribe(
            session.number(),
            List.of(
                new Subscription(
                    new CommandAddress(Kind.ELEVATOR, new DeviceId(CLIENT)), 1, false, 0, 0, 0)))
        .join();
    Offered offered = new Offered();
    outbox.offer(offered.of(bulk(CLIENT, "a1"), urgent(CLIENT, "a2")));
    assertThat(offered.awaitAnswer()).isEqualTo("taken");
    sendWithPacketId(outbox, session);
    leave(outbox, session);
  }

  /** As QoS 2, and never released. */
  private static void sendWithPacketId(SqliteOutbox outbox, Opened session) {
    Offered offered = new Offered();
    outbox.offer(
        offered.noting(new Note.Received(session.number(), PACKET, false), bulk(CLIENT, null)));
    assertThat(offered.awaitAnswer()).isEqualTo("taken");
  }

  private static Opened session(SqliteOutbox outbox) {
    return outbox.sessions().open(new Opening(CLIENT, false, DAY, 10)).join();
  }

  private static void leave(SqliteOutbox outbox, Opened session) {
    outbox.sessions().left(session.number(), DAY);
    outbox.sessions().release(session.number(), 1).join();
  }

  private static void requireRemembered(SqliteOutbox outbox, String when) {
    Opened session = session(outbox);
    assertThat(session.present()).as("the session %s", when).isTrue();
    assertThat(session.subscriptions()).as("the subscription %s", when).hasSize(1);
    assertThat(session.unreleased().contains(PACKET)).as("the packet id %s", when).isTrue();
    sendWithPacketId(outbox, session);
    leave(outbox, session);
    Offered again = new Offered();
    outbox.offer(again.of(bulk(CLIENT, "a1"), urgent(CLIENT, "a2")));
    assertThat(again.awaitAnswer()).isEqualTo("taken");
    assertThat(outbox.ledger().taken()).as("events stored %s", when).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T05:16:00Z, 2026-11-24T06:16:00Z",
    "2026-11-23T05:16:00Z, 2026-11-22T04:16:00Z",
    "1970-01-01T00:00:07Z, 2026-11-23T05:16:00Z",
    "2026-11-23T05:16:00Z, 1970-01-01T00:00:07Z",
    "2026-11-23T05:16:00Z, 1901-01-01T00:00:00Z",
    "2026-11-23T05:16:00Z, 2161-01-01T00:00:00Z",
  })
  void forgetsNothingWhereTheClockJumpsToAndBack(Instant from, Instant to) {
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      opened.now.set(from);
      opened.reopen();
      sendAndLeave(opened.outbox());
      opened.now.set(to);
      requireRemembered(opened.outbox(), "after a jump");
      opened.now.set(from);
      requireRemembered(opened.outbox(), "after the jump back");
      opened.close();
      opened.now.set(to);
      opened.reopen();
      requireRemembered(opened.outbox(), "after a start with another time");
      opened.now.set(from);
      requireRemembered(opened.outbox(), "after a start and a jump");
    }
  }

  @Test
  void forgetsNothingWhereItIsKilledAndStartsWithAnotherTime() throws Exception {
    Killable.start(Agent.class, folder.toString()).killWhereItStands();
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      opened.now.set(Instant.ofEpochSecond(7));
      opened.reopen();
      requireRemembered(opened.outbox(), "after a kill and a start in 1970");
      opened.now.set(Offered.AT.plus(DAY).plus(DAY));
      requireRemembered(opened.outbox(), "once NTP has come");
    }
  }

  /** A process that is killed after a client left. */
  static final class Agent {

    private Agent() {}

    public static void main(String[] arguments) throws IOException {
      Killable.endAtTheFirstFailure();
      SqliteOutbox outbox =
          SqliteOutbox.open(
              Path.of(arguments[0]),
              OpenedOutbox.GATEWAY,
              OutboxSettings.DEFAULTS,
              () -> Offered.AT,
              new LivingThreads(() -> Offered.AT),
              () -> {});
      sendAndLeave(outbox);
      Killable.standHere();
    }
  }

  @Test
  void makesRoomAtAStartForThoseOfWhomTheTimeWasOver() {
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      sendAndLeave(opened.outbox());
      opened.run(DAY);
      opened.reopen();
      Opening other = new Opening("lift-2", false, DAY, 1);
      assertThat(opened.outbox().sessions().open(other).join().isKept()).isTrue();
    }
  }
}

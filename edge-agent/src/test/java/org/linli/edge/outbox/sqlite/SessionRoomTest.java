package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.padded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.intake.Note;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.springframework.util.unit.DataSize;

/** Clients that leave much in their sessions, beside events that wait for the hub. */
class SessionRoomTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long QUOTA = 4 << 20;

  /** What is left for events after what the log and a round of what waits may take. */
  private static final long FOR_EVENTS = QUOTA - QUOTA / 4 - (64 << 10);

  private static final int LARGEST_PACKET_ID = 65_535;

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened =
        new OpenedOutbox(
            folder,
            OpenedOutbox.small(
                DataSize.ofBytes(QUOTA), Duration.ofDays(30), DataSize.ofKilobytes(64)));
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void whatClientsLeaveInTheirSessionsPushesOutNoEvent() {
    while (used() < FOR_EVENTS - FOR_EVENTS / 8) {
      assertThat(opened.offer(padded(measurement("meter-1", null), 30))).isEqualTo("taken");
    }
    assertThat(opened.outbox().ledger().shed()).isZero();

    int taken = notes(session("greedy").number(), 1, LARGEST_PACKET_ID);
    assertThat(opened.outbox().ledger().shed()).as("measurements that are given up").isZero();
    assertThat(taken).isBetween(1_000, LARGEST_PACKET_ID - 1);

    assertThat(session("late").isKept()).as("a session for which there is no room").isFalse();
    assertThat(opened.offer(measurement("meter-1", null))).isEqualTo("taken");
  }

  @Test
  void whoIsAwayAndHoldsMostMakesRoomForWhoIsThere() {
    Opened modest = session("modest");
    assertThat(notes(modest.number(), 1, 10)).isEqualTo(10);
    Opened present = session("present");
    Opened greedy = session("greedy");
    left(modest, HOUR);
    assertThat(notes(greedy.number(), 1, LARGEST_PACKET_ID)).isLessThan(LARGEST_PACKET_ID);
    assertThat(opened.number("SELECT count(*) FROM mqtt_session WHERE client = 'modest'"))
        .as("who is away gives way to who is there")
        .isZero();
    assertThat(notes(present.number(), 1, 10)).as("there is nobody left to give way").isZero();

    left(greedy, HOUR);
    opened.now.updateAndGet(now -> now.plusSeconds(2));
    assertThat(notes(present.number(), 1, 10)).isEqualTo(10);
    assertThat(session("greedy").present()).isFalse();
    assertThat(session("present").present()).isTrue();
    assertThat(session("present").unreleased().size()).isEqualTo(10);
  }

  @Test
  void subscriptionsHaveNoMoreRoomThanTheirShare() {
    Opened greedy = session("greedy");
    long number = greedy.number();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                subscribe(number, i * 100, 100);
              }
            })
        .hasMessageContaining("linli.outbox.quota");
    long kept = opened.number("SELECT count(*) FROM mqtt_subscription");
    assertThat(kept).isBetween(100L, 5_000L);
    // Asked for again they take no more room.
    subscribe(number, 0, 100);
    assertThat(opened.number("SELECT count(*) FROM mqtt_subscription")).isEqualTo(kept);
    left(greedy, Duration.ZERO);
    assertThat(session("late").isKept()).isTrue();
    assertThat(notes(session("late").number(), 1, 100)).as("all room is given back").isEqualTo(100);
  }

  @Test
  void countsAfterARestartWhatItCountedBefore() {
    Opened greedy = session("greedy");
    int taken = notes(greedy.number(), 1, LARGEST_PACKET_ID);
    opened.reopen();
    assertThat(notes(session("greedy").number(), LARGEST_PACKET_ID - 99, 100)).isZero();
    for (int id = 1; id <= 10; id++) {
      opened.outbox().sessions().release(greedy.number(), id).join();
    }
    assertThat(notes(greedy.number(), 1, 10)).isEqualTo(10);
    assertThat(taken).isPositive();
  }

  private void subscribe(long session, int first, int number) {
    List<Subscription> wanted = new ArrayList<>();
    for (int i = first; i < first + number; i++) {
      wanted.add(
          new Subscription(
              new CommandAddress(Kind.ELEVATOR, new DeviceId("lift-" + i)), 1, false, 0, 0, 0));
    }
    opened.outbox().sessions().subscribe(session, wanted).join();
  }

  private long used() {
    return opened.number("PRAGMA page_count") * opened.number("PRAGMA page_size");
  }

  private Opened session(String client) {
    return opened.outbox().sessions().open(new Opening(client, false, HOUR, 100)).join();
  }

  private void left(Opened session, Duration expiry) {
    opened.outbox().sessions().left(session.number(), expiry);
    // What is asked for takes place in the order of asking.
    opened.outbox().sessions().release(session.number(), LARGEST_PACKET_ID).join();
  }

  /** How many of so many packet ids are noted. */
  private int notes(long session, int first, int number) {
    int taken = 0;
    for (int from = first; from < first + number; from += 1_000) {
      List<Offered> replies = new ArrayList<>();
      for (int id = from; id < Math.min(from + 1_000, first + number); id++) {
        Offered reply = new Offered();
        replies.add(reply);
        opened.outbox().offer(reply.onlyNoting(new Note.Received(session, id, false)));
      }
      for (Offered reply : replies) {
        taken += reply.awaitAnswer().equals("taken") ? 1 : 0;
      }
    }
    return taken;
  }
}

package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.StandingAgent.BEFORE;
import static org.linli.edge.outbox.sqlite.StandingAgent.MESSAGE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.sqlite.StandingAgent.Point;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.process.Killable;

/**
 * An agent is killed at each point at which the disk and somebody else could come to know different
 * things.
 */
class KillPointsTest {

  private static final Map<Point, Killable> AGENTS = new EnumMap<>(Point.class);

  @TempDir private static Path data;

  /** All at once: most of their time is Java's start. */
  @BeforeAll
  static void start() throws IOException {
    for (Point point : Point.values()) {
      AGENTS.put(
          point,
          Killable.start(StandingAgent.class, data.resolve(point.name()).toString(), point.name()));
    }
  }

  /** What an agent had said when it was killed. */
  private static List<String> kill(Point point) throws IOException, InterruptedException {
    return Objects.requireNonNull(AGENTS.get(point)).killWhereItStands();
  }

  private static OpenedOutbox reopened(Point point) {
    return new OpenedOutbox(data.resolve(point.name()));
  }

  @Test
  void beforeTheFsyncNothingOfTheMessageIsThereAndNobodyWasToldOtherwise() throws Exception {
    assertThat(kill(Point.BEFORE_FSYNC)).containsExactly("taken", "taken", "taken");

    try (OpenedOutbox opened = reopened(Point.BEFORE_FSYNC)) {
      assertThat(everything(opened)).containsExactlyInAnyOrder("lift-1 1", "lift-1 2", "lift-1 3");
      assertThat(counts(opened)).isEqualTo("offered 3, taken 3, repeated 0, queued 3");
      assertThat(opened.outbox().losses(1).devices()).isZero();

      assertThat(opened.offer(MESSAGE.toArray(DeviceEvent[]::new))).isEqualTo("taken");
      assertThat(everything(opened))
          .as("the device sends it again, and no order number is missing")
          .containsExactlyInAnyOrder(
              "lift-1 1", "lift-1 2", "lift-1 3", "lift-1 4", "lift-1 5", "lift-2 1");
      assertThat(counts(opened)).isEqualTo("offered 6, taken 6, repeated 0, queued 6");
    }
  }

  @Test
  void betweenFsyncAndAcknowledgementTheMessageIsThereOnce() throws Exception {
    assertThat(kill(Point.BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT))
        .containsExactly("taken", "taken", "taken");

    try (OpenedOutbox opened = reopened(Point.BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT)) {
      List<String> whole =
          List.of("lift-1 1", "lift-1 2", "lift-1 3", "lift-1 4", "lift-1 5", "lift-2 1");
      assertThat(everything(opened)).containsExactlyInAnyOrderElementsOf(whole);
      assertThat(counts(opened)).isEqualTo("offered 6, taken 6, repeated 0, queued 6");

      assertThat(opened.offer(MESSAGE.toArray(DeviceEvent[]::new)))
          .as("to the device that was never told")
          .isEqualTo("taken");
      assertThat(everything(opened)).containsExactlyInAnyOrderElementsOf(whole);
      assertThat(counts(opened)).isEqualTo("offered 9, taken 6, repeated 3, queued 6");
      assertThat(opened.offer(bulk("lift-1", "c1"))).isEqualTo("taken");
      assertThat(everything(opened)).contains("lift-1 6");
    }
  }

  @Test
  void betweenReceiptAndDeleteTheRowsAreAsTheyWereUntilTheHubSaysAgainThatItHasThem()
      throws Exception {
    List<String> said = kill(Point.BETWEEN_RECEIPT_AND_DELETE);

    try (OpenedOutbox opened = reopened(Point.BETWEEN_RECEIPT_AND_DELETE)) {
      SqliteOutbox outbox = opened.outbox();
      Batch again = outbox.next(Lane.BULK, 0, 2).orElseThrow();
      assertThat(StandingAgent.rowsOf(again)).isEqualTo(said.getLast());
      assertThat(counts(opened)).isEqualTo("offered 3, taken 3, repeated 0, queued 3");

      outbox.settle(Map.of(Lane.URGENT, 0L, Lane.BULK, 2L));
      await().untilAsserted(() -> assertThat(outbox.ledger().receipted()).isEqualTo(2));
      assertThat(opened.number("SELECT COUNT(*) FROM bulk_row")).isEqualTo(1);
      Batch rest = outbox.next(Lane.BULK, 2, BEFORE.size()).orElseThrow();
      assertThat(rest.first()).isEqualTo(3);
      assertThat(rest.before()).isEqualTo(again.digest());
      assertThat(rest.events()).extracting(TakenEvent::order).containsExactly(3L);
      assertThat(counts(opened)).isEqualTo("offered 3, taken 3, repeated 0, queued 1");
      assertThat(outbox.epoch()).isEqualTo(1);
    }
  }

  private static String counts(OpenedOutbox opened) {
    Ledger ledger = opened.outbox().ledger();
    assertThat(ledger.balances()).as("the gateway's ledger").isTrue();
    return "offered %d, taken %d, repeated %d, queued %d"
        .formatted(ledger.offered(), ledger.taken(), ledger.repeated(), ledger.queued());
  }

  /** Each event that waits, as {@code device order}. */
  private static List<String> everything(OpenedOutbox opened) {
    List<String> names = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      opened.waiting(lane).forEach(event -> names.add(HubWithMemory.name(event)));
    }
    return names;
  }
}

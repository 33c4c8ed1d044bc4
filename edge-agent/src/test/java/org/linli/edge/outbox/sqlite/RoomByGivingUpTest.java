package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.padded;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.OutboxState;
import org.linli.event.Lane;
import org.springframework.util.unit.DataSize;

/** What was acknowledged is given up for room only where that makes room enough. */
class RoomByGivingUpTest {

  private static final DataSize RESERVE = DataSize.ofMegabytes(1);
  private static final String NO_ROOM = "unavailable: there is no room for events: the quota";

  /** More than the outbox writes in a test. */
  private static final long PLENTY = 1L << 40;

  /** So many that their events alone take more than the smallest quotas. */
  private static final int KILOBYTES = 6;

  /** Rows that a hub may have got, which is known no more exactly. */
  private static final int MAY_BE_SENT = 30;

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder, settings(DataSize.ofMegabytes(32)));
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private void open(DataSize quota) {
    opened.close();
    opened = new OpenedOutbox(folder, settings(quota));
  }

  private static OutboxSettings settings(DataSize quota) {
    return OpenedOutbox.small(quota, Duration.ofDays(30), RESERVE);
  }

  /** Something of each sort, which waits for the hub. */
  private void offerEach() {
    assertThat(
            opened.offer(
                padded(measurement("meter-1", null), 24),
                padded(bulk("lift-1", null), 4),
                padded(urgent("lift-2", null), 4)))
        .isEqualTo("taken");
  }

  /** Fills the file with what is no event. */
  private void fillBesideEvents(long bytes) {
    opened.close();
    opened.execute(
        "INSERT INTO damaged_row (at, lane, position, events, others) VALUES (0, 'bulk', 0, 0,"
            + " zeroblob("
            + bytes
            + "))");
  }

  private void emptyBesideEvents() {
    opened.execute("DELETE FROM damaged_row");
  }

  private long used() {
    return (opened.number("PRAGMA page_count") - opened.number("PRAGMA freelist_count"))
        * opened.number("PRAGMA page_size");
  }

  private String lastAnswer(int offers) {
    String answer = "taken";
    for (int i = 0; i < offers && answer.equals("taken"); i++) {
      answer = opened.offer(bulk("lift-3", null));
    }
    return answer;
  }

  private void takesAgain() {
    await().until(() -> opened.outbox().state() instanceof OutboxState.Working);
    assertThat(opened.offer(bulk("lift-3", null))).isEqualTo("taken");
  }

  @Test
  void aDiskThatAnotherProgramFillsCostsNothingWhereThatWouldNotHelp() {
    for (int i = 0; i < 5; i++) {
      offerEach();
    }
    fillBesideEvents(2 << 20);
    opened.reopen();
    opened.hasRoomFor(0);

    assertThat(lastAnswer(5)).startsWith(NO_ROOM);
    Ledger ledger = opened.outbox().ledger();
    assertThat(ledger.shed()).isZero();
    assertThat(opened.waiting(Lane.URGENT)).hasSize(5);
    assertThat(opened.number("SELECT sum(measurement_count) FROM bulk_row")).isEqualTo(5);
    assertThat(opened.outbox().state()).isInstanceOf(OutboxState.Refusing.class);

    opened.hasRoomFor(PLENTY);
    takesAgain();
    assertThat(opened.outbox().ledger().shed()).isZero();
  }

  @Test
  void onAFullDiskNoMoreIsNeededThanTheReserveHoldsAnyway() {
    for (int i = 0; i < 5; i++) {
      offerEach();
    }
    fillBesideEvents(RESERVE.toBytes() - used() + 20_000);
    opened.reopen();
    opened.hasRoomFor(0);

    assertThat(lastAnswer(20)).isEqualTo("taken");
    assertThat(opened.outbox().ledger().shed()).isBetween(1L, 5L);
  }

  @Test
  void aQuotaThatIsUsedUpByOtherThingsCostsNothingWhereThatWouldNotHelp() {
    open(DataSize.ofMegabytes(8));
    for (int i = 0; i < 5; i++) {
      offerEach();
    }
    fillBesideEvents(8 << 20);
    opened.reopen();

    assertThat(lastAnswer(5)).startsWith(NO_ROOM);
    assertThat(opened.outbox().ledger().shed()).isZero();
    assertThat(opened.waiting(Lane.URGENT)).hasSize(5);

    emptyBesideEvents();
    takesAgain();
    assertThat(opened.outbox().ledger().shed()).isZero();
  }

  @Test
  void soItIsWhileTheHubIsThereAndAfterIt() {
    open(DataSize.ofMegabytes(8));
    for (int i = 0; i < 5; i++) {
      offerEach();
    }
    fillBesideEvents(8 << 20);
    opened.reopen();
    opened.outbox().settle(Map.of());
    assertThat(opened.outbox().next(Lane.BULK, 0, 100)).isPresent();
    assertThat(lastAnswer(50)).startsWith(NO_ROOM);
    opened.outbox().parted();
    assertThat(lastAnswer(5)).startsWith(NO_ROOM);
    assertThat(opened.outbox().ledger().shed()).isZero();
  }

  @Test
  void manySmallRowsThatAreNotEnoughAreKept() {
    open(DataSize.ofMegabytes(64));
    opened.offer(bulk("lift-1", null));
    multiply(40_000);
    fillBesideEvents(80 << 20);
    opened.reopen();

    await().until(() -> opened.offer(bulk("lift-3", null)).startsWith(NO_ROOM));
    assertThat(opened.outbox().ledger().shed()).isZero();
    assertThat(opened.outbox().ledger().queued()).isGreaterThanOrEqualTo(40_000);
  }

  @Test
  void manySmallRowsThatAreEnoughMakeRoom() {
    open(DataSize.ofMegabytes(64));
    opened.offer(bulk("lift-1", null));
    multiply(80_000);
    open(DataSize.ofMegabytes(6));

    long room = DataSize.ofMegabytes(6).toBytes() * 3 / 4;
    assertThat(used()).isGreaterThan(room + (2 << 20));
    // A minute is the test's own patience.
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(opened.offer(bulk("lift-3", null))).isEqualTo("taken");
              assertThat(used()).isLessThanOrEqualTo(room);
            });
    assertThat(opened.outbox().ledger().balances()).isTrue();
    assertThat(opened.outbox().ledger().queued()).isGreaterThan(10_000);
  }

  /** Such rows stay without their events, because the hub may have them. */
  @Test
  void manyRowsThatMayHaveBeenSentLeaveTheirRoomToNewEvents() {
    open(DataSize.ofKilobytes(416));
    opened.close();
    opened.execute(
        "UPDATE totals SET urgent_sendable = %1$d, bulk_sendable = %1$d".formatted(MAY_BE_SENT));
    opened.reopen();
    for (int i = 0; i < MAY_BE_SENT; i++) {
      assertThat(
              opened.offer(
                  padded(bulk("lift-1", null), KILOBYTES),
                  padded(urgent("lift-2", null), KILOBYTES)))
          .as("offer %d", i)
          .isEqualTo("taken");
    }
    for (Lane lane : Lane.values()) {
      assertThat(opened.number("SELECT count(*) FROM " + RowTable.nameOf(lane)))
          .isEqualTo(MAY_BE_SENT);
    }

    HubWithMemory hub = new HubWithMemory();
    opened.outbox().settle(hub.watermarks());
    for (Lane lane : Lane.values()) {
      while (hub.take(opened.outbox(), lane, 5)) {
        opened.outbox().receipted(lane, hub.side(lane).sequence);
      }
    }
    await().until(() -> opened.outbox().ledger().queued() == 0);
    Ledger ledger = opened.outbox().ledger();
    assertThat(ledger.balances()).isTrue();
    assertThat(hub.shed(Lane.URGENT) + hub.shed(Lane.BULK)).isEqualTo(ledger.shed());
    assertThat(hub.applied(Lane.URGENT)).hasSizeGreaterThan(MAY_BE_SENT / 3);
  }

  @Test
  void smallEventsStayWhereTheMeasurementsBesideThemAreEnough() {
    open(DataSize.ofKilobytes(416));
    for (int i = 0; i < 60; i++) {
      assertThat(
              opened.offer(padded(measurement("meter-1", null), KILOBYTES), bulk("lift-1", null)))
          .as("offer %d", i)
          .isEqualTo("taken");
    }
    assertThat(opened.outbox().ledger().shed()).isPositive();
    assertThat(opened.number("SELECT sum(other_count) FROM bulk_row")).isEqualTo(60);
  }

  /** Copies of one row, because it is their number that matters here. */
  private void multiply(int rows) {
    opened.close();
    opened.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO bulk_row SELECT i, at, i, measurement_count, other_count, 0, checksum,
          digest, mixture, measurements, others FROM n, bulk_row WHERE position = 1\
        """
            .formatted(rows));
    opened.execute(
        "UPDATE totals SET bulk_position = %1$d, bulk_taken = %1$d, offered = %1$d"
            .formatted(rows));
  }
}

package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.padded;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.GivenUp;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Losses.DeviceLoss;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

class ShedTest {

  private static final DataSize QUOTA = DataSize.ofKilobytes(512);
  private static final int KILOBYTES = 24;

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder, settings(QUOTA));
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private static OutboxSettings settings(DataSize quota) {
    return OpenedOutbox.small(quota, Duration.ofHours(1), DataSize.ofKilobytes(64));
  }

  private Ledger ledger() {
    return opened.outbox().ledger();
  }

  private long shed(Lane lane) {
    Ledger.LaneFigures figures = ledger().lanes().get(lane);
    return figures == null ? 0 : figures.shed();
  }

  /** One row with an event of each sort. */
  private void offerEach(int number) {
    assertThat(
            opened.offer(
                padded(measurement("meter-" + number % 3, null), KILOBYTES),
                padded(bulk("lift-1", null), 4),
                padded(urgent("lift-2", null), 4)))
        .isEqualTo("taken");
  }

  private long measurementsLeft() {
    return opened.number("SELECT sum(measurement_count) FROM bulk_row");
  }

  private long othersLeft() {
    return opened.number("SELECT sum(other_count) FROM bulk_row");
  }

  @Test
  void givesUpMeasurementsFirstThenBulkThenUrgentOldestFirst() {
    int offered = 0;
    while (ledger().shed() == 0) {
      offerEach(offered++);
    }
    assertThat(othersLeft()).isEqualTo(offered);
    assertThat(opened.number("SELECT min(position) FROM bulk_row WHERE measurement_count > 0"))
        .isEqualTo(ledger().shed() + 1);

    while (othersLeft() == offered) {
      offerEach(offered++);
    }
    assertThat(measurementsLeft()).as("but for the newest row").isEqualTo(1);
    assertThat(shed(Lane.URGENT)).isZero();

    while (shed(Lane.URGENT) == 0) {
      offerEach(offered++);
    }
    assertThat(othersLeft()).as("but for the newest row").isEqualTo(1);
    assertThat(opened.number("SELECT min(position) FROM urgent_row WHERE other_count > 0"))
        .isEqualTo(shed(Lane.URGENT) + 1);
    assertThat(ledger().balances()).isTrue();
    assertThat(opened.outbox().losses(2).most())
        .startsWith(new DeviceLoss(new DeviceId("lift-1"), offered - 1L));
    assertThat(opened.outbox().losses(9).devices()).isEqualTo(5);
  }

  @Test
  void saysThatItGivesUpHowMuchAndSinceWhen() {
    offerEach(0);
    assertThat(opened.outbox().troubles()).doesNotContainKey(GatewayTrouble.GIVES_UP);
    assertThat(OutboxConfiguration.health(opened.outbox()).getDetails())
        .doesNotContainKey("degraded");

    for (int i = 1; ledger().shed() < 3; i++) {
      offerEach(i);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(opened.outbox().givenUpLately())
                    .map(GivenUp::events)
                    .hasValue(ledger().shed()));
    GivenUp lately = opened.outbox().givenUpLately().orElseThrow();
    assertThat(opened.outbox().troubles()).containsEntry(GatewayTrouble.GIVES_UP, lately.since());
    Health health = OutboxConfiguration.health(opened.outbox());
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails())
        .containsEntry("since", lately.since().toString())
        .extractingByKey("degraded")
        .asString()
        .startsWith(ledger().shed() + " events that waited for the hub were given up");
  }

  @Test
  void keepsFileAndLogWithinTheQuota() throws IOException {
    long largest = 0;
    for (int i = 0; i < 60; i++) {
      offerEach(i);
      largest =
          Math.max(
              largest,
              Files.size(folder.resolve("outbox.db"))
                  + Files.size(folder.resolve("outbox.db-wal")));
    }
    assertThat(ledger().shed()).isGreaterThan(50);
    assertThat(largest).isLessThanOrEqualTo(QUOTA.toBytes());
  }

  @Test
  void tellsOfManyRowsThatAreGoneWithOneRowAndOneRange() {
    for (int i = 0; i < 40; i++) {
      opened.offer(padded(measurement("meter-" + i % 3, null), KILOBYTES));
    }
    long gone = ledger().shed();
    assertThat(opened.number("SELECT count(*) FROM bulk_row")).isEqualTo(40 - gone + 1);
    assertThat(opened.number("SELECT count(*) FROM bulk_shed")).isEqualTo(1);
    opened.reopen();

    opened.outbox().settle(Map.of());
    Batch batch = opened.outbox().next(Lane.BULK, 0, 1).orElseThrow();
    assertThat(batch.first()).isEqualTo(1);
    assertThat(batch.last()).isGreaterThanOrEqualTo(gone);
    assertThat(batch.shed())
        .singleElement()
        .satisfies(
            range -> {
              assertThat(range.first()).isEqualTo(1);
              assertThat(range.last()).isEqualTo(gone);
              assertThat(range.eventsByDevice()).hasSize(3);
              assertThat(range.events()).isEqualTo(gone);
            });
    assertThat(batch.ledger().shed()).isEqualTo(gone);
  }

  @Test
  void givesNothingUpThatWasSentWhileTheHubIsThere() {
    opened.outbox().settle(Map.of());
    for (int i = 0; i < 5; i++) {
      offerEach(i);
    }
    Batch sent = opened.outbox().next(Lane.BULK, 0, 10).orElseThrow();
    for (int i = 5; i < 90; i++) {
      offerEach(i);
    }
    assertThat(shed(Lane.BULK)).isPositive();
    assertThat(opened.outbox().next(Lane.BULK, 0, 10).orElseThrow()).isEqualTo(sent);

    opened.outbox().parted();
    for (int i = 90; i < 100; i++) {
      offerEach(i);
    }
    assertThat(
            opened.number(
                "SELECT coalesce(sum(measurement_count), 0) FROM bulk_row WHERE position <= "
                    + sent.last()))
        .isZero();
  }

  @Test
  void countsAsReceiptedWhatWasGivenUpWhileTheHubWasAwayAndHadIt() {
    opened.outbox().settle(Map.of());
    for (int i = 0; i < 5; i++) {
      offerEach(i);
    }
    Batch sent = opened.outbox().next(Lane.BULK, 0, 10).orElseThrow();
    assertThat(sent.events()).hasSize(10);
    opened.outbox().parted();
    for (int i = 5; i < 60; i++) {
      offerEach(i);
    }
    assertThat(opened.number("SELECT sum(other_count) FROM bulk_row WHERE position <= 5")).isZero();
    long before = shed(Lane.BULK);
    opened.reopen();
    opened.outbox().settle(Map.of(Lane.BULK, sent.last()));

    await().untilAsserted(() -> assertThat(ledger().receipted()).isEqualTo(10));
    assertThat(shed(Lane.BULK)).isEqualTo(before - 10);
    assertThat(ledger().balances()).isTrue();
    assertThat(opened.outbox().losses(10).most().stream().mapToLong(DeviceLoss::events).sum())
        .isEqualTo(ledger().shed());
    assertThat(opened.outbox().next(Lane.BULK, sent.last(), 500).orElseThrow().before())
        .isEqualTo(sent.digest());
  }

  @Test
  void remembersAcrossARestartHowFarItMayHaveSent() {
    for (int i = 0; i < 80; i++) {
      opened.offer(bulk("lift-1", null));
    }
    opened.outbox().settle(Map.of());
    Batch sent = opened.outbox().next(Lane.BULK, 0, 50).orElseThrow();
    assertThat(sent.last()).isEqualTo(50);
    opened.reopen();
    for (int i = 0; i < 20; i++) {
      offerEach(i);
    }
    assertThat(opened.number("SELECT sum(other_count) FROM bulk_row WHERE position <= 80"))
        .isZero();
    opened.outbox().settle(Map.of(Lane.BULK, 50L));

    await().untilAsserted(() -> assertThat(ledger().receipted()).isEqualTo(50));
    assertThat(opened.outbox().next(Lane.BULK, 50, 500).orElseThrow().before())
        .isEqualTo(sent.digest());
    assertThat(ledger().balances()).isTrue();
  }

  @Test
  void countsAsLostWhatTheHubNeverGot() {
    opened.outbox().settle(Map.of());
    offerEach(0);
    Batch sent = opened.outbox().next(Lane.BULK, 0, 10).orElseThrow();
    opened.outbox().parted();
    for (int i = 1; i < 12; i++) {
      offerEach(i);
    }
    long before = shed(Lane.BULK);
    opened.outbox().settle(Map.of());

    Batch again = opened.outbox().next(Lane.BULK, 0, 1).orElseThrow();
    assertThat(again.digest()).isEqualTo(sent.digest());
    assertThat(again.events()).hasSize(1);
    assertThat(again.shed())
        .containsExactly(new ShedRange(1, 1, Map.of(new DeviceId("meter-0"), 1L)));
    opened.outbox().receipted(Lane.BULK, again.last());
    await().untilAsserted(() -> assertThat(ledger().receipted()).isEqualTo(1));
    assertThat(shed(Lane.BULK)).isEqualTo(before);
  }

  @Test
  void givesUpWhatHasWaitedLongerThanItMay() {
    opened.offer(bulk("lift-1", "old"), urgent("lift-1", "old-too"));
    for (int minute = 0; minute < 61; minute++) {
      opened.now.updateAndGet(now -> now.plusSeconds(60));
      opened.offer(bulk("lift-1", null));
    }
    assertThat(shed(Lane.BULK)).isEqualTo(1);
    assertThat(shed(Lane.URGENT)).isEqualTo(1);
    assertThat(ledger().balances()).isTrue();
  }

  @Test
  void believesNoClockThatJumps() {
    opened.offer(bulk("lift-1", null));
    opened.now.updateAndGet(now -> now.plusSeconds(50));
    opened.offer(bulk("lift-1", null));
    assertThat(opened.number("SELECT max(bulk_position) FROM age_mark")).isEqualTo(1);
    opened.now.updateAndGet(now -> now.plus(Duration.ofDays(5_000)));
    for (int i = 0; i < 5; i++) {
      opened.offer(bulk("lift-1", null));
    }
    opened.now.updateAndGet(now -> now.minus(Duration.ofDays(9_000)));
    opened.offer(bulk("lift-1", null));
    assertThat(ledger().shed()).isZero();
  }

  @Test
  void countsARowThatTheDiskHasDamagedWithoutDevices() {
    offerEach(0);
    opened.close();
    opened.execute("UPDATE bulk_row SET others = x'00ff' || others");
    opened.reopen();
    for (int i = 1; i < 10; i++) {
      offerEach(i);
    }
    assertThat(opened.number("SELECT events FROM bulk_shed WHERE position = 1")).isEqualTo(2);
    assertThat(ledger().balances()).isTrue();
  }

  @Test
  void shrinksWhenItIsOpenedWithASmallerQuota() {
    for (int i = 0; i < 5; i++) {
      offerEach(i);
    }
    assertThat(ledger().shed()).isZero();
    opened.close();
    opened = new OpenedOutbox(folder, settings(DataSize.ofKilobytes(400)));
    opened.offer(bulk("lift-1", null));

    await()
        .untilAsserted(
            () ->
                assertThat(
                        opened.number("SELECT count(*) FROM bulk_row WHERE measurement_count > 0"))
                    .isLessThan(5));
    assertThat(othersLeft()).isEqualTo(6);
  }

  @Test
  void saysWhichSettingIsOutOfItsBounds() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> settings(DataSize.ofKilobytes(255)))
        .withMessage(
            "linli.outbox.quota is 255KB, too little for a batch of what waits for the disk: give"
                + " at least 384KB (4 times linli.outbox.waiting-bytes, which is 64KB), or make"
                + " that smaller");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> OpenedOutbox.settings(10, DataSize.ofKilobytes(16), DataSize.ofKilobytes(64)))
        .withMessage(
            "linli.outbox.quota is 64KB, too little for an empty outbox, a few devices with their"
                + " remembered ids (linli.outbox.remembered-ids, 256) and what waits for the disk"
                + " (linli.outbox.waiting-bytes, 16KB): give at least 384KB");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> OpenedOutbox.settings(10, DataSize.ofKilobytes(96), DataSize.ofKilobytes(384)))
        .withMessageEndingWith("(linli.outbox.waiting-bytes, 96KB): give at least 427KB");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> OpenedOutbox.small(QUOTA, Duration.ZERO, DataSize.ofKilobytes(64)))
        .withMessageStartingWith("linli.outbox.max-age is 0s: give 1s or more");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> settings(DataSize.ofBytes(-1)))
        .withMessageStartingWith("linli.outbox.quota is -1B, ");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> OpenedOutbox.small(QUOTA, Duration.ofDays(-1), DataSize.ofKilobytes(64)))
        .withMessage(
            "linli.outbox.max-age is -1d: give 1s or more, as events need time to reach the hub,"
                + " such as 30d");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> OpenedOutbox.small(QUOTA, Duration.ofDays(1), DataSize.ofBytes(0)))
        .withMessageStartingWith("linli.outbox.reserve is 0B: give more than 0");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> settings(DataSize.ofTerabytes(999)))
        .withMessageStartingWith("linli.outbox.quota is 999TB: give 1TB or less");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                new OutboxSettings(
                    10_000,
                    DataSize.ofMegabytes(8),
                    256,
                    Duration.ofHours(24),
                    99_999_999,
                    DataSize.ofGigabytes(1),
                    Duration.ofDays(30),
                    DataSize.ofMegabytes(8)))
        .withMessage("linli.outbox.dead-letters is 99999999: give 1 to 1000000");
  }
}

package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.padded;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxState;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.program.folder.SmallDisk;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

/** A file system of three megabytes, really full. */
@Tag("slow")
class FullDiskTest {

  @TempDir private Path folder;
  private SmallDisk small;
  private Path disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    small = SmallDisk.in(folder, 3);
    disk = small.path();
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (small != null) {
      small.close();
    }
  }

  @Test
  void sendsDevicesAwayWhileTheDiskIsFullAndTakesThemAgainAfterwards() throws Exception {
    try (OpenedOutbox opened = new OpenedOutbox(disk)) {
      SqliteOutbox outbox = opened.outbox();
      assertThat(fill(opened))
          .isEqualTo(
              "unavailable: the disk with "
                  + disk.resolve("outbox.db")
                  + " is full: free some space on it");
      Ledger full = outbox.ledger();
      assertThat(outbox.state())
          .isInstanceOfSatisfying(
              OutboxState.Refusing.class,
              refusing -> assertThat(refusing.why()).contains("is full"));
      assertThat(health(outbox)).isEqualTo(Status.DOWN);
      assertThat(outbox.troubles())
          .containsEntry(GatewayTrouble.TAKES_NOTHING, since(outbox))
          .containsKey(GatewayTrouble.DISK_FULL);
      await()
          .during(Duration.ofMillis(1_500))
          .atMost(Duration.ofSeconds(5))
          .until(() -> outbox.state() instanceof OutboxState.Refusing);

      small.resize(30);
      await().until(() -> outbox.state() instanceof OutboxState.Working);
      assertThat(health(outbox)).isEqualTo(Status.UP);
      assertThat(outbox.troubles()).doesNotContainKey(GatewayTrouble.TAKES_NOTHING);
      assertThat(outbox.ledger()).isEqualTo(full);
      assertThat(opened.offer(bulk("lift-1", "a1"))).isEqualTo("taken");
      opened.reopen();
      assertThat(opened.outbox().ledger().taken()).isEqualTo(full.taken() + 1);
    }
  }

  @Test
  void goesOnTakingOnADiskThatFillsUpAndOnOneThatAnotherHasFilled() throws Exception {
    small.resize(16);
    Path reserve = disk.resolve("outbox.reserve");
    try (OpenedOutbox opened =
        new OpenedOutbox(
            disk,
            OpenedOutbox.small(
                DataSize.ofMegabytes(64), Duration.ofDays(1), DataSize.ofMegabytes(2)))) {
      await().until(() -> Files.exists(reserve) && Files.size(reserve) == 2 * 1024 * 1024);
      assertThat(opened.offer(urgent("lift-1", "u1"), bulk("lift-1", "b1"))).isEqualTo("taken");
      for (int i = 0; i < 300; i++) {
        assertThat(opened.offer(padded(measurement("meter-1", null), 60))).isEqualTo("taken");
      }
      long shed = opened.outbox().ledger().shed();
      assertThat(shed).isPositive();
      assertThat(reserve).exists();
      await()
          .untilAsserted(
              () ->
                  assertThat(opened.outbox().troubles()).containsOnlyKeys(GatewayTrouble.GIVES_UP));
      assertThat(OutboxConfiguration.health(opened.outbox()).getDetails().get("degraded"))
          .asString()
          .contains("events that waited for the hub were given up and are lost");

      Path ballast = disk.resolve("ballast");
      small.resize(40);
      opened.reopen();
      small.fillUp(ballast);
      takesAgain(opened);
      assertThat(reserve).doesNotExist();
      await()
          .untilAsserted(
              () ->
                  assertThat(opened.outbox().troubles())
                      .as("it takes what comes, on the room of its reserve")
                      .containsOnlyKeys(GatewayTrouble.DISK_FULL, GatewayTrouble.GIVES_UP));
      assertThat(health(opened.outbox())).isEqualTo(Status.UP);
      assertThat(OutboxConfiguration.health(opened.outbox()).getDetails().get("degraded"))
          .asString()
          .startsWith("The disk is full, and the outbox goes on without its reserve");
      assertThat(opened.outbox().ledger().shed()).isGreaterThan(shed);

      Files.delete(ballast);
      await().until(() -> Files.exists(reserve) && Files.size(reserve) == 2 * 1024 * 1024);
      await().until(() -> !opened.outbox().troubles().containsKey(GatewayTrouble.DISK_FULL));
      opened.close();
      small.fillUp(ballast);
      opened.reopen();
      takesAgain(opened);
      assertThat(opened.outbox().ledger().balances()).isTrue();
      assertThat(OpenedOutbox.ids(opened.waiting(Lane.URGENT))).containsExactly("u1");
    }
  }

  private static void takesAgain(OpenedOutbox opened) {
    await()
        .untilAsserted(
            () ->
                assertThat(opened.offer(padded(measurement("meter-1", null), 60)))
                    .isEqualTo("taken"));
    for (int i = 0; i < 100; i++) {
      assertThat(opened.offer(padded(measurement("meter-1", null), 60))).isEqualTo("taken");
    }
  }

  private static String fill(OpenedOutbox opened) {
    String answer = "taken";
    for (int i = 0; answer.equals("taken"); i++) {
      Offered offered = new Offered();
      answer = opened.offer(offered, offered.ofMany(500, "lift-" + i));
    }
    return answer;
  }

  private static Instant since(SqliteOutbox outbox) {
    return outbox.state() instanceof OutboxState.Refusing refusing ? refusing.since() : Instant.MIN;
  }

  private static Status health(SqliteOutbox outbox) {
    return OutboxConfiguration.health(outbox).getStatus();
  }
}

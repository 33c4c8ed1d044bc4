package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.Lane;
import org.springframework.util.unit.DataSize;

/** One device too many pushes out a few that were silent longest, and nobody who spoke lately. */
class FewForgottenTest {

  private static final OutboxSettings SMALL =
      OpenedOutbox.small(DataSize.ofMegabytes(4), Duration.ofDays(1), DataSize.ofKilobytes(64));

  /** 178. */
  private static final int MOST = SMALL.rememberedUnregistered();

  private static final int SHARE = MOST / 16;

  @TempDir private Path folder;

  private OpenedOutbox open() {
    return new OpenedOutbox(folder, SMALL);
  }

  private static void receiptAll(OpenedOutbox opened) {
    Ledger.LaneFigures bulk =
        Objects.requireNonNull(opened.outbox().ledger().lanes().get(Lane.BULK));
    opened.outbox().receipted(Lane.BULK, bulk.sequence());
    await().until(() -> opened.outbox().ledger().queued() == 0);
  }

  private static void hearAsManyAsThereIsRoomFor(OpenedOutbox opened) {
    opened.outbox().settle(Map.of());
    for (int i = 0; i < MOST; i++) {
      assertThat(opened.offer(measurement("invented-" + i, "first"))).isEqualTo("taken");
    }
    receiptAll(opened);
  }

  @Test
  void oneTooManyPushesOutAFewAndWhatTheYoungestRepeatIsNotTakenTwice() {
    try (OpenedOutbox opened = open()) {
      hearAsManyAsThereIsRoomFor(opened);
      assertThat(opened.offer(measurement("one-more", "first"))).isEqualTo("taken");

      assertThat(opened.outbox().forgotten().devices()).isBetween(1L, (long) SHARE);
      for (int i = MOST - 20; i < MOST; i++) {
        opened.offer(measurement("invented-" + i, "first"));
      }
      opened.offer(measurement("one-more", "first"));
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(21);
    }
  }

  @Test
  void whoSpokeLatelyIsKeptWhileAnotherWasSilentForLonger() {
    try (OpenedOutbox opened = open()) {
      hearAsManyAsThereIsRoomFor(opened);
      for (int i = 0; i < SHARE; i++) {
        opened.offer(measurement("invented-" + i, "again"));
      }
      receiptAll(opened);
      opened.offer(measurement("one-more", "first"));
      assertThat(opened.outbox().forgotten().devices()).isPositive();

      for (int i = 0; i < SHARE; i++) {
        opened.offer(measurement("invented-" + i, "again"));
      }
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(SHARE);
    }
  }

  @Test
  void whoRepeatsInTheSameCommitAsTheNewcomerIsNotForgottenForIt() {
    try (OpenedOutbox opened = open()) {
      hearAsManyAsThereIsRoomFor(opened);
      Semaphore passes = new Semaphore(0);
      opened.gate(passes::acquireUninterruptibly);
      opened.outbox().offer(new Offered().of(measurement("invented-1", "again")));
      await().until(passes::hasQueuedThreads);
      Offered repeat = new Offered();
      Offered newcomer = new Offered();
      opened.outbox().offer(repeat.of(measurement("invented-0", "first")));
      opened.outbox().offer(newcomer.of(measurement("one-more", "first")));
      passes.release(1_000);

      assertThat(repeat.awaitAnswer()).isEqualTo("taken");
      assertThat(newcomer.awaitAnswer()).isEqualTo("taken");
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);
      assertThat(opened.number("SELECT count(*) FROM device")).isLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void doesNotLookForOneToForgetWithEachNewName() {
    try (OpenedOutbox opened = open()) {
      hearAsManyAsThereIsRoomFor(opened);
      Set<Long> counts = new HashSet<>();
      for (int i = 0; i < MOST; i++) {
        opened.offer(measurement("another-" + i, null));
        counts.add(opened.outbox().forgotten().devices());
        if (i % SHARE == 0) {
          receiptAll(opened);
        }
      }
      assertThat(counts).hasSizeBetween(2, MOST / SHARE + 2);
    }
  }

  @Test
  void keepsAFewPlacesForUrgentEventsOfNewDevicesWhileTheHubIsAway() {
    try (OpenedOutbox opened = open()) {
      for (int i = 0; i < MOST; i++) {
        assertThat(opened.offer(measurement("invented-" + i, null))).isEqualTo("taken");
      }
      assertThat(opened.offer(measurement("one-more", null))).startsWith("unavailable");
      for (int i = 0; i < SHARE; i++) {
        assertThat(opened.offer(urgent("smoke-" + i, null))).isEqualTo("taken");
      }
      assertThat(opened.offer(urgent("smoke-" + SHARE, null))).startsWith("unavailable");
      assertThat(opened.offer(measurement("one-more", null))).startsWith("unavailable");
      assertThat(opened.outbox().ledger().balances()).isTrue();
    }
  }
}

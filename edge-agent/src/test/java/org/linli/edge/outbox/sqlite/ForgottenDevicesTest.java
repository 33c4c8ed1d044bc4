package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.DeviceEvent;
import org.linli.event.GatewayTrouble;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.util.unit.DataSize;

/** What is remembered of devices is bounded, on disk and in memory. */
class ForgottenDevicesTest {

  private static final OutboxSettings SMALL =
      OpenedOutbox.small(DataSize.ofMegabytes(21), Duration.ofDays(1), DataSize.ofKilobytes(64));

  /** About a thousand. */
  private static final int MOST = SMALL.rememberedUnregistered();

  /** lift-1 is registered. */
  private static final KnownDevices REGISTRY = FixedRegistry.of("lift-1", Kind.ELEVATOR);

  @TempDir private Path folder;

  private OpenedOutbox open() {
    return new OpenedOutbox(folder, SMALL, REGISTRY, System::nanoTime);
  }

  private static DeviceEvent[] measurements(int first, int count) {
    DeviceEvent[] events = new DeviceEvent[count];
    for (int i = 0; i < count; i++) {
      events[i] = measurement("invented-" + (first + i), "id");
    }
    return events;
  }

  private static void receiptAll(OpenedOutbox opened) {
    for (Lane lane : Lane.values()) {
      Ledger.LaneFigures figures = opened.outbox().ledger().lanes().get(lane);
      if (figures != null) {
        opened.outbox().receipted(lane, figures.sequence());
      }
    }
    await().until(() -> opened.outbox().ledger().queued() == 0);
  }

  @Test
  void forgetsTheOneThatNobodyRegisteredAndThatWasSilentLongest() {
    try (OpenedOutbox opened = open()) {
      opened.outbox().settle(Map.of());
      opened.offer(bulk("lift-1", "registered"), bulk("lift-2", "silent"));
      for (int first = 0; first < 4_000; first += 200) {
        assertThat(opened.offer(measurements(first, 200))).isEqualTo("taken");
        assertThat(opened.offer(bulk("lift-3", "speaks"))).isEqualTo("taken");
        receiptAll(opened);
      }
      assertThat(opened.number("SELECT count(*) FROM device")).isLessThanOrEqualTo(MOST + 1);
      assertThat(opened.outbox().forgotten().devices()).isGreaterThan(2_900);
      opened.reopen();
      assertThat(opened.outbox().forgotten().devices()).isGreaterThan(2_900);
      long repeated = opened.outbox().ledger().repeated();
      opened.offer(bulk("lift-1", "registered"), bulk("lift-3", "speaks"));
      assertThat(opened.outbox().ledger().repeated()).as("both are known").isEqualTo(repeated + 2);
      opened.offer(bulk("lift-2", "silent"));
      assertThat(opened.outbox().ledger().repeated())
          .as("it was forgotten")
          .isEqualTo(repeated + 2);
    }
  }

  @Test
  void whatComesAgainIsNewerThanWhatItSaidBefore() {
    try (OpenedOutbox opened = open()) {
      opened.outbox().settle(Map.of());
      for (int i = 0; i < 7; i++) {
        opened.offer(bulk("lift-2", null));
      }
      receiptAll(opened);
      for (int first = 0; first < 3_000; first += 200) {
        opened.offer(measurements(first, 200));
        receiptAll(opened);
      }
      opened.offer(bulk("lift-2", null));
      opened.reopen();
      opened.outbox().settle(Map.of());
      opened.offer(bulk("lift-2", null));
      List<TakenEvent> waiting = waitingAfterReceipts(opened);
      long first = waiting.getFirst().order();
      assertThat(first).isGreaterThan(7);
      assertThat(waiting).extracting(TakenEvent::order).containsExactly(first, first + 1);
    }
  }

  private static List<TakenEvent> waitingAfterReceipts(OpenedOutbox opened) {
    Ledger.LaneFigures bulk =
        Objects.requireNonNull(opened.outbox().ledger().lanes().get(Lane.BULK));
    return opened.outbox().next(Lane.BULK, bulk.receiptedSequence(), 100).orElseThrow().events();
  }

  @Test
  void aDeviceOfWhichSomethingWaitsIsNotForgottenAndOneForWhichThereIsNoRoomIsRefused() {
    try (OpenedOutbox opened = open()) {
      List<String> answers = new ArrayList<>();
      for (int first = 0; first < 2_000; first += 100) {
        answers.add(opened.offer(measurements(first, 100)));
      }
      assertThat(answers.getFirst()).isEqualTo("taken");
      assertThat(answers.getLast())
          .isEqualTo(
              "unavailable: the gateway remembers "
                  + MOST
                  + " devices that nobody registered, and events of each of them wait for the hub:"
                  + " register the device, or raise linli.outbox.quota");
      assertThat(opened.offer(measurements(2_000, MOST % 100))).isEqualTo("taken");
      assertThat(opened.offer(urgent("invented-1", null))).as("known").isEqualTo("taken");
      assertThat(opened.offer(urgent("lift-1", null))).as("registered").isEqualTo("taken");
      for (int i = 0; i < SMALL.rememberedUrgentUnregistered(); i++) {
        assertThat(opened.offer(urgent("smoke-" + i, null))).as("urgent").isEqualTo("taken");
      }
      assertThat(opened.offer(urgent("lift-2", null))).startsWith("unavailable");

      opened.outbox().settle(Map.of());
      receiptAll(opened);
      assertThat(opened.offer(urgent("lift-2", null))).isEqualTo("taken");
      assertThat(opened.outbox().ledger().balances()).isTrue();
    }
  }

  @Test
  void keepsInMemoryWhatFitsItsShareAndReadsTheOthersWhenTheySpeak() throws Exception {
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      opened.offer(bulk("lift-1", null));
    }
    long bytes = 100_000;
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      DeviceTable table =
          new DeviceTable(
              connection, OutboxSettings.DEFAULTS, KnownDevices.NONE, new DeviceLosses(connection));
      Identities identities =
          new Identities(
              connection,
              OutboxSettings.DEFAULTS,
              MessageDigest.getInstance("SHA-256"),
              table,
              Totals.read(connection),
              bytes);
      for (int round = 1; round <= 3; round++) {
        for (int i = 0; i < 2_000; i++) {
          identities.begin(1_000_000 + round);
          assertThat(identities.admit(bulk("lift-" + i, "id-" + round)))
              .isEqualTo(i == 1 ? round + 1 : round);
          identities.write(0, i);
        }
        assertThat(identities.inMemory()).isLessThan(400);
      }
      identities.begin(1_000_010);
      assertThat(identities.admit(bulk("lift-77", "id-1"))).as("a repeat").isZero();
    }
  }

  @Test
  void aWriterThatHangsTakesHealthDown() {
    AtomicLong nanos = new AtomicLong();
    Semaphore passes = new Semaphore(0);
    try (OpenedOutbox opened =
        new OpenedOutbox(folder, OutboxSettings.DEFAULTS, KnownDevices.NONE, nanos::get)) {
      opened.gate(passes::acquireUninterruptibly);
      opened.outbox().offer(new Offered().of(bulk("lift-1", null)));
      await().until(passes::hasQueuedThreads);
      Health before = OutboxConfiguration.health(opened.outbox());
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      Health later = OutboxConfiguration.health(opened.outbox());
      Map<GatewayTrouble, Instant> troubles = opened.outbox().troubles();
      opened.now.updateAndGet(now -> now.plusSeconds(60));
      Map<GatewayTrouble, Instant> stillThere = opened.outbox().troubles();
      passes.release(1_000);

      assertThat(before.getStatus().getCode()).isEqualTo("UP");
      assertThat(later.getDetails().get("why"))
          .isEqualTo("outbox-writer has given no sign of life for 31 s");
      assertThat(troubles).containsOnlyKeys(GatewayTrouble.TAKES_NOTHING);
      assertThat(stillThere).as("since when is the same").isEqualTo(troubles);
      await()
          .until(
              () -> OutboxConfiguration.health(opened.outbox()).getStatus().getCode().equals("UP"));
      assertThat(opened.outbox().troubles()).doesNotContainKey(GatewayTrouble.TAKES_NOTHING);
    }
  }

  @Test
  @Tag("slow")
  void opensAfterAMillionInventedDevicesOfAnEarlierVersion() throws Exception {
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      for (int first = 0; first < 100_000; first += 1_000) {
        opened.offer(measurements(first, 1_000));
      }
    }
    // What an earlier version left, which forgot none.
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      OutboxDatabase.execute(
          connection,
          """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
          INSERT INTO device SELECT 1000000 + i, 'earlier-' || i, 1, 1, x'00112233445566778899aabb',
            NULL, NULL, NULL FROM n\
          """);
    }
    // How long that takes is measured by yardsticks/earlier-outbox.
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      assertThat(opened.offer(bulk("lift-1", null))).isEqualTo("taken");
      assertThat(opened.outbox().forgotten().devices()).isPositive();
    }
  }
}

package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.urgent;
import static org.linli.edge.outbox.sqlite.OpenedOutbox.GATEWAY;
import static org.linli.edge.outbox.sqlite.OpenedOutbox.ids;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.event.Batch;
import org.linli.event.Counts;
import org.linli.event.DeviceEvent;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.TakenEvent;

class SqliteOutboxTest {

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
  void keepsMeasurementsAndOtherEventsInTheOrderInWhichTheyCame() {
    DeviceEvent[] mixed = {
      measurement("a", "1"),
      measurement("a", "2"),
      bulk("a", "3"),
      measurement("a", "4"),
      bulk("a", "5"),
      bulk("a", "6")
    };
    opened.offer(mixed);

    assertThat(opened.waiting(Lane.BULK)).extracting(TakenEvent::event).containsExactly(mixed);
  }

  @Test
  void makesBatchesOfWholeRowsThatFollowEachOther() {
    for (int i = 1; i <= 5; i++) {
      opened.offer(bulk("lift-1", "a" + i), bulk("lift-1", "b" + i));
    }
    Batch first = opened.outbox().next(Lane.BULK, 0, 3).orElseThrow();
    Batch second = opened.outbox().next(Lane.BULK, first.last(), 1).orElseThrow();
    Batch third = opened.outbox().next(Lane.BULK, second.last(), 100).orElseThrow();

    assertThat(first.gateway()).isEqualTo(GATEWAY);
    assertThat(first.epoch()).isEqualTo(1);
    assertThat(List.of(first.first(), first.last(), second.first(), second.last()))
        .containsExactly(1L, 2L, 3L, 3L);
    assertThat(ids(first.events())).containsExactly("a1", "b1", "a2", "b2");
    assertThat(ids(third.events())).containsExactly("a4", "b4", "a5", "b5");
    assertThat(first.before()).isEqualTo(Digest.NONE);
    assertThat(second.before()).isEqualTo(first.digest()).isNotEqualTo(second.digest());
    assertThat(third.before()).isEqualTo(second.digest());
    assertThat(first.ledger()).isEqualTo(new LaneLedger(4, 0));
    assertThat(third.ledger()).isEqualTo(new LaneLedger(10, 0));
    assertThat(opened.outbox().next(Lane.BULK, third.last(), 100)).isEmpty();
    assertThat(opened.outbox().next(Lane.URGENT, 0, 100)).isEmpty();
  }

  @Test
  void splitsAHugeArrayIntoRowsThatCanTravel() {
    Offered offered = new Offered();
    assertThat(opened.offer(offered, offered.ofMany(2_500, "lift-1"))).isEqualTo("taken");

    assertThat(opened.outbox().next(Lane.BULK, 0, 1).orElseThrow().events()).hasSize(1_000);
    Batch all = opened.outbox().next(Lane.BULK, 0, 20_000).orElseThrow();
    assertThat(all.last()).isEqualTo(3);
    assertThat(all.events()).hasSize(2_500).last().extracting(TakenEvent::order).isEqualTo(2_500L);
  }

  @Test
  void deletesWhatTheHubHasAndNothingElse() {
    for (int i = 1; i <= 4; i++) {
      opened.offer(bulk("lift-1", "a" + i));
    }
    opened.offer(urgent("lift-1", "u1"));
    Batch second = opened.outbox().next(Lane.BULK, 1, 1).orElseThrow();
    opened.outbox().receipted(Lane.BULK, 2);
    opened.outbox().receipted(Lane.BULK, 2);
    opened.outbox().receipted(Lane.BULK, 1);
    opened.outbox().receipted(Lane.BULK, 99);
    await().untilAsserted(() -> assertThat(opened.outbox().ledger().receipted()).isEqualTo(2));
    opened.reopen();

    Batch rest = opened.outbox().next(Lane.BULK, 0, 100).orElseThrow();
    assertThat(rest.first()).isEqualTo(3);
    assertThat(rest.before()).isEqualTo(second.digest());
    assertThat(ids(rest.events())).containsExactly("a3", "a4");
    assertThat(rest.ledger()).isEqualTo(new LaneLedger(4, 0));
    assertThat(ids(opened.waiting(Lane.URGENT))).containsExactly("u1");
    assertThat(opened.outbox().ledger().lanes().get(Lane.BULK))
        .isEqualTo(new Ledger.LaneFigures(4, 2, 2, 0, 4, 2));
    assertThat(opened.number("SELECT count(*) FROM bulk_row")).isEqualTo(2);
    assertThat(opened.outbox().ledger().balances()).isTrue();
  }

  @Test
  void numbersWhatWaitsAnewInANewEpoch() {
    for (int i = 1; i <= 4; i++) {
      opened.offer(bulk("lift-1", "a" + i), urgent("lift-1", "u" + i));
    }
    opened.outbox().receipted(Lane.BULK, 3);
    assertThat(opened.outbox().startEpoch(41)).isEqualTo(42);
    opened.offer(bulk("lift-1", "a5"));
    opened.reopen();

    assertThat(opened.outbox().epoch()).isEqualTo(42);
    Batch bulk = opened.outbox().next(Lane.BULK, 0, 100).orElseThrow();
    assertThat(bulk.epoch()).isEqualTo(42);
    assertThat(List.of(bulk.first(), bulk.last())).containsExactly(1L, 2L);
    assertThat(bulk.before()).isEqualTo(Digest.NONE);
    assertThat(ids(bulk.events())).containsExactly("a4", "a5");
    Batch urgent = opened.outbox().next(Lane.URGENT, 0, 100).orElseThrow();
    assertThat(List.of(urgent.first(), urgent.last())).containsExactly(1L, 4L);
    assertThat(urgent.before()).isEqualTo(Digest.NONE);
    assertThat(opened.outbox().ledger().lanes().get(Lane.BULK))
        .isEqualTo(new Ledger.LaneFigures(5, 3, 2, 0, 2, 0));
    Batch firstRow = opened.outbox().next(Lane.BULK, 0, 1).orElseThrow();
    opened.outbox().receipted(Lane.BULK, 1);
    await().untilAsserted(() -> assertThat(ids(opened.waiting(Lane.BULK))).containsExactly("a5"));
    assertThat(opened.outbox().next(Lane.BULK, 1, 100).orElseThrow().before())
        .isEqualTo(firstRow.digest());
    assertThat(opened.outbox().startEpoch(7)).isEqualTo(43);
  }

  @Test
  void beginsNoEpochThatCouldNotTravel() {
    opened.offer(bulk("lift-1", "a1"));
    assertThatExceptionOfType(OutboxUnavailableException.class)
        .isThrownBy(() -> opened.outbox().startEpoch(Counts.LARGEST))
        .withMessageContaining("epoch 9007199254740992")
        .withMessageContaining("docs/operating.md");
    opened.reopen();
    assertThat(opened.outbox().next(Lane.BULK, 0, 100).orElseThrow().epoch())
        .isEqualTo(opened.outbox().epoch())
        .isLessThan(100);
  }

  @Test
  void givesUpADamagedRowAndGoesOnBehindIt() {
    for (int i = 1; i <= 3; i++) {
      opened.offer(bulk("lift-1", "a" + i));
    }
    opened.close();
    opened.execute("UPDATE bulk_row SET others = x'00ff' || others WHERE position = 2");
    opened.reopen();

    assertThat(ids(opened.waiting(Lane.BULK))).containsExactly("a1");
    Batch behind = opened.outbox().next(Lane.BULK, 1, 100).orElseThrow();
    assertThat(List.of(behind.first(), behind.last())).containsExactly(2L, 3L);
    assertThat(ids(behind.events())).containsExactly("a3");
    assertThat(behind.ledger()).isEqualTo(new LaneLedger(3, 1));
    assertThat(opened.outbox().ledger().shed()).isEqualTo(1);
    assertThat(opened.number("SELECT count(*) FROM damaged_row")).isEqualTo(1);

    opened.outbox().receipted(Lane.BULK, 3);
    await().untilAsserted(() -> assertThat(opened.outbox().ledger().receipted()).isEqualTo(2));
    assertThat(opened.outbox().ledger().balances()).isTrue();
    opened.offer(bulk("lift-1", "a4"));
    assertThat(opened.outbox().next(Lane.BULK, 3, 1).orElseThrow().ledger())
        .isEqualTo(new LaneLedger(4, 1));
  }

  @Test
  void worksOffALongReceiptBeforeANewEpochBegins() throws Exception {
    int rows = 450;
    for (int i = 1; i <= rows; i++) {
      opened.offer(bulk("lift-1", null));
    }
    Semaphore passes = new Semaphore(0);
    opened.gate(passes::acquireUninterruptibly);
    opened.outbox().receipted(Lane.BULK, rows - 1);
    await().until(passes::hasQueuedThreads);
    FutureTask<Long> epoch = new FutureTask<>(() -> opened.outbox().startEpoch(0));
    Thread uplink = Thread.ofPlatform().start(epoch);
    await().until(() -> uplink.getState() == Thread.State.WAITING);
    passes.release(1_000);
    assertThat(epoch.get()).isEqualTo(2);

    assertThat(opened.outbox().ledger().lanes().get(Lane.BULK))
        .isEqualTo(new Ledger.LaneFigures(rows, rows - 1, 1, 0, 1, 0));
    assertThat(opened.waiting(Lane.BULK))
        .extracting(TakenEvent::order)
        .containsExactly((long) rows);
  }

  @Test
  void writesInAWriteAheadLogThatIsSyncedWithEachCommit() throws SQLException {
    Connection writer = opened.outbox().database().writer();
    assertThat(OutboxDatabase.number(writer, "PRAGMA synchronous")).isEqualTo(2);
    assertThat(folder.resolve("outbox.db-wal")).exists();
    assertThat(opened.number("PRAGMA auto_vacuum")).isEqualTo(2);
    assertThat(opened.number("PRAGMA application_id")).isEqualTo(0x4C6E4F62);
  }
}

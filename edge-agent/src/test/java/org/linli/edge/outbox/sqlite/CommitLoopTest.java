package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.OpenedOutbox.ids;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.DeadLetter;
import org.linli.event.Lane;
import org.springframework.util.unit.DataSize;

class CommitLoopTest {

  @TempDir private Path folder;
  private final Semaphore passes = new Semaphore(0);
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder);
  }

  @AfterEach
  void close() {
    passes.release(1_000);
    opened.close();
  }

  @Test
  void answersNobodyBeforeTheCommitAndAGroupAfterOne() {
    AtomicInteger commits = new AtomicInteger();
    opened.gate(
        () -> {
          passes.acquireUninterruptibly();
          commits.incrementAndGet();
        });
    Offered first = new Offered();
    opened.outbox().offer(first.of(bulk("lift-1", null)));
    await().until(passes::hasQueuedThreads);
    List<Offered> crowd = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Offered offered = new Offered();
      crowd.add(offered);
      opened
          .outbox()
          .offer(i % 2 == 0 ? offered.of(bulk("lift-1", null)) : offered.unreadable("{"));
    }
    assertThat(first.answer()).isNull();
    assertThat(opened.outbox().ledger().offered()).isZero();

    passes.release();
    await().untilAsserted(() -> assertThat(first.answer()).isEqualTo("taken"));
    await().until(passes::hasQueuedThreads);
    assertThat(crowd).allSatisfy(offered -> assertThat(offered.answer()).isNull());

    passes.release();
    await().untilAsserted(() -> assertThat(crowd.getLast().answer()).isEqualTo("refused not-json"));
    assertThat(crowd).extracting(Offered::answer).containsOnly("taken", "refused not-json");
    assertThat(commits).hasValue(2);
  }

  @Test
  void turnsAwayWhatWouldFillTheMemory() {
    opened.close();
    opened = new OpenedOutbox(folder, OpenedOutbox.settings(3, DataSize.ofKilobytes(1), 1_000));
    opened.gate(passes::acquireUninterruptibly);
    opened.outbox().offer(new Offered().of(bulk("lift-1", null)));
    await().until(passes::hasQueuedThreads);

    Offered waits = new Offered();
    opened.outbox().offer(waits.of(bulk("lift-1", null), bulk("lift-1", null)));
    Offered tooMany = new Offered();
    opened.outbox().offer(tooMany.of(bulk("lift-1", null), bulk("lift-1", null)));
    Offered tooLarge = new Offered();
    opened.outbox().offer(tooLarge.unreadable("x".repeat(1_000)));

    assertThat(tooMany.answer()).startsWith("unavailable: too much waits");
    assertThat(tooLarge.answer()).startsWith("unavailable: too much waits");
    assertThat(waits.answer()).isNull();
    passes.release(1_000);
    await().untilAsserted(() -> assertThat(waits.answer()).isEqualTo("taken"));
  }

  @Test
  void turnsAwayWhatClientsAskBeyondWhatMayWait() {
    opened.gate(passes::acquireUninterruptibly);
    opened.outbox().offer(new Offered().of(bulk("lift-1", null)));
    await().until(passes::hasQueuedThreads);

    CompletableFuture<Void> last = null;
    for (int i = 0; i <= WaitingRoom.MOST_REQUESTS; i++) {
      last = opened.outbox().sessions().unsubscribe(1, List.of());
      if (i == 0) {
        assertThat(last).isNotDone();
      }
    }
    assertThat(last).isCompletedExceptionally();
  }

  @Test
  void keepsTheNewestDeadLettersWithABoundedSample() {
    opened.close();
    opened = new OpenedOutbox(folder, OpenedOutbox.settings(10_000, DataSize.ofMegabytes(8), 3));
    for (int i = 1; i <= 5; i++) {
      Offered offered = new Offered();
      assertThat(opened.offer(offered, offered.unreadable(i + "x".repeat(2_000))))
          .isEqualTo("refused not-json");
    }
    List<DeadLetter> letters = opened.outbox().deadLetters(100);
    assertThat(letters)
        .extracting(letter -> new String(letter.sample(), 0, 1, StandardCharsets.UTF_8))
        .containsExactly("5", "4", "3");
    DeadLetter newest = letters.getFirst();
    assertThat(newest.sample()).hasSize(1_024);
    assertThat(newest.size()).isEqualTo(2_001);
    assertThat(newest.at()).isEqualTo(Offered.AT);
    assertThat(newest.source()).isEqualTo("mqtt://lift-1");
    assertThat(newest.refusal().detail()).isEqualTo("line 1, column 1: not JSON");
    assertThat(opened.outbox().deadLetters(1)).hasSize(1);
    assertThat(opened.outbox().ledger().refused()).isEqualTo(5);
  }

  @Test
  void tellsListenersAfterCommitsThatAddedRows() {
    AtomicInteger told = new AtomicInteger();
    opened.outbox().onCommit(told::incrementAndGet);
    opened.offer(bulk("lift-1", "a1"));
    await().untilAsserted(() -> assertThat(told).hasValue(1));

    opened.offer(bulk("lift-1", "a1"));
    Offered refused = new Offered();
    opened.offer(refused, refused.unreadable("{"));
    opened.outbox().receipted(Lane.BULK, 1);
    await().untilAsserted(() -> assertThat(opened.outbox().ledger().queued()).isZero());
    assertThat(told).hasValue(1);
  }

  @Test
  void commitsWhatWaitsWhenItIsClosedAndTakesNothingAfterwards() {
    opened.gate(passes::acquireUninterruptibly);
    Offered first = new Offered();
    opened.outbox().offer(first.of(bulk("lift-1", "a1")));
    await().until(passes::hasQueuedThreads);
    Offered second = new Offered();
    opened.outbox().offer(second.of(bulk("lift-1", "a2")));
    passes.release(1_000);
    opened.outbox().close();
    Offered late = new Offered();
    opened.outbox().offer(late.of(bulk("lift-1", "a3")));

    assertThat(first.answer()).isEqualTo("taken");
    assertThat(second.answer()).isEqualTo("taken");
    assertThat(late.answer()).isEqualTo("unavailable: the gateway is stopping");
    assertThat(folder.resolve("outbox.db-wal")).doesNotExist();
    opened.reopen();
    assertThat(ids(opened.waiting(Lane.BULK))).containsExactly("a1", "a2");
  }
}

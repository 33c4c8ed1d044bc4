package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.TestRecords;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What waits at the same time is committed together. */
class TogetherTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final List<List<String>> committed = new CopyOnWriteArrayList<>();
  private final List<String> applied = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final Map<String, Object> outcomes = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile String poison = "none";
  private TestRecords records;
  private IntakeLedger ledger;
  private TestIntake intake;

  @BeforeEach
  void open() {
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    intake = TestIntake.on(records, new NamedParticipant("test", this::apply), event -> {});
  }

  @AfterEach
  void close() throws InterruptedException {
    mayGoOn.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    records.close();
  }

  private void apply(List<HubEvent> events) {
    if (names(events).contains(poison)) {
      throw new DataAccessResourceFailureException("cannot apply " + poison);
    }
    applied.addAll(names(events));
    if (groups().isEmpty()) {
      TransactionSynchronizationManager.registerSynchronization(new Group());
      waitIfFirst();
    }
    groups().forEach(group -> group.names.addAll(names(events)));
  }

  private static List<Group> groups() {
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .filter(Group.class::isInstance)
        .map(Group.class::cast)
        .toList();
  }

  /** What one transaction applied. */
  private final class Group implements TransactionSynchronization {
    private final List<String> names = new ArrayList<>();

    @Override
    public void afterCommit() {
      committed.add(names);
    }
  }

  private void waitIfFirst() {
    if (committed.isEmpty() && !threads.isEmpty()) {
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> names(List<HubEvent> events) {
    return events.stream().map(event -> event.gateway() + " " + event.id()).toList();
  }

  private List<Receipt> give(Batch... batches) {
    return intake
        .apply(
            Stream.of(batches)
                .map(
                    batch ->
                        new ArrivedBatch(
                            batch.gateway(),
                            batch.lane(),
                            BatchCodec.encode(batch),
                            RECEIVED,
                            receipt -> {}))
                .toList())
        .stream()
        .map(BatchReceipt::receipt)
        .toList();
  }

  /** Gives a batch on a thread of its own and returns when that thread waits for something. */
  private void giveMeanwhile(String name, Batch batch) {
    Thread thread =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    outcomes.put(name, give(batch).getFirst());
                  } catch (DataAccessResourceFailureException failed) {
                    outcomes.put(name, failed);
                  }
                });
    threads.add(thread);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private Object outcome(String name) {
    mayGoOn.countDown();
    return await().until(() -> outcomes.get(name), outcome -> outcome != null);
  }

  @Test
  void judgesEachBatchAsIfThoseBeforeItWereAppliedAlready() {
    assertThat(give(bulk.rows(1, 2), bulk.rows(3, 4), bulk.rows(1, 2), bulk.rows(9, 9)))
        .containsExactly(
            bulk.applied(2),
            bulk.applied(4),
            bulk.applied(4),
            new Receipt.Expected(1, Lane.BULK, 5));

    assertThat(committed).hasSize(1);
    assertThat(applied)
        .containsExactly(
            "gateway-1 bulk-1-1", "gateway-1 bulk-1-2", "gateway-1 bulk-1-3", "gateway-1 bulk-1-4");
    assertThat(ledger.ledger().applied()).isEqualTo(4);
    assertThat(ledger.ledger().duplicate()).isEqualTo(2);
    assertThat(give(bulk.rows(5, 5))).containsExactly(bulk.applied(5));
  }

  @Test
  void beginsANewEpochInTheMiddle() {
    Batches next = bulk.epoch(2);
    assertThat(give(bulk.rows(1, 1), next.rows(1, 1), next.rows(2, 2), bulk.rows(2, 2)))
        .containsExactly(
            bulk.applied(1),
            next.applied(1),
            next.applied(2),
            new Receipt.Expected(2, Lane.BULK, 3));
  }

  @Test
  void commitsWhatSeveralGatewaysBringMeanwhileAtOnceAndUrgentBefore() {
    giveMeanwhile("first", bulk.rows(1, 1));
    giveMeanwhile("bulk 2", Batches.of("gateway-2").rows(1, 1));
    giveMeanwhile("bulk 3", Batches.of("gateway-3").rows(1, 1));
    giveMeanwhile("urgent", Batches.of("gateway-3").lane(Lane.URGENT).rows(1, 1));

    assertThat(outcome("urgent")).isEqualTo(bulk.lane(Lane.URGENT).applied(1));
    assertThat(outcome("bulk 2")).isEqualTo(bulk.applied(1));
    assertThat(outcome("bulk 3")).isEqualTo(bulk.applied(1));
    assertThat(committed)
        .containsExactly(
            List.of("gateway-1 bulk-1-1"),
            List.of("gateway-3 urgent-1-1"),
            List.of("gateway-2 bulk-1-1", "gateway-3 bulk-1-1"));
  }

  @Test
  void letsNobodyElseSufferFromAFailure() {
    poison = "gateway-2 bulk-1-1";
    giveMeanwhile("first", bulk.rows(1, 1));
    giveMeanwhile("poisoned", Batches.of("gateway-2").rows(1, 1));
    giveMeanwhile("sound", Batches.of("gateway-3").rows(1, 1));

    assertThat(outcome("poisoned")).isInstanceOf(DataAccessResourceFailureException.class);
    assertThat(outcome("sound")).isEqualTo(bulk.applied(1));
    assertThat(applied).containsExactly("gateway-1 bulk-1-1", "gateway-3 bulk-1-1");
    assertThat(ledger.ledger().gateways()).containsOnlyKeys("gateway-1", "gateway-3");
  }

  @Test
  void appliesNothingOfAListOfWhichOneFails() {
    poison = "gateway-1 bulk-1-2";

    assertThatThrownBy(() -> give(bulk.rows(1, 1), bulk.rows(2, 2)))
        .hasMessage("cannot apply " + poison);

    assertThat(ledger.ledger().received()).isZero();
    poison = "none";
    assertThat(give(bulk.rows(1, 1), bulk.rows(2, 2)))
        .containsExactly(bulk.applied(1), bulk.applied(2));
  }
}

package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.program.thread.LivingThreads;

/** What answering for long does to everything else in the hub. */
class QueryThreadsTest {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final LivingThreads threads = new LivingThreads(InstantSource.system());
  private final QueryThreads queries = new QueryThreads(Path.of("questdb"), threads);
  private final AtomicBoolean computing = new AtomicBoolean(true);
  private final AtomicInteger answering = new AtomicInteger();

  @AfterEach
  void stop() {
    computing.set(false);
    queries.close();
  }

  /** As over a history that is larger than a test can have. */
  private int compute() {
    answering.incrementAndGet();
    while (computing.get()) {
      Thread.onSpinWait();
    }
    return answering.decrementAndGet();
  }

  @Test
  void questionsThatTakeLongKeepNoVirtualThreadFromItsCarrier() throws InterruptedException {
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 10 * PROCESSORS; i++) {
      asking.add(Thread.startVirtualThread(() -> queries.ask(this::compute)));
    }
    await().until(() -> answering.get() >= PROCESSORS);

    CountDownLatch heartbeat = new CountDownLatch(1);
    Thread.startVirtualThread(heartbeat::countDown);

    assertThat(heartbeat.await(2, TimeUnit.SECONDS))
        .as("a virtual thread beside them goes on")
        .isTrue();
    assertThat(answering).as("at a time").hasValue(PROCESSORS);
    computing.set(false);
    for (Thread one : asking) {
      one.join();
    }
    assertThat(answering).hasValue(0);
  }

  @Test
  void tellsWhoFindsNoTurnToComeAgainAndGivesEveryTurnBack() throws InterruptedException {
    QueryThreads one = new QueryThreads(Path.of("questdb"), threads, 1, Duration.ofMillis(50));
    Thread first = Thread.startVirtualThread(() -> one.ask(this::compute));
    await().until(() -> answering.get() == 1);

    assertThatThrownBy(() -> one.ask(() -> 1))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessageContaining("Too many questions");

    computing.set(false);
    first.join();
    await().untilAsserted(() -> assertThat(one.ask(() -> 7)).isEqualTo(7));
    one.close();
    assertThatThrownBy(() -> one.ask(() -> 1))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void throwsWhatAnsweringThrows() {
    assertThatThrownBy(
            () ->
                queries.ask(
                    () -> {
                      throw new HistoryUnavailableException("the disk");
                    }))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessage("the disk");
    assertThatThrownBy(
            () ->
                queries.ask(
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
  }
}

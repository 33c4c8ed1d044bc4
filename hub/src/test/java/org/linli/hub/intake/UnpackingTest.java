package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.journal.UnpackedSize;

/** Batches are unpacked only while there is memory for them. */
class UnpackingTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final byte[] PAYLOAD = BatchCodec.encode(Batches.of("gateway-1").rows(1, 500));

  private static ArrivedBatch arrived(Lane lane) {
    return new ArrivedBatch(GATEWAY, lane, PAYLOAD, Instant.EPOCH, receipt -> {});
  }

  @Test
  void takesTheMostFirstAndThenWhatItCameTo() {
    ByteBudget bulk = new ByteBudget(1L << 30);
    Unpacking unpacking = new Unpacking(bulk, new ByteBudget(1));
    List<Long> held = new ArrayList<>();

    unpacking.inPortions(List.of(arrived(Lane.BULK)), arrival -> held.add(bulk.taken()));

    assertThat(held.getFirst()).isBetween(500L * 400, UnpackedSize.most(PAYLOAD));
    assertThat(bulk.taken()).isZero();
  }

  @Test
  void unpacksOneAtATimeWhereThereIsRoomForNoMore() throws Exception {
    ByteBudget bulk = new ByteBudget(1);
    ByteBudget urgent = new ByteBudget(1);
    Unpacking unpacking = new Unpacking(bulk, urgent);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger unpacked = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        threads.execute(
            () -> {
              begun.incrementAndGet();
              unpacking.inPortions(
                  List.of(arrived(Lane.BULK), arrived(Lane.BULK)),
                  arrival -> {
                    unpacked.addAndGet(arrival.batches().size());
                    waitFor(go);
                    done.incrementAndGet();
                  });
            });
      }
      try {
        await().until(() -> begun.get() == 8 && unpacked.get() > 0);
        await()
            .alias("of sixteen, the first")
            .during(Duration.ofMillis(200))
            .until(() -> unpacked.get() == 1);
        unpacking.inPortions(List.of(arrived(Lane.URGENT)), arrival -> unpacked.addAndGet(100));
        assertThat(unpacked.get()).as("an urgent one waits for none").isEqualTo(101);
      } finally {
        go.countDown();
      }
    }
    assertThat(done.get()).isEqualTo(16);
    assertThat(bulk.taken()).isZero();
    assertThat(urgent.taken()).isZero();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

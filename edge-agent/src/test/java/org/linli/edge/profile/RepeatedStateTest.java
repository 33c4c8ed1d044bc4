package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.FutureReply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.Repeats;
import org.linli.event.DeviceId;

/** A state that could not be kept is none for those that repeat it. */
class RepeatedStateTest {

  @TempDir private Path folder;
  private final Semaphore passes = new Semaphore(0);
  private final AtomicBoolean refuses = new AtomicBoolean();

  @Test
  void whoRepeatsAStateIsNotAcknowledgedWhereItCouldNotBeKept() {
    CommitGate gate =
        () -> {
          passes.acquireUninterruptibly();
          if (refuses.get()) {
            throw new IllegalStateException("a disk that refuses");
          }
        };
    try (StatesGateway gateway = new StatesGateway(folder, gate)) {
      refuses.set(true);
      FutureReply first = gateway.offer("door-1", "forced");
      await().until(passes::hasQueuedThreads);
      FutureReply repeat = gateway.offer("door-1", "forced");
      passes.release();
      assertThat(first.await()).isEqualTo("unavailable");
      refuses.set(false);
      passes.release(1_000);

      assertThat(repeat.await()).isEqualTo("unavailable");
      assertThat(gateway.say("door-1", "forced")).isEqualTo("taken");
      assertThat(gateway.outbox().ledger().taken()).isEqualTo(1);
      assertThat(gateway.say("door-1", "forced")).isEqualTo("taken");
      assertThat(gateway.outbox().ledger().taken()).isEqualTo(1);
      assertThat(gateway.outbox().repeats().byDevice(10))
          .as("one was kept, and one of the others came of what was not")
          .containsExactly(
              new Repeats.OfDevice(new DeviceId("door-1"), Map.of(RepeatReason.UNCHANGED, 1L)));
    }
  }
}

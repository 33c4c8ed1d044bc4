package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.measurement;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Basis;
import org.linli.edge.profile.Interpreted;
import org.springframework.util.unit.DataSize;

/** What a refused device said before it was refused holds up nobody of its connection. */
class RefusedForGoodTest {

  private static final OutboxSettings SMALL =
      OpenedOutbox.small(DataSize.ofMegabytes(4), Duration.ofDays(1), DataSize.ofKilobytes(64));

  @TempDir private Path folder;
  private final AtomicBoolean withdrawn = new AtomicBoolean();

  /** A state that is told, and a message that repeats it. */
  private final Basis state =
      new Basis() {
        @Override
        public void undo() {
          withdrawn.set(true);
        }

        @Override
        public boolean holds() {
          return !withdrawn.get();
        }
      };

  /** A message over a connection that others share. */
  private record Shared(CompletableFuture<String> answer) implements Reply {

    Shared() {
      this(new CompletableFuture<>());
    }

    Message message() {
      return new Message("mqtt://bridge", Address.NOWHERE, new byte[40], Offered.AT, this)
          .with(Origin.BROKER, null);
    }

    String awaitAnswer() {
      return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void taken() {
      answer.complete("taken");
    }

    @Override
    public void refused(Refusal refusal) {
      answer.complete("refused " + refusal.reason().wireName());
    }

    @Override
    public void unavailable(String why) {
      answer.complete("unavailable: " + why);
    }
  }

  @Test
  void whatRepeatsTheRefusedStateIsRefusedToo() {
    try (OpenedOutbox opened = new OpenedOutbox(folder, SMALL)) {
      for (int i = 0; i < SMALL.rememberedUnregistered(); i++) {
        opened.offer(measurement("invented-" + i, null));
      }
      Semaphore passes = new Semaphore(0);
      opened.gate(passes::acquireUninterruptibly);
      opened.outbox().offer(new Offered().of(measurement("invented-1", null)));
      await().until(passes::hasQueuedThreads);
      Shared told = new Shared();
      Shared repeated = new Shared();
      Shared again = new Shared();
      Shared known = new Shared();
      opened
          .outbox()
          .offer(
              new Interpreted.Understood(
                  told.message(), List.of(measurement("one-more", null)), state));
      opened.outbox().offer(new Interpreted.PassedOver(repeated.message(), state));
      opened
          .outbox()
          .offer(
              new Interpreted.Understood(
                  again.message(), List.of(measurement("one-more", null)), state));
      opened
          .outbox()
          .offer(
              new Interpreted.Understood(
                  known.message(), List.of(measurement("invented-1", null)), Basis.NONE));
      passes.release(1_000);

      assertThat(told.awaitAnswer()).isEqualTo("refused too-many-devices");
      assertThat(repeated.awaitAnswer()).isEqualTo("refused too-many-devices");
      assertThat(again.awaitAnswer()).isEqualTo("refused too-many-devices");
      assertThat(known.awaitAnswer()).isEqualTo("taken");
      assertThat(withdrawn).isTrue();
      assertThat(opened.outbox().ledger().refused()).isEqualTo(3);
      assertThat(opened.outbox().ledger().balances()).isTrue();
      assertThat(opened.outbox().refusedNewDevices().sinceThen()).isEqualTo(3);
      opened.now.updateAndGet(now -> now.plus(Duration.ofMinutes(10)));
      assertThat(opened.outbox().refusedNewDevices().since()).as("lately").isNull();
      assertThat(opened.outbox().refusedNewDevices().messages()).isEqualTo(3);
    }
  }
}

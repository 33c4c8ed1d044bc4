package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.thread.LivingThreads;

class DiskTroubleTest {

  @TempDir private Path folder;
  private final AtomicBoolean commitFails = new AtomicBoolean();
  private SqliteOutbox outbox;

  @BeforeEach
  void open() {
    outbox =
        SqliteOutbox.open(
            folder,
            new GatewayId("gateway-1"),
            OutboxSettings.DEFAULTS,
            InstantSource.fixed(Offered.AT),
            new LivingThreads(InstantSource.system()),
            () -> {
              if (commitFails.get()) {
                throw new IllegalStateException("the disk is gone");
              }
            });
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  private String offer(String id) {
    Offered offered = new Offered();
    outbox.offer(offered.of(bulk("lift-1", id)));
    return offered.awaitAnswer();
  }

  @Test
  void theWriterGoesOnWhateverAListenerThrows() {
    AtomicBoolean told = new AtomicBoolean();
    outbox.onCommit(
        () -> {
          told.set(true);
          throw new StackOverflowError("as the test wants it");
        });

    assertThat(offer("a1")).isEqualTo("taken");
    await().untilTrue(told);
    assertThat(offer("a2")).isEqualTo("taken");
  }

  @Test
  void forgetsEverythingOfAGroupThatFailed() {
    assertThat(offer("a1")).isEqualTo("taken");
    commitFails.set(true);
    Offered several = new Offered();
    outbox.offer(several.of(bulk("lift-1", "a2"), bulk("lift-1", "a3"), bulk("new-lift", "a1")));
    assertThat(several.awaitAnswer()).startsWith("unavailable");
    assertThat(outbox.state())
        .isInstanceOfSatisfying(
            OutboxState.Refusing.class,
            refusing -> assertThat(refusing.since()).isEqualTo(Offered.AT));
    Offered unreadable = new Offered();
    outbox.offer(unreadable.unreadable("{"));
    assertThat(unreadable.awaitAnswer()).startsWith("unavailable");
    assertThatExceptionOfType(OutboxUnavailableException.class)
        .isThrownBy(() -> outbox.startEpoch(5));
    outbox.receipted(Lane.BULK, 1);

    commitFails.set(false);
    await().untilAsserted(() -> assertThat(outbox.ledger().receipted()).isEqualTo(1));
    await().untilAsserted(() -> assertThat(outbox.state()).isEqualTo(new OutboxState.Working()));
    assertThat(outbox.deadLetters(10)).isEmpty();
    assertThat(outbox.epoch()).isEqualTo(1);
    assertThat(offer("a3")).isEqualTo("taken");
    Offered again = new Offered();
    outbox.offer(again.of(bulk("new-lift", "a1")));
    assertThat(again.awaitAnswer()).isEqualTo("taken");
    Batch batch = outbox.next(Lane.BULK, 1, 100).orElseThrow();
    assertThat(batch.events())
        .extracting(event -> event.event().device() + " " + event.event().id())
        .containsExactly("lift-1 a3", "new-lift a1");
    assertThat(batch.events()).extracting(TakenEvent::order).containsExactly(2L, 1L);
    assertThat(outbox.ledger().offered()).isEqualTo(3);
    assertThat(outbox.ledger().balances()).isTrue();
  }
}

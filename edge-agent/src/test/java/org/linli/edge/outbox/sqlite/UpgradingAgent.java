package org.linli.edge.outbox.sqlite;

import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.program.process.Killable;
import org.linli.program.thread.LivingThreads;

/**
 * A process that opens the outbox of an earlier version, with no more memory than a gateway has.
 */
final class UpgradingAgent {

  private UpgradingAgent() {}

  /**
   * Says how many milliseconds the opening took; whether a device that was remembered and its id
   * are known; and, once the hub has everything, how many devices were forgotten.
   *
   * @param arguments the data folder
   */
  public static void main(String[] arguments) {
    Killable.endAtTheFirstFailure();
    // What else the agent has on its heap.
    byte[] program = new byte[(int) (HeapShare.PROGRAM / 4 * 3)];
    AtomicReference<Instant> now = new AtomicReference<>(Offered.AT);
    long start = System.nanoTime();
    try (SqliteOutbox outbox =
        SqliteOutbox.open(
            Path.of(arguments[0]),
            OpenedOutbox.GATEWAY,
            OutboxSettings.DEFAULTS,
            now::get,
            new LivingThreads(now::get),
            CommitGate.OPEN)) {
      Killable.say("open " + Duration.ofNanos(System.nanoTime() - start).toMillis());
      offer(outbox, Offered.bulk("lift-1", "b6"));
      offer(outbox, Offered.bulk(MillionDevicesTest.NEWEST, "newest"));
      Killable.say("repeated " + outbox.ledger().repeated());
      outbox.settle(Map.of());
      for (Lane lane : Lane.values()) {
        Ledger.LaneFigures figures = outbox.ledger().lanes().get(lane);
        outbox.receipted(lane, figures == null ? 0 : figures.sequence());
      }
      await().until(() -> outbox.ledger().queued() == 0);
      now.updateAndGet(before -> before.plusSeconds(60));
      offer(outbox, Offered.bulk("lift-1", null));
      now.updateAndGet(before -> before.plusSeconds(60));
      offer(outbox, Offered.bulk("lift-1", null));
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isKept(outbox));
      Killable.say("forgotten " + outbox.forgotten().devices());
    }
    Reference.reachabilityFence(program);
  }

  private static boolean isKept(SqliteOutbox outbox) {
    return outbox.forgotten().devices()
        >= MillionDevicesTest.DEVICES - OutboxSettings.DEFAULTS.rememberedUnregistered();
  }

  private static void offer(SqliteOutbox outbox, DeviceEvent event) {
    Offered offered = new Offered();
    outbox.offer(offered.of(event));
    String answer = offered.awaitAnswer();
    if (!answer.equals("taken")) {
      throw new IllegalStateException(answer);
    }
  }
}

package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.ListenerSettings;
import org.linli.edge.intake.LoopbackRule;
import org.linli.edge.intake.Refusals;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/** A door whose threads hang is said, although nothing was thrown. */
class CoapHeartbeatTest {

  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Duration SEVERAL_SIGNS = Duration.ofSeconds(7);

  private final AtomicLong ahead = new AtomicLong();
  private final LivingThreads threads =
      new LivingThreads(Clock.systemUTC(), () -> System.nanoTime() + ahead.get());
  private final CountDownLatch hang = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(2);

  @Test
  void saysThatItsThreadsHang() throws IOException {
    CoapDoor door = door(message -> hangs(), threads);
    door.start();
    try (DatagramSocket device = new DatagramSocket()) {
      device.connect(InetAddress.getLoopbackAddress(), door.port());
      for (int i = 0; i < 2; i++) {
        byte[] post = RawCoap.post(RawCoap.CON, i, "", "/linli/access/d", "{\"type\":\"a\"}");
        device.send(new DatagramPacket(post, post.length));
      }
      await().until(() -> hanging.getCount() == 0);
      ahead.addAndGet(LONG.toNanos());

      await()
          .during(SEVERAL_SIGNS)
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(silent()).isTrue());
      await()
          .untilAsserted(
              () ->
                  assertThat(threads.untold())
                      .anySatisfy(told -> assertThat(told.thread()).isEqualTo("coap-door")));
      hang.countDown();
      await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(silent()).isFalse());
    } finally {
      hang.countDown();
      door.stop();
    }
    assertThat(threads.problems()).isEmpty();
  }

  @Test
  void knowsWhichOfItsThreadsIsBusy() {
    Readers readers = new Readers(2);
    readers.execute(this::hangs);
    await().until(() -> readers.isOneBusyFor(Duration.ofMillis(100)));
    hang.countDown();
    await().until(() -> !readers.isOneBusyFor(Duration.ZERO));
    readers.shutdown();
  }

  private boolean silent() {
    return threads.problems().stream()
        .anyMatch(problem -> problem.startsWith("coap-door has given no sign of life"));
  }

  private void hangs() {
    hanging.countDown();
    try {
      hang.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A door on a free port. */
  static CoapDoor door(Intake intake, LivingThreads threads) {
    return new CoapDoor(
        new CoapSettings(
            "127.0.0.1",
            0,
            DataSize.ofKilobytes(64),
            1_000,
            0,
            64,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5)),
        new LoopbackRule(new ListenerSettings(false)),
        intake,
        new DoorMemory(64L << 20),
        Clock.systemUTC(),
        threads,
        new Refusals(new SimpleMeterRegistry()),
        LifeSearch.NONE);
  }
}

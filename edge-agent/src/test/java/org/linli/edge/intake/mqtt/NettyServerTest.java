package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.program.thread.Farewell;
import org.linli.program.thread.LivingThreads;

/** What the door does with its sockets, apart from what is said over them. */
class NettyServerTest {

  private static final long HEAP = 128L << 20;

  private final List<MqttDoor> opened = new ArrayList<>();
  private final Set<Thread> taking = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    opened.forEach(MqttDoor::stop);
  }

  private MqttDoor started(int eventLoops, Intake intake) {
    MqttDoor door = LoneDoor.of(HEAP, eventLoops, intake);
    opened.add(door);
    door.start();
    return door;
  }

  @Test
  void closesTheOneConnectionWhosePacketMeetsADefect() throws IOException {
    MqttDoor door =
        started(
            1,
            message -> {
              if (message.source().contains("unlucky")) {
                throw new IllegalStateException("a defect");
              }
              LoneDoor.take(message);
            });
    try (RawDevice unlucky = RawDevice.connected(door.port(), "unlucky", 4);
        RawDevice other = RawDevice.connected(door.port(), "other", 4)) {
      publish(unlucky, 1);
      assertThat(unlucky.read()).isEmpty();
      publish(other, 1);
      assertThat(other.read()).containsExactly(0x40, 2, 0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void servesConnectionsOnEachOfItsEventLoops(int eventLoops) throws IOException {
    MqttDoor door = started(eventLoops, this::take);
    List<RawDevice> devices = new ArrayList<>();
    for (int i = 0; i < 2 * eventLoops; i++) {
      devices.add(RawDevice.connected(door.port(), "device-" + i, 5));
    }
    for (RawDevice device : devices) {
      publish(device, 7);
      assertThat(device.read()).startsWith(0x40).containsSequence(0, 7);
      device.close();
    }
    assertThat(taking).hasSize(eventLoops);
  }

  @Test
  void saysGoodbyeAndEndsItsThreadsWhenItStops() throws IOException {
    MqttDoor door = started(2, this::take);
    try (RawDevice device = RawDevice.connected(door.port(), "device", 5);
        RawDevice mute = new RawDevice(door.port(), 5);
        DeafClient deaf = new DeafClient(door.port(), "deaf")) {
      publish(device, 1);
      assertThat(device.read()).startsWith(0x40);
      await().until(() -> !deaf.sends(Duration.ofMillis(200)));

      door.stop();

      assertThat(device.read()).as("server shutting down").startsWith(0xe0).contains(0x8b);
      assertThat(device.read()).isEmpty();
      assertThat(mute.read()).isEmpty();
      assertThat(door.isRunning()).isFalse();
      await().untilAsserted(() -> assertThat(taking).isNotEmpty().noneMatch(Thread::isAlive));
    }
  }

  @Test
  void stopsInItsShareOfTheTimeWhileAnEventLoopHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch hang = new CountDownLatch(1);
    MqttDoor door =
        LoneDoor.of(
            HEAP,
            1,
            message -> {
              hanging.countDown();
              awaitUninterruptibly(hang);
            },
            new NoSessions(),
            new LivingThreads(
                InstantSource.system(),
                System::nanoTime,
                Farewell.within(Duration.ofMillis(500), Duration.ZERO, System::nanoTime)));
    opened.add(door);
    door.start();
    try (RawDevice device = RawDevice.connected(door.port(), "device", 5)) {
      publish(device, 1);
      hanging.await();
      assertTimeoutPreemptively(Duration.ofSeconds(3), () -> door.stop());
    } finally {
      hang.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On the event loop of the connection. */
  private void take(Message message) {
    taking.add(Thread.currentThread());
    LoneDoor.take(message);
  }

  private static void publish(RawDevice device, int packetId) {
    device.publish(1, packetId, "linli/access/door", "{\"type\":\"door.opened\"}");
  }
}

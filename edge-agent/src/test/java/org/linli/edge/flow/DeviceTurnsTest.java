package org.linli.edge.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusals;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.liveness.LivenessSettings;
import org.linli.edge.liveness.PresenceReporter;
import org.linli.edge.liveness.PresenceSettings;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.TestProfiles;

/** Messages of one device that arrive at once reach the outbox as they were judged. */
@Timeout(30)
class DeviceTurnsTest {

  private final CountDownLatch goesOn = new CountDownLatch(1);
  private final List<String> offered = new CopyOnWriteArrayList<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final OwnEntrance own = new OwnEntrance(camel);
  private final PresenceReporter presence =
      new PresenceReporter(
          new LivenessSettings(2),
          new PresenceSettings(Duration.ofSeconds(30)),
          own,
          Map::of,
          InstantSource.system());
  private final Entrance entrance =
      new Entrance(
          camel,
          new EdgeFlow(
              TestProfiles.profiles(KnownDevices.NONE),
              new Liveness(new LivenessSettings(2)),
              presence,
              new HaltingOutbox(),
              new Mishaps()),
          own,
          new Refusals(new SimpleMeterRegistry()));

  /** Lets alarms wait right before they would be offered. */
  private final class HaltingOutbox implements Outbox {

    @Override
    public void offer(Interpreted interpreted) {
      String type = ((Interpreted.Understood) interpreted).events().getFirst().type().value();
      if (type.equals("smoke.detected")) {
        try {
          goesOn.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      }
      offered.add(type);
    }
  }

  @BeforeEach
  void start() {
    entrance.start();
  }

  @AfterEach
  void stop() {
    goesOn.countDown();
    entrance.stop();
    camel.stop();
  }

  private Thread sent(String device, String type) {
    Message message =
        new Message(
            "mqtt://" + device,
            new Address.Device(Address.Format.LINLI_JSON, "environment", device),
            ("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8),
            Instant.parse("2026-11-23T05:16:00Z"),
            TestProfiles.NOBODY);
    return Thread.ofPlatform().start(() -> entrance.accept(message));
  }

  private static void isWaiting(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void anEndDoesNotOvertakeItsAlarm() throws InterruptedException {
    Thread alarm = sent("smoke-1", "smoke.detected");
    isWaiting(alarm);
    Thread end = sent("smoke-1", "smoke.cleared");
    await().until(() -> end.getState() == Thread.State.WAITING || !end.isAlive());

    goesOn.countDown();
    alarm.join();
    end.join();
    assertThat(offered).containsExactly("smoke.detected", "smoke.cleared");
  }

  @Test
  void anotherDeviceDoesNotWait() throws InterruptedException {
    Thread alarm = sent("smoke-1", "smoke.detected");
    isWaiting(alarm);
    sent("smoke-2", "smoke.cleared").join();

    assertThat(offered).containsExactly("smoke.cleared");
    goesOn.countDown();
    alarm.join();
    assertThat(offered).containsExactly("smoke.cleared", "smoke.detected");
  }
}

package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.BrokerState.BrokerLink;
import org.linli.edge.profile.life.LifeWordSearch;
import org.linli.program.mqtt.Mosquitto;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/** The door at a real Mosquitto, with the disk's answers in the test's hands. */
abstract class AtTheBroker {

  static final String ME = "linli-gateway-1";
  static final String TOPIC = "linli/access/door-1";

  @TempDir Path folder;

  final List<BrokerDoor> doors = new ArrayList<>();
  final HeldIntake intake = new HeldIntake();

  /** By how much the clock is ahead that signs of life are measured by. */
  final AtomicLong ahead = new AtomicLong();

  final LivingThreads threads =
      new LivingThreads(Clock.systemUTC(), () -> System.nanoTime() + ahead.get());
  Mosquitto broker;
  private @Nullable BrokerClient device;

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.start(folder.resolve("broker"));
  }

  @AfterEach
  void stop() throws Exception {
    doors.forEach(BrokerDoor::stop);
    if (device != null) {
      device.close();
    }
    broker.close();
  }

  static ConditionFactory await() {
    return Awaitility.await().pollInterval(Duration.ofMillis(10));
  }

  BrokerDoor door(String... topics) throws Exception {
    return door(8, topics);
  }

  BrokerDoor door(int inFlight, String... topics) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    BrokerDoor door =
        new BrokerDoor(
            new BrokerSettings(
                broker.uri(),
                null,
                null,
                null,
                Duration.ofHours(1),
                inFlight,
                DataSize.ofKilobytes(64),
                topics.length == 0 ? List.of("linli/+/+") : List.of(topics),
                List.of(),
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                Duration.ofMillis(300)),
            ME,
            data,
            intake,
            Clock.systemUTC(),
            threads,
            new LifeWordSearch());
    doors.add(door);
    door.start();
    return door;
  }

  BrokerDoor attached() throws Exception {
    BrokerDoor door = door();
    awaitLink(door, BrokerLink.ATTACHED);
    return door;
  }

  static void awaitLink(BrokerDoor door, BrokerLink link) {
    await().untilAsserted(() -> assertThat(door.state().link()).isEqualTo(link));
  }

  BrokerClient device() throws Exception {
    BrokerClient made = device;
    if (made == null) {
      made = BrokerClient.device(broker, "door-1");
      device = made;
    }
    return made;
  }
}

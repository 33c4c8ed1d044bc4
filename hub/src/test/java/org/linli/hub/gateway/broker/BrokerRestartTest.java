package org.linli.hub.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;
import org.linli.hub.journal.HubEvent;
import org.linli.program.mqtt.Mosquitto;
import org.springframework.dao.TransientDataAccessResourceException;

/** What holds behind a real Mosquitto while broker, hub or gateway go and come. */
class BrokerRestartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int ROWS = 60;

  private final Batches one = Batches.of("gateway-1");
  private final Batches other = Batches.of("gateway-2");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set at the start of each test
  private Mosquitto broker;

  @SuppressWarnings("NullAway.Init") // set at the start of each test
  private TestHub hub;

  @AfterEach
  void stop() throws Exception {
    hub.close();
    broker.close();
  }

  private void start(String... brokerSettings) throws Exception {
    broker = Mosquitto.start(folder.resolve("mosquitto"), brokerSettings);
    startHub();
  }

  private void startHub() {
    hub = new TestHub(folder.resolve("hub"), "--linli.gateway.broker=" + broker.uri());
  }

  private TestGateway gateway(Batches of) throws MqttException {
    return new TestGateway("127.0.0.1", broker.port(), of.gateway().value());
  }

  private TestGateway online(Batches of) throws MqttException {
    TestGateway gateway = gateway(of);
    gateway.say("online");
    await().atMost(PATIENCE).until(gateway::hasReceipt);
    return gateway;
  }

  private static Receipt applied(Batches batches, long sequence) {
    return new Receipt.Applied(batches.epoch(), batches.lane(), sequence, batches.digest(sequence));
  }

  /** What was applied of a gateway, in order. */
  private List<Long> orders(Batches of) {
    return hub.participant().applied().stream()
        .filter(event -> event.gateway().equals(of.gateway()))
        .map(event -> event.taken().order())
        .toList();
  }

  /** As an agent does it: what the hub has, and from there. */
  private void comeBackAndSendTheRest(Batches batches) throws Exception {
    try (TestGateway gateway = online(batches)) {
      long has = 0;
      List<Lane> stated = new ArrayList<>();
      while (stated.size() < Lane.values().length) {
        if (gateway.receipt() instanceof Receipt.Applied statement) {
          stated.add(statement.lane());
          has = statement.lane() == batches.lane() ? statement.sequence() : has;
        }
      }
      // One at a time, as nothing here holds back what a broker has no room for.
      for (long row = has + 1; row <= ROWS; row++) {
        gateway.send(batches.rows(row, row));
        gateway.awaitReceipt(applied(batches, row));
      }
    }
  }

  private void holdsThrough(Restart restart) throws Exception {
    try (TestGateway first = online(one);
        TestGateway second = online(other)) {
      for (long row = 1; row <= 5; row++) {
        first.send(one.rows(row, row));
        first.awaitReceipt(applied(one, row));
        second.send(other.rows(row, row));
        second.awaitReceipt(applied(other, row));
      }
      for (long row = 6; row <= 20; row++) {
        first.send(one.rows(row, row));
        second.send(other.rows(row, row));
      }
      restart.now();
    }
    comeBackAndSendTheRest(one);
    comeBackAndSendTheRest(other);

    List<Long> all = LongStream.rangeClosed(1, ROWS).boxed().toList();
    assertThat(orders(one)).isEqualTo(all);
    assertThat(orders(other)).isEqualTo(all);
  }

  private interface Restart {
    void now() throws Exception;
  }

  @Test
  void nothingIsLostOrDoubledWhenTheBrokerIsKilled() throws Exception {
    start();
    holdsThrough(
        () -> {
          broker.kill();
          broker.start();
        });
  }

  @Test
  void nothingIsLostOrDoubledWhenTheBrokerIsRestarted() throws Exception {
    start("persistence true", "persistence_location " + folder.resolve("mosquitto") + "/");
    holdsThrough(
        () -> {
          broker.stop();
          broker.start();
        });
  }

  private boolean hearsOfAFullDisk() {
    return hub.troublesRead().stream().anyMatch(read -> !read.troubles().isEmpty());
  }

  @Test
  void neitherWhatTheBrokerKeptNorAFarewellSaysAnythingOfTroubles() throws Exception {
    start();
    try (TestGateway gateway = online(one)) {
      gateway.publishWithTrouble(
          "linli/1/gateway-1/status", "online".getBytes(UTF_8), 1_795_410_960_000L, "disk-full 0");
      await().atMost(PATIENCE).until(this::hearsOfAFullDisk);

      hub.close();
      startHub();
      await().atMost(PATIENCE).until(() -> hub.comingsAndGoings().contains("gateway-1 came"));
      assertThat(hub.troublesRead()).as("it may be over").isEmpty();
      gateway.publishWithTrouble(
          "linli/1/gateway-1/up/equipment", new byte[0], 1_795_410_960_001L, "disk-full 0");
      await().atMost(PATIENCE).until(this::hearsOfAFullDisk);
      gateway.say("offline");
      await().atMost(PATIENCE).until(() -> hub.comingsAndGoings().contains("gateway-1 went"));
      assertThat(hub.troublesRead()).as("it may last").hasSize(1);
    }
  }

  @Test
  void aGatewayThatComesAgainIsToldAWatermarkThatDoesNotMoveBehindItsBack() throws Exception {
    start();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    hub.participant()
        .onEvents(
            events -> {
              held.countDown();
              waitFor(go);
            });
    try (TestGateway gateway = online(one)) {
      gateway.send(one.rows(1, 1));
      assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      gateway.send(one.rows(2, 2));
      gateway.say("online");
      // What comes by the same broker later was there later.
      try (TestGateway witness = gateway(other)) {
        witness.say("online");
        await().atMost(PATIENCE).until(() -> hub.comingsAndGoings().contains("gateway-2 came"));
      } finally {
        go.countDown();
      }
      gateway.awaitReceipt(applied(one, 1));
      gateway.send(one.rows(3, 3));
      gateway.awaitReceipt(new Receipt.Expected(one.epoch(), one.lane(), 2));

      gateway.send(one.rows(2, 2));
      gateway.awaitReceipt(applied(one, 2));
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHubThatIsStartedAnewCallsBackWhatTheLastOneAcknowledgedAndCouldNotApply() throws Exception {
    start();
    AtomicInteger tries = new AtomicInteger();
    try (TestGateway gateway = online(one)) {
      gateway.send(one.rows(1, 1));
      gateway.awaitReceipt(applied(one, 1));
      hub.participant().onEvents(events -> refuse(events, tries));
      gateway.send(one.rows(2, 2));
      await().atMost(PATIENCE).until(() -> tries.get() > 2);

      hub.close();
      startHub();

      gateway.awaitReceipt(new Receipt.Expected(one.epoch(), one.lane(), 2));
      gateway.send(one.rows(2, 2));
      gateway.awaitReceipt(applied(one, 2));
      assertThat(orders(one)).containsExactly(2L);
    }
  }

  private static void refuse(List<HubEvent> events, AtomicInteger tries) {
    tries.addAndGet(events.size());
    throw new TransientDataAccessResourceException("not now");
  }

  /** A client refuses to send more than the broker takes without an acknowledgement. */
  @Test
  void whatTheBrokerHasNoRoomForYetIsSaidAfterwards() throws Exception {
    start("max_inflight_messages 2");
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (TestGateway gateway = online(one)) {
      gateway.registry();
      await().atMost(PATIENCE).until(() -> hub.comingsAndGoings().contains("gateway-1 came"));
      hub.participant()
          .onEvents(
              events -> {
                held.countDown();
                waitFor(go);
              });
      gateway.send(one.rows(1, 1));
      assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      gateway
          .publish(gateway.topics().status(), "online".getBytes(UTF_8))
          .waitForCompletion(PATIENCE.toMillis());
      broker.freeze();
      go.countDown();
      // Long enough for a receipt, two watermarks and a registry that would not wait.
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      broker.thaw();

      gateway.awaitReceipt(applied(one, 1));
      gateway.awaitReceipt(applied(one, 1));
      assertThat(gateway.registry().gateway()).isEqualTo(one.gateway());
    }
  }
}

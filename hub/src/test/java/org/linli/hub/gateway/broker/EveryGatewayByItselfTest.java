package org.linli.hub.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;
import org.linli.hub.journal.HubEvent;
import org.linli.program.mqtt.Mosquitto;
import org.springframework.dao.TransientDataAccessResourceException;

/** Gateways behind a real Mosquitto: what befalls the work for one is nothing to another. */
class EveryGatewayByItselfTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Batches one = Batches.of("gateway-1");
  private final Batches other = Batches.of("gateway-2");

  @TempDir Path folder;
  private Mosquitto broker;
  private TestHub hub;

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.start(folder.resolve("mosquitto"));
    hub =
        new TestHub(
            folder.resolve("hub"), "--linli.gateway.broker=mqtt://127.0.0.1:" + broker.port());
  }

  @AfterEach
  void stop() throws Exception {
    hub.close();
    broker.close();
  }

  private TestGateway online(String id) throws MqttException {
    TestGateway gateway = new TestGateway("127.0.0.1", broker.port(), id);
    gateway.say("online");
    await().atMost(PATIENCE).until(gateway::hasReceipt);
    return gateway;
  }

  private static Receipt applied(Batches batches, long sequence) {
    return new Receipt.Applied(batches.epoch(), batches.lane(), sequence, batches.digest(sequence));
  }

  private static boolean are(List<HubEvent> events, Batches batches) {
    return events.getFirst().gateway().equals(batches.gateway());
  }

  @Test
  void aBatchThatCannotBeAppliedHoldsNoOtherGateway() throws Exception {
    AtomicBoolean ill = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    hub.participant()
        .onEvents(
            events -> {
              if (are(events, one) && ill.get()) {
                tries.incrementAndGet();
                throw new TransientDataAccessResourceException("not for this gateway now");
              }
            });
    try (TestGateway bad = online("gateway-1");
        TestGateway good = online("gateway-2")) {
      // More than the broker hands out at once while nothing is acknowledged.
      for (int row = 1; row <= 40; row++) {
        bad.send(one.rows(row, row)).waitForCompletion(PATIENCE.toMillis());
      }
      await().atMost(PATIENCE).until(() -> tries.get() > 2);

      for (int row = 1; row <= 5; row++) {
        good.send(other.rows(row, row));
        good.awaitReceipt(applied(other, row));
      }
      Batches urgent = one.lane(Lane.URGENT);
      ill.set(false);
      bad.send(urgent.rows(1, 1));
      bad.awaitReceipt(applied(urgent, 1));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                // As a gateway does it that hears no receipt.
                for (int row = 1; row <= 40; row++) {
                  bad.send(one.rows(row, row)).waitForCompletion(PATIENCE.toMillis());
                }
                return hub.ledger().applied() == 46;
              });
    }
  }

  @Test
  void whatWaitsBehindItInBothLanesHoldsNoOtherGateway() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    hub.participant()
        .onEvents(
            events -> {
              if (are(events, one)) {
                tries.incrementAndGet();
                throw new TransientDataAccessResourceException("not for this gateway now");
              }
            });
    Batches urgent = one.lane(Lane.URGENT);
    try (TestGateway bad = online("gateway-1");
        TestGateway good = online("gateway-2")) {
      for (int row = 1; row <= 40; row++) {
        bad.send(one.rows(row, row)).waitForCompletion(PATIENCE.toMillis());
        bad.send(urgent.rows(row, row)).waitForCompletion(PATIENCE.toMillis());
      }
      await().atMost(PATIENCE).until(() -> tries.get() > 4);

      for (int row = 1; row <= 5; row++) {
        good.send(other.rows(row, row));
        good.awaitReceipt(applied(other, row));
      }
    }
  }

  @Test
  void whatNothingHoldsBackIsPassedOver() throws Exception {
    try (TestGateway gateway = online("gateway-1")) {
      gateway.publishUnheld(one.rows(1, 1));
      gateway.send(other.rows(1, 1));
      // Of one broker's connection what was sent first is there first.
      assertThat(gateway.receipt()).isInstanceOf(Receipt.class);
      await().atMost(PATIENCE).until(() -> hub.ledger().dead() == 1);

      assertThat(hub.ledger().applied()).isZero();
    }
  }

  @Test
  void aGreetingThatCannotBeDoneHoldsNoOtherGatewayHoweverOftenItIsAskedFor() throws Exception {
    hub.onConnected(
        gateway -> {
          if (gateway.equals(one.gateway())) {
            throw new IllegalStateException("as the test wants it");
          }
        });
    try (TestGateway bad = online("gateway-1");
        TestGateway good = online("gateway-2")) {
      for (int time = 1; time <= 40; time++) {
        bad.publish(bad.topics().status(), "online".getBytes(UTF_8))
            .waitForCompletion(PATIENCE.toMillis());
      }
      good.send(other.rows(1, 1));
      good.awaitReceipt(applied(other, 1));
    }
  }

  @Test
  void anUrgentBatchOvertakesBulkThatWaits() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    hub.participant()
        .onEvents(
            events -> {
              held.countDown();
              waitFor(go);
            });
    Batches urgent = one.lane(Lane.URGENT);
    try (TestGateway gateway = online("gateway-1")) {
      gateway.send(one.rows(1, 1));
      assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      gateway.send(one.rows(2, 2));
      gateway.send(one.rows(3, 3));
      gateway.send(urgent.rows(1, 1));
      // What comes by the same broker later was there later.
      try (TestGateway witness = new TestGateway("127.0.0.1", broker.port(), "gateway-2")) {
        witness.say("online");
        await().atMost(PATIENCE).until(() -> hub.comingsAndGoings().contains("gateway-2 came"));
      } finally {
        go.countDown();
      }
      await().atMost(PATIENCE).until(() -> hub.ledger().applied() == 4);

      assertThat(hub.participant().applied())
          .extracting(event -> event.lane() + " " + event.taken().order())
          .containsExactly("bulk 1", "urgent 1", "bulk 2", "bulk 3");
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
  void anErrorInTheGreetingOfOneLeavesAllAttached() throws Exception {
    AtomicBoolean ill = new AtomicBoolean(true);
    AtomicInteger greetings = new AtomicInteger();
    hub.onConnected(
        gateway -> {
          if (gateway.equals(new GatewayId("gateway-1")) && ill.get()) {
            greetings.incrementAndGet();
            throw new StackOverflowError("as the test wants it");
          }
        });
    try (TestGateway bad = online("gateway-1")) {
      await().atMost(PATIENCE).until(() -> greetings.get() > 0);
      try (TestGateway good = online("gateway-2")) {
        good.send(other.rows(1, 1));
        good.awaitReceipt(applied(other, 1));
      }
      ill.set(false);
      await().atMost(PATIENCE).until(() -> hub.comingsAndGoings().contains("gateway-1 came"));
      bad.send(one.rows(1, 1));
      bad.awaitReceipt(applied(one, 1));
    }
  }
}

package org.linli.hub.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * A hub attached to a real Mosquitto, the one that Debian packages, and a gateway at its other
 * side.
 */
@Tag("container")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerAttachmentContainerTest {

  private static final int PORT = 1883;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @SuppressWarnings("resource") // closed in stop()
  private final GenericContainer<?> mosquitto =
      new GenericContainer<>(
              new ImageFromDockerfile("linli-test/mosquitto:debian", false)
                  .withDockerfileFromBuilder(
                      image ->
                          image
                              .from(
                                  System.getProperty(
                                      "linli.test.base-image", "debian:bookworm-slim"))
                              .run(
                                  "apt-get update -qq && apt-get install -y -qq"
                                      + " --no-install-recommends mosquitto")
                              .run(
                                  "printf 'listener 1883\\nallow_anonymous true\\n'"
                                      + " > /etc/mosquitto/test.conf")
                              .user("mosquitto")
                              .cmd("mosquitto", "-c", "/etc/mosquitto/test.conf")))
          .withExposedPorts(PORT);

  @TempDir Path folder;

  @BeforeAll
  void start() {
    assumeTrue(
        "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))
            || DockerClientFactory.instance().isDockerAvailable(),
        "no container engine here, and LINLI_REQUIRE_CONTAINERS does not ask for one");
    mosquitto.start();
  }

  @AfterAll
  void stop() {
    mosquitto.close();
  }

  /** Each test's hub is another client of the broker, so that sessions do not mix. */
  private TestHub hub(String client) {
    return new TestHub(
        folder,
        "--linli.gateway.broker=mqtt://"
            + mosquitto.getHost()
            + ":"
            + mosquitto.getMappedPort(PORT),
        "--linli.gateway.broker-client=" + client);
  }

  private TestGateway gateway() throws MqttException {
    return new TestGateway(mosquitto.getHost(), mosquitto.getMappedPort(PORT), "gateway-1");
  }

  private static Receipt applied(Batches batches, long sequence) {
    return new Receipt.Applied(batches.epoch(), batches.lane(), sequence, batches.digest(sequence));
  }

  /** Says that it is online until a hub answers, as a hub that attaches meanwhile may miss it. */
  private static void awaitHub(TestGateway gateway) throws MqttException {
    gateway.say("online");
    await().atMost(PATIENCE).until(gateway::hasReceipt);
  }

  @Test
  void statesItsWatermarksAndAnswersEachBatch() throws Exception {
    Batches bulk = Batches.of("gateway-1");
    try (TestGateway gateway = gateway();
        TestHub hub = hub("hub-answers")) {
      awaitHub(gateway);
      assertThat(List.of(gateway.receipt(), gateway.receipt()))
          .containsExactly(
              new Receipt.Applied(0, Lane.URGENT, 0, Digest.NONE),
              new Receipt.Applied(0, Lane.BULK, 0, Digest.NONE));
      await().untilAsserted(() -> assertThat(hub.comingsAndGoings()).contains("gateway-1 came"));

      // A hub that attached meanwhile may hear the retained status and the live one.
      gateway.send(bulk.rows(1, 3));
      gateway.awaitReceipt(applied(bulk, 3));
      gateway.send(bulk.rows(4, 4));
      gateway.awaitReceipt(applied(bulk, 4));
      gateway.send(bulk.rows(1, 3));
      gateway.awaitReceipt(applied(bulk, 4));
      assertThat(hub.participant().applied()).hasSize(4);

      gateway.say("offline");
      await().untilAsserted(() -> assertThat(hub.comingsAndGoings()).endsWith("gateway-1 went"));
    }
  }

  @Test
  void appliesOnceWhatTheBrokerKeptWhileTheHubWasAway() throws Exception {
    Batches bulk = Batches.of("gateway-1");
    try (TestGateway gateway = gateway()) {
      try (TestHub hub = hub("hub-away")) {
        awaitHub(gateway);
        assertThat(hub.ledger().received()).isZero();
      }
      gateway.receipt();
      gateway.receipt();
      gateway.send(bulk.rows(1, 3)).waitForCompletion(PATIENCE.toMillis());

      try (TestHub hub = hub("hub-away")) {
        await().atMost(PATIENCE).until(() -> hub.ledger().applied() == 3);
        gateway.awaitReceipt(applied(bulk, 3));
        assertThat(hub.participant().applied()).hasSize(3);
      }
    }
  }

  @Test
  void takesABatchAgainFromTheBrokerAfterTheHubCouldNotWriteIt() throws Exception {
    Batches bulk = Batches.of("gateway-1");
    try (TestGateway gateway = gateway();
        TestHub hub = hub("hub-stumbles")) {
      awaitHub(gateway);
      hub.participant().goAway(true);
      Attempts attempts = new Attempts(hub);
      hub.participant().onApply(attempts);
      gateway.send(bulk.rows(1, 3));

      await().atMost(PATIENCE).until(() -> hub.ledger().applied() == 3);
      assertThat(attempts.count).isGreaterThan(Attempts.UNTIL_BACK);
      assertThat(hub.participant().applied()).hasSize(3);
      gateway.awaitReceipt(applied(bulk, 3));
    }
  }

  /** Lets the hub write again only after the hub has given up the connection once. */
  private static final class Attempts implements Runnable {
    static final int UNTIL_BACK = 7;

    private final TestHub hub;
    private int count;

    Attempts(TestHub hub) {
      this.hub = hub;
    }

    @Override
    public synchronized void run() {
      if (++count > UNTIL_BACK) {
        hub.participant().goAway(false);
      }
    }
  }
}

package org.linli.hub.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayBacklogRead;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.gateway.GatewayDeadLettersRead;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;
import org.springframework.boot.diagnostics.FailureAnalysis;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayEndpointTest {

  private static final int NOT_AUTHORIZED = 0x87;
  private static final int SERVER_BUSY = 0x89;
  private static final int SESSION_TAKEN_OVER = 0x8E;
  private static final long WAIT_MILLIS = 10_000;

  private static long epoch;

  @TempDir static Path folder;
  private TestHub hub;

  @BeforeAll
  void start() {
    hub = new TestHub(folder);
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  /** An epoch of this test's own, above all before. */
  private static Batches freshLane() {
    return Batches.of("gateway-1").epoch(++epoch);
  }

  private static Receipt applied(Batches batches, long sequence) {
    return new Receipt.Applied(batches.epoch(), batches.lane(), sequence, batches.digest(sequence));
  }

  @Test
  void saysHowFarEachLaneIsWhenAGatewayComesOnline() throws Exception {
    Batches bulk = freshLane();
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.send(bulk.rows(1, 3));
      assertThat(gateway.receipt()).isEqualTo(applied(bulk, 3));

      gateway.say("online");
      assertThat(List.of(gateway.receipt(), gateway.receipt()))
          .containsExactly(
              new Receipt.Applied(bulk.epoch(), Lane.URGENT, 0, Digest.NONE), applied(bulk, 3));
    }
  }

  @Test
  void tellsANewGatewayThatNothingIsKnownOfIt() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-2")) {
      gateway.say("online");
      assertThat(List.of(gateway.receipt(), gateway.receipt()))
          .containsExactly(
              new Receipt.Applied(0, Lane.URGENT, 0, Digest.NONE),
              new Receipt.Applied(0, Lane.BULK, 0, Digest.NONE));
      await().untilAsserted(() -> assertThat(hub.comingsAndGoings()).contains("gateway-2 came"));
    }
    await().untilAsserted(() -> assertThat(hub.comingsAndGoings()).endsWith("gateway-2 went"));
  }

  @Test
  void acknowledgesABatchOnlyAfterItIsApplied() throws Exception {
    Batches bulk = freshLane();
    CountDownLatch applying = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    hub.participant()
        .onApply(
            () -> {
              applying.countDown();
              waitFor(mayGoOn);
            });
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      IMqttToken sent = gateway.send(bulk.rows(1, 3));
      assertThat(applying.await(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
      await()
          .during(300, TimeUnit.MILLISECONDS)
          .until(() -> !sent.isComplete() && !gateway.hasReceipt());

      mayGoOn.countDown();
      assertThat(gateway.receipt()).isEqualTo(applied(bulk, 3));
      sent.waitForCompletion(WAIT_MILLIS);
    } finally {
      hub.participant().onApply(() -> {});
      mayGoOn.countDown();
    }
  }

  @Test
  void hearsWhatWaitsBehindABatch() throws Exception {
    Batches bulk = freshLane();
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.sendWaiting(bulk.rows(1, 3), "1200", "1795410960130");
      assertThat(gateway.receipt()).isEqualTo(applied(bulk, 3));
      assertThat(hub.backlogsRead())
          .contains(
              new GatewayBacklogRead(
                  new GatewayId("gateway-1"),
                  Lane.BULK,
                  new Backlog(1200, Instant.ofEpochMilli(1795410960130L))));
    }
  }

  @Test
  void hearsOfDeadLettersWithTheStatusAReportAndABatch() throws Exception {
    Batches bulk = freshLane();
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.publishWithDeadLetters("linli/1/gateway-1/status", "online".getBytes(UTF_8), 71);
      gateway.publishWithDeadLetters("linli/1/gateway-1/up/equipment", new byte[0], 72);
      gateway.publishWithDeadLetters(
          "linli/1/gateway-1/up/bulk", BatchCodec.encode(bulk.rows(1, 1)), 73);
      await()
          .untilAsserted(
              () ->
                  assertThat(hub.deadLettersRead())
                      .extracting(GatewayDeadLettersRead::deadLetters)
                      .contains(
                          new GatewayDeadLetters(71, 71, null, null),
                          new GatewayDeadLetters(72, 72, null, null),
                          new GatewayDeadLetters(73, 73, null, null)));
    }
  }

  @Test
  void takesAnUrgentBatchBeforeBulkThatWaits() throws Exception {
    Batches bulk = freshLane();
    Batches urgent = bulk.lane(Lane.URGENT);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CountDownLatch applying = new CountDownLatch(1);
    hub.participant()
        .onApply(
            () -> {
              applying.countDown();
              waitFor(mayGoOn);
            });
    int before = hub.participant().ids().size();
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.send(bulk.rows(1, 1));
      assertThat(applying.await(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
      gateway.send(bulk.rows(2, 2));
      gateway.send(bulk.rows(3, 3));
      gateway.send(urgent.rows(1, 1));
      gateway.subscribe("linli/1/gateway-1/receipt");
      mayGoOn.countDown();
      for (int i = 0; i < 4; i++) {
        gateway.receipt();
      }
    } finally {
      hub.participant().onApply(() -> {});
      mayGoOn.countDown();
    }
    long e = bulk.epoch();
    assertThat(hub.participant().ids().subList(before, before + 4))
        .containsExactly(
            "bulk-" + e + "-1", "urgent-" + e + "-1", "bulk-" + e + "-2", "bulk-" + e + "-3");
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void refusesAGatewayThatNoCommunityHas() {
    assertThatThrownBy(() -> new TestGateway(hub.port(), "gateway-9"))
        .asInstanceOf(type(MqttException.class))
        .extracting(MqttException::getReasonCode)
        .isEqualTo(NOT_AUTHORIZED);
  }

  @Test
  void tellsTheOlderConnectionThatItWasTakenOver() throws Exception {
    try (TestGateway older = new TestGateway(hub.port(), "gateway-1");
        TestGateway newer = new TestGateway(hub.port(), "gateway-1")) {
      assertThat(older.farewell()).isEqualTo(SESSION_TAKEN_OVER);
      Batches bulk = freshLane();
      newer.send(bulk.rows(1, 1));
      assertThat(newer.receipt()).isEqualTo(applied(bulk, 1));
    }
  }

  @Test
  void hearsWhoTakesOverOnlyAfterTheOlderSessionEndedWhatItWasDoing() throws Exception {
    Batches bulk = freshLane();
    CountDownLatch applying = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    hub.participant()
        .onApply(
            () -> {
              applying.countDown();
              waitFor(mayGoOn);
            });
    try (TestGateway older = new TestGateway(hub.port(), "gateway-1")) {
      older.send(bulk.rows(1, 3));
      older.send(bulk.rows(4, 4));
      assertThat(applying.await(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
      try (TestGateway newer = new TestGateway(hub.port(), "gateway-1")) {
        assertThat(older.farewell()).isEqualTo(SESSION_TAKEN_OVER);
        newer.say("online");
        await().during(300, TimeUnit.MILLISECONDS).until(() -> !newer.hasReceipt());

        mayGoOn.countDown();
        newer.awaitReceipt(applied(bulk, 3));
        newer.send(bulk.rows(4, 5));
        newer.awaitReceipt(applied(bulk, 5));
      }
    } finally {
      hub.participant().onApply(() -> {});
      mayGoOn.countDown();
    }
  }

  @Test
  void tellsTwoAgentsUnderOneIdentityFromOneThatWasStartedAnew() throws Exception {
    try (TestGateway first = new TestGateway(hub.port(), "gateway-2")) {
      first.comeOnlineAs("a");
      first.receipt();
      assertThat(hub.clocksRead()).contains("gateway-2 2026-11-23T05:16:00.130Z");
      try (TestGateway second = new TestGateway(hub.port(), "gateway-2")) {
        assertThat(first.farewell()).isEqualTo(SESSION_TAKEN_OVER);
        second.comeOnlineAs("b");
        second.receipt();
        assertThat(hub.comingsAndGoings()).noneMatch(line -> line.contains("besides"));
        try (TestGateway again = new TestGateway(hub.port(), "gateway-2")) {
          assertThat(second.farewell()).isEqualTo(SESSION_TAKEN_OVER);
          again.comeOnlineAs("a");
          await()
              .untilAsserted(
                  () -> assertThat(hub.comingsAndGoings()).contains("gateway-2 is a besides b"));
        }
      }
    }
  }

  /** Each cuts its batches as an agent does that was told the watermarks. */
  @Test
  void appliesWhatTwoAgentsUnderOneIdentityBringInTurn() throws Exception {
    Batches one = freshLane();
    Batches other = freshLane().otherHistory();
    Batches oneAgain = freshLane();
    try (TestGateway agent = new TestGateway(hub.port(), "gateway-1")) {
      agent.send(one.rows(1, 2));
      agent.awaitReceipt(applied(one, 2));
    }
    try (TestGateway clone = new TestGateway(hub.port(), "gateway-1")) {
      clone.say("online");
      clone.awaitReceipt(applied(one, 2));
      clone.send(other.rows(1, 3));
      clone.awaitReceipt(applied(other, 3));
    }
    try (TestGateway agent = new TestGateway(hub.port(), "gateway-1")) {
      agent.send(one.rows(3, 4));
      agent.awaitReceipt(new Receipt.Expected(other.epoch(), Lane.BULK, 4));
      agent.send(oneAgain.rows(1, 2));
      agent.awaitReceipt(applied(oneAgain, 2));
    }
    assertThat(hub.participant().ids())
        .contains(
            "bulk-" + one.epoch() + "-2",
            "bulk-" + other.epoch() + "-3",
            "bulk-" + oneAgain.epoch() + "-2");
    assertThat(hub.ledger().balances()).isTrue();
  }

  @Test
  void closesAConnectionThatPublishesForAnotherGateway() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.publish("linli/1/gateway-2/up/bulk", new byte[] {1});
      assertThat(gateway.farewell()).isEqualTo(NOT_AUTHORIZED);
    }
  }

  @Test
  void letsAGatewayHearOnlyItsOwnTopics() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      assertThat(gateway.subscribe("linli/1/gateway-2/receipt")).containsExactly(NOT_AUTHORIZED);
      assertThat(gateway.subscribe("linli/1/gateway-1/down")).containsExactly(1);
    }
  }

  @Test
  void saysThatWhatItCannotReadIsRejected() throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.publish(gateway.topics().up(Lane.BULK), "no batch".getBytes(StandardCharsets.UTF_8));
      assertThat(gateway.receipt())
          .asInstanceOf(type(Receipt.Rejected.class))
          .extracting(Receipt.Rejected::reason)
          .isEqualTo(Receipt.RejectionReason.UNREADABLE);
    }
  }

  @Test
  void sendsAGatewayAwayWhileTheHubCannotWriteAndAppliesItsBatchOnceAfterwards() throws Exception {
    Batches bulk = freshLane();
    hub.participant().goAway(true);
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      IMqttToken sent = gateway.send(bulk.rows(1, 3));
      assertThat(gateway.farewell()).isEqualTo(SERVER_BUSY);
      assertThat(gateway.hasReceipt()).isFalse();
      assertThat(sent.isComplete() && sent.getException() == null).as("acknowledged").isFalse();
    } finally {
      hub.participant().goAway(false);
    }
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.send(bulk.rows(1, 3));
      assertThat(gateway.receipt()).isEqualTo(applied(bulk, 3));
    }
    assertThat(
            hub.participant().ids().stream()
                .filter(id -> id.startsWith("bulk-" + bulk.epoch() + "-")))
        .hasSize(3);
    assertThat(hub.ledger().balances()).isTrue();
  }

  @Test
  void ridesOutAHubThatStumbles() throws Exception {
    Batches bulk = freshLane();
    hub.participant().goAway(true);
    hub.participant().onApply(new ComingBack(2));
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.send(bulk.rows(1, 3));
      assertThat(gateway.receipt()).isEqualTo(applied(bulk, 3));
    } finally {
      hub.participant().onApply(() -> {});
      hub.participant().goAway(false);
    }
  }

  /** Lets the hub write again at the given attempt. */
  private final class ComingBack implements Runnable {
    private int attemptsToCome;

    ComingBack(int attempts) {
      attemptsToCome = attempts;
    }

    @Override
    public void run() {
      if (--attemptsToCome == 0) {
        hub.participant().goAway(false);
      }
    }
  }

  @Test
  void saysInOneSentenceThatItsPortIsTaken(@TempDir Path other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> new TestHub(other, "--linli.gateway.port=" + taken.getLocalPort()).close())
          .satisfies(
              failure -> {
                FailureAnalysis analysis = new EndpointFailureAnalyzer().analyze(failure);
                assertThat(Objects.requireNonNull(analysis).getDescription())
                    .startsWith(
                        "The endpoint for gateways cannot listen on 127.0.0.1 port "
                            + taken.getLocalPort());
                assertThat(analysis.getAction()).contains("--linli.gateway.port");
              });
    }
  }
}

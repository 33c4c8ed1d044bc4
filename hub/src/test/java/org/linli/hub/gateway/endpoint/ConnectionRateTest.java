package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayId;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.gateway.entrance.UserProperties;

/** Somebody connects and speaks under one gateway's name as fast as he can. */
class ConnectionRateTest {

  private static final int RATE_EXCEEDED = 0x9F;

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void start() {
    hub = new TestHub(folder);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void refusesConnectionsUnderOneNameBeyondARateAndKeepsNobodyElseOut() throws Exception {
    long since = System.nanoTime();
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(RawGateway.knock(hub.port(), "gateway-1"));
    }
    long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();

    assertThat(answers).startsWith(0, 0, 0, 0, 0).containsOnly(0, RATE_EXCEEDED);
    assertThat(answers.stream().filter(code -> code == 0).count())
        .isLessThanOrEqualTo(11 + seconds);
    try (TestGateway other = new TestGateway(hub.port(), "gateway-2")) {
      other.say("online");
      other.receipt();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> RawGateway.knock(hub.port(), "gateway-1") == 0);
  }

  @Test
  void takesNoMoreOfAGatewaysFailuresThanItCanTellAPerson() {
    GatewayId gateway = new GatewayId("gateway-1");
    for (int i = 0; i < 300; i++) {
      hub.entrance()
          .noteFailed(
              gateway, new UserProperties.Failed(Instant.ofEpochSecond(i), "thread-" + i, "odd"));
    }

    assertThat(hub.threadsFailed()).hasSizeBetween(10, 17);
  }
}

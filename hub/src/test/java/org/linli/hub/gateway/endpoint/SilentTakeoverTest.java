package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;

/** Somebody connects under a gateway's name and says nothing. */
class SilentTakeoverTest {

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

  private TestGateway online() throws Exception {
    TestGateway gateway = new TestGateway(hub.port(), "gateway-1");
    gateway.say("online");
    gateway.receipt();
    await().until(() -> hub.comingsAndGoings().contains("gateway-1 came"));
    return gateway;
  }

  @Test
  void aConnectionThatSaysNothingDoesNotKeepAGatewayOnline() throws Exception {
    try (TestGateway gateway = online();
        RawGateway silent = new RawGateway(hub.port(), "gateway-1")) {
      assertThat(gateway.farewell()).isEqualTo(0x8E);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> hub.comingsAndGoings().contains("gateway-1 went"));
      try (TestGateway _ = online()) {
        assertThat(silent.farewell()).isIn(0x8E, -1);
        await()
            .untilAsserted(
                () ->
                    assertThat(hub.comingsAndGoings())
                        .containsExactly("gateway-1 came", "gateway-1 went", "gateway-1 came"));
      }
    }
  }

  @Test
  void whoTakesOverAgainAndAgainIsToldOfAndTheGatewayIsAwayAfterwards() throws Exception {
    try (TestGateway gateway = online()) {
      RawGateway silent = new RawGateway(hub.port(), "gateway-1");
      for (int i = 0; i < 8; i++) {
        RawGateway newer = new RawGateway(hub.port(), "gateway-1");
        silent.close();
        silent = newer;
      }
      assertThat(gateway.farewell()).isEqualTo(0x8E);
      silent.close();
    }
    await().until(() -> hub.comingsAndGoings().contains("gateway-1 is taken over 6 times"));
    await().until(() -> hub.comingsAndGoings().contains("gateway-1 went"));
  }
}

package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;

/** What people read where the hub does not talk to this gateway, although it is there. */
class SecondAgentPageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final FakeHub hub = new FakeHub();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void open() {
    hub.open();
  }

  @AfterEach
  void close() {
    http.close();
    hub.close();
  }

  @Test
  void aSecondAgentUnderTheSameIdentityIsSaidOnThePageAndInHealth() throws Exception {
    try (RunningGateway gateway = start()) {
      await().atMost(PATIENCE).until(() -> get(gateway, "/?lang=en").contains("The hub answers."));
      hub.takeOver();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get(gateway, "/?lang=en"))
                      .contains(
                          "Another agent connects to the hub as gateway-1 too, and the two take"
                              + " turns: give one of them another LINLI_GATEWAY_ID.")
                      .doesNotContain("The hub is away"));
      assertThat(get(gateway, "/?lang=zh"))
          .contains("另有一个网关程序也以编号 gateway-1 连接平台，两者轮流上线")
          .doesNotContain("平台暂时连接不上");
      assertThat(get(gateway, "/actuator/health"))
          .contains("Another agent connected to the hub at", "another LINLI_GATEWAY_ID");
    }
  }

  @Test
  void aHubThatDoesNotKnowTheGatewayIsNotSaidToBeAway() throws Exception {
    hub.refuse(true);
    try (RunningGateway gateway = start()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get(gateway, "/?lang=en"))
                      .contains("The hub does not know a gateway gateway-1")
                      .doesNotContain("The hub is away"));
      assertThat(get(gateway, "/?lang=zh"))
          .contains("平台不认识编号为 gateway-1 的网关")
          .doesNotContain("平台暂时连接不上");
    }
  }

  private RunningGateway start() {
    return RunningGateway.start(folder, "--linli.hub-uri=" + hub.address());
  }

  private String get(RunningGateway gateway, String path) throws Exception {
    return http.send(HttpRequest.newBuilder(gateway.http(path)).build(), BodyHandlers.ofString())
        .body();
  }
}

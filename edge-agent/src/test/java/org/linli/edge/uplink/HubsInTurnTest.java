package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A gateway that is told several hubs. */
class HubsInTurnTest {

  private static final URI ONE = URI.create("mqtt://hub-1:2883");
  private static final URI TWO = URI.create("mqtt://hub-2:2883");

  @TempDir Path folder;

  private static HubAddress told(String value) {
    return new Binder(new MapConfigurationPropertySource(Map.of("linli.hub-uri", value)))
        .bindOrCreate("linli", HubAddress.class);
  }

  @Test
  void isToldOneOrSeveral() {
    assertThat(told("mqtt://hub-1:2883").hubUri()).containsExactly(ONE);
    assertThat(told("mqtt://hub-1:2883, mqtt://hub-2:2883").hubUri()).containsExactly(ONE, TWO);
    assertThat(told("mqtt://hub-1:2883,mqtt://hub-2:2883"))
        .hasToString("mqtt://hub-1:2883 or mqtt://hub-2:2883");
  }

  @Test
  void namesTheOneThatIsWrong() {
    assertThatThrownBy(() -> told("mqtt://hub-1:2883,http://hub-2:2883"))
        .rootCause()
        .hasMessage(
            "LINLI_HUB_URI (linli.hub-uri) has 'http://hub-2:2883'; write it as mqtt://host:port,"
                + " or several with commas between them.");
    assertThatThrownBy(() -> told("mqtt://hub-1")).rootCause().hasMessageContaining("mqtt://hub-1");
    assertThatThrownBy(() -> new HubAddress(List.of())).hasMessageContaining("is empty");
  }

  @Test
  void triesEachOnceBeforeItPauses() {
    HubsInTurn hubs = new HubsInTurn(new HubAddress(List.of(ONE, TWO)));
    assertThat(hubs.current()).isEqualTo(ONE);
    assertThat(hubs.failed()).isFalse();
    assertThat(hubs.current()).isEqualTo(TWO);
    assertThat(hubs.failed()).isTrue();
    assertThat(hubs.current()).isEqualTo(ONE);
    assertThat(hubs.failed()).isFalse();
    hubs.answered();
    assertThat(hubs.failed()).as("the second answered, so both are tried again").isFalse();
    assertThat(hubs.current()).isEqualTo(ONE);
    assertThat(hubs.failed()).isTrue();
  }

  @Test
  void bringsEverythingToTheOneThatAnswers() throws Exception {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    try (FakeHub hub = new FakeHub();
        TestOutbox box = new TestOutbox(folder)) {
      hub.open();
      List<URI> both = new ArrayList<>(List.of(URI.create("mqtt://127.0.0.1:" + nobody)));
      both.addAll(hub.address().hubUri());
      List<String> ids = box.takeBulk(1, 20);
      Uplink uplink =
          TestUplink.between(
              box.outbox(), new HubAddress(both), folder, TestSettings.quick(Map.of()));
      uplink.start();
      try {
        box.awaitEmpty();
        assertThat(hub.applied()).isEqualTo(ids);
        hub.goAway();
        await().until(() -> uplink.state().link() != UplinkState.HubLink.CONNECTED);
        hub.open();
        ids.addAll(box.takeBulk(21, 40));
        box.awaitEmpty();
        assertThat(hub.applied()).isEqualTo(ids);
      } finally {
        uplink.stop();
      }
    }
  }
}

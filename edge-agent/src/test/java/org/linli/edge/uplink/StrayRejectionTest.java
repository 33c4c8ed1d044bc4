package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.registry.Registry;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.program.thread.LivingThreads;

/**
 * Rejections that name no batch: behind a broker anybody can publish what the hub cannot read, and
 * the gateway of that topic is told.
 */
class StrayRejectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Receipt STRAY = stray(0, 0);

  /** Nothing but the answer to the stray gets the lane going within the test. */
  private static final Map<String, String> PATIENT =
      Map.of("linli.uplink.rejected-pause", "10m", "linli.uplink.receipt-wait", "1m");

  @TempDir Path folder;

  private final FakeHub hub = new FakeHub();
  private final LivingThreads threads = new LivingThreads(Clock.systemUTC());
  private TestOutbox box;
  private Optional<Uplink> started = Optional.empty();

  @BeforeEach
  void open() {
    hub.open();
    box = new TestOutbox(folder.resolve("box"));
  }

  @AfterEach
  void close() {
    started.ifPresent(Uplink::stop);
    box.close();
    hub.close();
  }

  private static Receipt stray(long epoch, long sequence) {
    return new Receipt.Rejected(
        epoch, Lane.URGENT, sequence, Receipt.RejectionReason.UNREADABLE, "no zstd frame");
  }

  private Uplink start(Map<String, String> settings) {
    Uplink uplink =
        new Uplink(
            box.outbox(),
            box.outbox(),
            hub.address(),
            new AgentSettings(folder, TestOutbox.GATEWAY),
            TestSettings.quick(new HashMap<>(settings)),
            new Registry(new AgentSettings(folder, TestOutbox.GATEWAY)),
            Optional::empty,
            Optional.empty(),
            Clock.systemUTC(),
            threads);
    uplink.start();
    started = Optional.of(uplink);
    await().atMost(PATIENCE).until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);
    return uplink;
  }

  private void awaitEmptyOutbox() {
    await().atMost(PATIENCE).until(() -> box.outbox().ledger().queued() == 0);
  }

  private static String health(Uplink uplink) {
    return new UplinkHealth(uplink).health().getStatus().getCode();
  }

  @Test
  void withNothingUnderWayIsPassedOver() throws Exception {
    Uplink uplink = start(PATIENT);
    hub.say(STRAY);
    hub.say(stray(7, 40));
    box.take(TestOutbox.FORCED, "u1");

    awaitEmptyOutbox();
    assertThat(hub.applied()).containsExactly("u1");
    assertThat(uplink.state().problem()).isNull();
    assertThat(health(uplink)).isEqualTo("UP");
  }

  @Test
  void holdsTheLaneNoLongerThanTheReceiptOfWhatIsUnderWay() throws Exception {
    hub.hold();
    Uplink uplink = start(PATIENT);
    box.take(TestOutbox.FORCED, "u1");
    await().atMost(PATIENCE).until(() -> hub.heard().size() == 1);
    hub.say(STRAY);
    hub.release();
    awaitEmptyOutbox();
    box.take(TestOutbox.FORCED, "u2");

    awaitEmptyOutbox();
    assertThat(hub.applied()).containsExactly("u1", "u2");
    assertThat(health(uplink)).isEqualTo("UP");
  }

  @Test
  void makesItSendAgainWhatMayHaveBeenDamagedOnTheWay() throws Exception {
    hub.hold();
    start(PATIENT);
    box.take(TestOutbox.FORCED, "u1");
    await().atMost(PATIENCE).until(() -> hub.heard().size() == 1);
    for (int stray = 0; stray < 50; stray++) {
      hub.say(STRAY);
    }

    await().atMost(PATIENCE).until(() -> hub.heard().size() == 2);
    assertThat(hub.heard()).extracting(Batch::first).containsExactly(1L, 1L);
    hub.release();
    awaitEmptyOutbox();
    assertThat(hub.applied()).as("once").containsExactly("u1");
  }

  @Test
  void ofABatchThatTheHubCannotReadHaltsTheLaneAfterAFewTries() throws Exception {
    hub.cannotRead(true);
    Uplink uplink = start(PATIENT);
    box.take(TestOutbox.FORCED, "u1");

    await().atMost(PATIENCE).until(() -> health(uplink).equals("DOWN"));
    assertThat(uplink.state().problem()).contains("urgent lane", "UNREADABLE", "no zstd frame");
    int sent = hub.heard().size();
    assertThat(sent).isLessThanOrEqualTo(4);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .until(() -> hub.heard().size() == sent && health(uplink).equals("DOWN"));
    assertThat(box.outbox().ledger().queued()).isEqualTo(1);
  }

  @Test
  void isTriedAgainAfterThePauseOfRejectedBatches() throws Exception {
    hub.cannotRead(true);
    Uplink uplink = start(Map.of());
    box.take(TestOutbox.FORCED, "u1");
    await().atMost(PATIENCE).until(() -> uplink.state().problem() != null);

    hub.cannotRead(false);
    awaitEmptyOutbox();
    assertThat(hub.applied()).containsExactly("u1");
    await().atMost(PATIENCE).until(() -> uplink.state().problem() == null);
  }

  @Test
  void isSaidOnThePageWhileALaneIsHalted() throws Exception {
    hub.cannotRead(true);
    try (RunningGateway gateway =
            RunningGateway.start(folder.resolve("gateway"), "--linli.hub-uri=" + hub.address());
        HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(gateway.http("/linli/access/door-1"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"type\":\"door.forced\"}"))
              .build(),
          BodyHandlers.discarding());

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(page(http, gateway.http("/?lang=en")))
                      .contains("The hub answers.")
                      .contains("The hub rejects the urgent events"));
      assertThat(page(http, gateway.http("/?lang=zh"))).contains("平台拒收紧急事件");
      assertThat(List.of("en", "zh"))
          .allSatisfy(
              language ->
                  assertThat(page(http, gateway.http("/?lang=" + language)))
                      .doesNotContain("hub.halted"));
    }
  }

  private static String page(HttpClient http, URI page) throws Exception {
    return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
  }
}

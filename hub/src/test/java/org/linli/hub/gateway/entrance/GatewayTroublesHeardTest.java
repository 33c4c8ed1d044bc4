package org.linli.hub.gateway.entrance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;

/** When the hub tells what a gateway says is wrong there. */
class GatewayTroublesHeardTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Map<GatewayTrouble, Instant> FULL = Map.of(GatewayTrouble.DISK_FULL, NOON);

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void open() {
    hub = new TestHub(folder);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private void say(@Nullable Instant sentAt, Map<GatewayTrouble, Instant> troubles) {
    hub.entrance()
        .noteTroubles(GATEWAY, new UserProperties(null, sentAt, null, null, null, troubles));
  }

  @Test
  void hearsItWithTheStatusAReportAndABatch() throws Exception {
    long sent = NOON.toEpochMilli();
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.publishWithTrouble(
          "linli/1/gateway-1/status", "online".getBytes(UTF_8), sent, "disk-full 0");
      await().until(() -> hub.troublesRead().size() == 1);
      gateway.publishWithTrouble(
          "linli/1/gateway-1/up/equipment", new byte[0], sent + 1, "takes-nothing 1,disk-full 0");
      await().until(() -> hub.troublesRead().size() == 2);
      gateway.publishWithTrouble(
          "linli/1/gateway-1/up/bulk",
          BatchCodec.encode(Batches.of("gateway-1").epoch(1).rows(1, 1)),
          sent + 2,
          "");
      await().until(() -> hub.troublesRead().size() == 3);
    }
    assertThat(hub.troublesRead())
        .extracting(GatewayTroublesRead::troubles)
        .containsExactly(
            Map.of(GatewayTrouble.DISK_FULL, Instant.EPOCH),
            Map.of(
                GatewayTrouble.TAKES_NOTHING,
                Instant.ofEpochMilli(1),
                GatewayTrouble.DISK_FULL,
                Instant.EPOCH),
            Map.of());
    assertThat(hub.troublesRead().getFirst().before()).as("the first since the start").isNull();
    assertThat(hub.troublesRead().getLast().before()).hasSize(2);
  }

  @Test
  void tellsEachChangeOnce() {
    say(NOON, Map.of());
    say(NOON.plusMillis(1), Map.of());
    say(NOON.plusMillis(2), FULL);
    say(NOON.plusMillis(3), Map.of(GatewayTrouble.DISK_FULL, NOON.plusSeconds(1)));

    assertThat(hub.troublesRead())
        .extracting(GatewayTroublesRead::troubles)
        .containsExactly(Map.of(), FULL);
  }

  @Test
  void takesNothingFromAMessageThatComesBehindALaterOne() {
    say(NOON, FULL);
    say(NOON.minusMillis(1), Map.of());
    say(NOON.minus(Duration.ofMinutes(5)), Map.of());
    assertThat(hub.troublesRead()).hasSize(1);

    say(NOON.minus(Duration.ofMinutes(5)).minusMillis(1), Map.of());
    assertThat(hub.troublesRead()).as("a clock that was set back").hasSize(2);
    say(null, FULL);
    assertThat(hub.troublesRead()).as("it does not say when").hasSize(3);
    say(Instant.ofEpochMilli(-Long.MAX_VALUE), Map.of());
    say(Instant.ofEpochMilli(Long.MAX_VALUE), FULL);
    say(Instant.ofEpochMilli(-Long.MAX_VALUE), Map.of());
    assertThat(hub.troublesRead()).as("whatever its clock shows").hasSize(6);
  }

  @Test
  void believesAGatewayThatComesBackWithItsClockAMinuteBehind() throws Exception {
    byte[] online = "online".getBytes(UTF_8);
    String status = "linli/1/gateway-1/status";
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.publishWithTrouble(status, online, NOON.toEpochMilli(), "disk-full 0");
      await().until(() -> hub.troublesRead().size() == 1);
    }
    try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.publishWithTrouble(status, online, NOON.minusSeconds(60).toEpochMilli(), "");
      await().until(() -> hub.troublesRead().size() == 2);
    }
    assertThat(hub.troublesRead().getLast().troubles()).isEmpty();
  }

  @Test
  void hearsNoMoreNewTroublesThanCanBeToldToAPersonAndAlwaysThatAllIsWell() {
    for (int i = 0; i < 300; i++) {
      say(NOON.plusMillis(2L * i), FULL);
      say(NOON.plusMillis(2L * i + 1), Map.of());
    }

    assertThat(hub.troublesRead())
        .filteredOn(read -> !read.troubles().isEmpty())
        .hasSizeBetween(10, 17);
    assertThat(hub.troublesRead().getLast().troubles()).isEmpty();
  }
}

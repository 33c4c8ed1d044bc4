package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.RawDevice.Connect;

/** A client that vanishes is told of by its will, as by a message like any other. */
class WillTest {

  private static final String OFFLINE = "{\"type\":\"device.offline\"}";

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.mqtt.max-will-size=1KB");

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void takesTheWillOfAClientWhoseConnectionBreaks(int version) throws IOException {
    String door = "will-reset-" + version;
    welcomed(leaving(version, door)).reset();
    awaitWills(door, 1);
  }

  @Test
  void takesTheWillOfAClientThatIsSilentForTooLong() throws IOException {
    RawDevice silent = welcomed(leaving(5, "will-silent").keepAlive(1));
    assertThat(silent.read()).as("keep-alive timeout").startsWith(0xe0).contains(0x8d);
    awaitWills("will-silent", 1);
  }

  @Test
  void takesTheWillOfAClientThatIsTakenOver() throws IOException {
    welcomed(leaving(4, "will-twin"));
    gateway.raw("will-twin");
    awaitWills("will-twin", 1);
  }

  @Test
  void takesTheWillOfAClientThatSaysSoWhenItLeaves() throws IOException {
    welcomed(leaving(5, "will-said")).send(0xe0, 2, 4, 0);
    awaitWills("will-said", 1);
  }

  @Test
  void takesTheWillOfAClientThatIsTurnedAway() throws IOException {
    RawDevice confused = welcomed(leaving(4, "will-confused"));
    confused.send(0x36, 2, 0, 0);
    assertThat(confused.read()).isEmpty();
    awaitWills("will-confused", 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void forgetsTheWillOfAClientThatLeavesInOrder(int version) throws IOException {
    String door = "will-order-" + version;
    RawDevice polite = welcomed(leaving(version, door));
    polite.send(0xe0, 0);
    assertThat(polite.read()).isEmpty();
    // What is said of a later one shows that nothing is on its way any more.
    welcomed(leaving(version, door + "-later")).reset();
    awaitWills(door + "-later", 1);
    awaitWills(door, 0);
  }

  @Test
  void withdrawsADelayedWillWhenTheClientIsBack() throws IOException {
    welcomed(leaving(5, "will-back").lasting().willDelay(1)).reset();
    RawDevice back = gateway.raw(new Connect(5, "will-back").lasting());
    await().untilAsserted(() -> assertThat(back.read()).startsWith(0x20));
    welcomed(leaving(5, "will-delayed").lasting().willDelay(2)).reset();
    awaitWills("will-delayed", 1);
    awaitWills("will-back", 0);
  }

  @Test
  void takesADelayedWillAtOnceWhenTheSessionIsThrownAway() throws IOException {
    welcomed(leaving(5, "will-clean").lasting().willDelay(3_600)).reset();
    gateway.raw("will-clean", 5);
    awaitWills("will-clean", 1);
  }

  @Test
  void takesADelayedWillAtOnceWhereTheSessionEndsWithTheConnection() throws IOException {
    welcomed(leaving(5, "will-now").willDelay(3_600)).reset();
    awaitWills("will-now", 1);
  }

  @Test
  void makesADeadLetterOfAWillThatCannotBeRead() throws IOException {
    welcomed(new Connect(4, "will-noise").will("linli/access/will-noise", "gone")).reset();
    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(gateway.running().lastDeadLetter().source())
                  .isEqualTo("mqtt://will-noise");
              assertThat(gateway.running().lastDeadLetter().refusal().reason())
                  .isEqualTo(RefusalReason.NOT_JSON);
            });
    welcomed(new Connect(4, "will-away").will("home/door", OFFLINE)).reset();
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(gateway.running().lastDeadLetter().refusal().reason())
                    .isEqualTo(RefusalReason.UNKNOWN_ADDRESS));
  }

  @Test
  void triesAgainWhileTheDiskRefuses() throws IOException {
    RawDevice device = welcomed(leaving(4, "will-disk"));
    gateway.running().valve().breakDisk(true);
    try {
      device.reset();
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(gateway.running().kept("will-disk")).isEmpty());
    } finally {
      gateway.running().valve().breakDisk(false);
    }
    awaitWills("will-disk", 1);
  }

  @Test
  void refusesAWillThatCouldNeverBePublished() throws IOException {
    for (String topic : List.of("linli/access/+", "linli/#", "")) {
      assertThat(gateway.raw(new Connect(5, "will-wild").will(topic, OFFLINE)).read())
          .startsWith(0x20)
          .contains(0x90);
      assertThat(gateway.raw(new Connect(4, "will-wild").will(topic, OFFLINE)).read()).isEmpty();
    }
    String large = "x".repeat(1_025);
    assertThat(gateway.raw(new Connect(5, "will-large").will("linli/access/x", large)).read())
        .startsWith(0x20)
        .contains(0x95);
    assertThat(gateway.raw(new Connect(4, "will-large").will("linli/access/x", large)).read())
        .isEmpty();
  }

  @Test
  void saysNothingOfItsClientsWhenItStopsInOrder() throws IOException {
    welcomed(leaving(4, "will-stop"));
    gateway.restart();
    awaitWills("will-stop", 0);
  }

  private static Connect leaving(int version, String clientId) {
    return new Connect(version, clientId).will("linli/access/" + clientId, OFFLINE);
  }

  private static RawDevice welcomed(Connect connect) throws IOException {
    RawDevice device = gateway.raw(connect);
    assertThat(device.read()).startsWith(0x20).containsSequence(0, 0);
    return device;
  }

  private static void awaitWills(String device, int wills) {
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.running().kept(device))
                    .extracting(event -> event.type().value())
                    .hasSize(wills)
                    .allMatch("device.offline"::equals));
  }
}

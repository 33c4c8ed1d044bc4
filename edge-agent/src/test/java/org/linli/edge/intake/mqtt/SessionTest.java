package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.mqtt.RawDevice.Connect;

/** QoS 2 and sessions that outlive their connection: delivery contract, point 1. */
class SessionTest {

  private static final String TRIP = "{\"type\":\"trip.completed\"}";

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway(
          "--linli.mqtt.in-flight=4",
          "--linli.mqtt.max-unreleased=6",
          "--linli.mqtt.max-sessions=40",
          "--linli.mqtt.session-expiry=2h");

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void takesAMessageOnceThatIsSentAgainOverTheNextConnection(int version) throws IOException {
    String lift = "lift-next-" + version;
    RawDevice first = lasting(version, lift, false);
    first.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(first.read()).containsExactly(0x50, 2, 0, 9);
    first.reset();

    RawDevice second = lasting(version, lift, true);
    second.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(second.read()).containsExactly(0x50, 2, 0, 9);
    second.release(9);
    assertThat(second.read()).containsExactly(0x70, 2, 0, 9);
    second.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(second.read()).containsExactly(0x50, 2, 0, 9);

    assertThat(gateway.running().kept(lift)).as("the released id is free again").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void takesAMessageOnceThatIsSentAgainAfterARestart(int version) throws IOException {
    String lift = "lift-restart-" + version;
    RawDevice before = lasting(version, lift, false);
    before.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(before.read()).containsExactly(0x50, 2, 0, 9);
    before.publish(2, 10, "linli/elevator/" + lift, TRIP);
    assertThat(before.read()).containsExactly(0x50, 2, 0, 10);
    before.release(10);
    assertThat(before.read()).containsExactly(0x70, 2, 0, 10);
    gateway.restart();

    RawDevice after = lasting(version, lift, true);
    after.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(after.read()).containsExactly(0x50, 2, 0, 9);
    after.release(9);
    assertThat(after.read()).containsExactly(0x70, 2, 0, 9);
    assertThat(gateway.running().kept(lift)).hasSize(2);
    after.release(10);
    assertThat(after.read()).as("forgotten on disk before its PUBCOMP").startsWith(0x70);
    after.publish(2, 10, "linli/elevator/" + lift, TRIP);
    assertThat(after.read()).containsExactly(0x50, 2, 0, 10);
    assertThat(gateway.running().kept(lift)).hasSize(3);
  }

  @Test
  void takesAMessageOnceThatIsSentAgainWhileTheFirstIsStillOnItsWayToTheDisk() throws IOException {
    RawDevice first = lasting(4, "lift-way", false);
    gateway.running().valve().close();
    RawDevice second;
    try {
      first.publish(2, 9, "linli/elevator/lift-way", TRIP);
      second = gateway.raw(new Connect(4, "lift-way").lasting());
      second.publish(2, 9, "linli/elevator/lift-way", TRIP);
      second.expectSilence(Duration.ofMillis(200));
    } finally {
      gateway.running().valve().open();
    }
    assertThat(second.read()).containsExactly(0x20, 2, 1, 0);
    assertThat(second.read()).containsExactly(0x50, 2, 0, 9);

    assertThat(gateway.running().kept("lift-way")).hasSize(1);
  }

  @Test
  void makesOneDeadLetterOfARefusedMessageThatIsSentAgain() throws IOException {
    RawDevice first = lasting(4, "lift-dead", false);
    first.publish(2, 9, "linli/elevator/lift-dead", "stuck");
    assertThat(first.read()).containsExactly(0x50, 2, 0, 9);
    long letter = gateway.running().lastDeadLetter().id();
    first.reset();

    RawDevice second = lasting(4, "lift-dead", true);
    second.publish(2, 9, "linli/elevator/lift-dead", "stuck");
    assertThat(second.read()).containsExactly(0x50, 2, 0, 9);

    assertThat(gateway.running().lastDeadLetter().id()).isEqualTo(letter);
  }

  @Test
  void doesNotSayPubcompBeforeTheIdIsForgottenOnDisk() throws IOException {
    RawDevice device = lasting(4, "lift-comp", false);
    device.publish(2, 9, "linli/elevator/lift-comp", TRIP);
    assertThat(device.read()).containsExactly(0x50, 2, 0, 9);
    gateway.running().valve().close();
    try {
      device.release(9);
      device.expectSilence(Duration.ofMillis(300));
    } finally {
      gateway.running().valve().open();
    }
    assertThat(device.read()).containsExactly(0x70, 2, 0, 9);
  }

  @Test
  void closesTheConnectionAndKeepsTheIdWhenTheDiskRefusesToForgetIt() throws IOException {
    RawDevice device = lasting(4, "lift-refused", false);
    device.publish(2, 9, "linli/elevator/lift-refused", TRIP);
    assertThat(device.read()).containsExactly(0x50, 2, 0, 9);
    gateway.running().valve().breakDisk(true);
    try {
      device.release(9);
      assertThat(device.read()).as("no PUBCOMP, the end").isEmpty();
      assertThat(gateway.raw(new Connect(4, "lift-refused").lasting()).read())
          .as("nobody is let in whose session cannot be read")
          .containsExactly(0x20, 2, 0, 3);
      assertThat(gateway.raw(new Connect(5, "lift-refused").lasting()).read())
          .startsWith(0x20)
          .contains(0x88);
    } finally {
      gateway.running().valve().breakDisk(false);
    }
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(gateway.raw(new Connect(4, "lift-refused").lasting()).read())
                    .containsExactly(0x20, 2, 1, 0));
    RawDevice back = lasting(4, "lift-refused", true);
    back.publish(2, 9, "linli/elevator/lift-refused", TRIP);
    assertThat(back.read()).containsExactly(0x50, 2, 0, 9);
    assertThat(gateway.running().kept("lift-refused")).hasSize(1);
  }

  @Test
  void forgetsASessionWithItsConnectionWhereTheClientWantsItSo() throws IOException {
    RawDevice first = gateway.raw("lift-short", 5);
    first.publish(2, 9, "linli/elevator/lift-short", TRIP);
    assertThat(first.read()).containsExactly(0x50, 2, 0, 9);
    first.reset();

    RawDevice second = gateway.raw("lift-short", 5);
    second.publish(2, 9, "linli/elevator/lift-short", TRIP);
    assertThat(second.read()).containsExactly(0x50, 2, 0, 9);
    assertThat(gateway.running().kept("lift-short")).as("as MQTT has it").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void throwsAnEarlierSessionAwayForACleanStart(int version) throws IOException {
    String lift = "lift-clean-" + version;
    RawDevice first = lasting(version, lift, false);
    first.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(first.read()).containsExactly(0x50, 2, 0, 9);
    first.reset();

    RawDevice clean = gateway.raw(lift, version);
    clean.publish(2, 9, "linli/elevator/" + lift, TRIP);
    assertThat(clean.read()).containsExactly(0x50, 2, 0, 9);
    assertThat(gateway.running().kept(lift)).hasSize(2);
    clean.close();
    lasting(version, lift, false);
  }

  @Test
  void endsASessionAtADisconnectThatSaysSo() throws IOException {
    RawDevice first = lasting(5, "lift-bye", false);
    first.send(0xe0, 7, 0, 5, 0x11, 0, 0, 0, 0);
    assertThat(first.read()).isEmpty();
    lasting(5, "lift-bye", false);
  }

  @Test
  void doesNotProlongAtDisconnectWhatWasToEnd() throws IOException {
    RawDevice device = gateway.raw("lift-longer", 5);
    device.send(0xe0, 7, 0, 5, 0x11, 0, 0, 0, 9);
    assertThat(device.read()).startsWith(0xe0).contains(0x82);
  }

  @Test
  void saysHowLongASessionWillBeKept() throws IOException {
    assertThat(gateway.raw(new Connect(5, "lift-hour").lasting()).read())
        .containsSequence(0x11, 0, 0, 0x0e, 0x10);
    assertThat(gateway.raw(new Connect(5, "lift-ever").lasting().expiry(Integer.MAX_VALUE)).read())
        .as("two hours at most")
        .containsSequence(0x11, 0, 0, 0x1c, 0x20);
    assertThat(gateway.raw(new Connect(5, "lift-brief")).read()).containsSequence(0x11, 0, 0, 0, 0);
  }

  @Test
  void disconnectsAClientThatLeavesTooManyIdsUnreleased() throws IOException {
    RawDevice device = lasting(4, "lift-many", false);
    for (int id = 1; id <= 6; id++) {
      device.publish(2, id, "linli/elevator/lift-many", TRIP);
      assertThat(device.read()).containsExactly(0x50, 2, 0, id);
    }
    device.publish(2, 7, "linli/elevator/lift-many", TRIP);
    assertThat(device.read()).isEmpty();
    assertThat(gateway.running().kept("lift-many")).hasSize(6);
  }

  @Test
  void takesWhatWasSentRightBehindTheConnect() throws IOException {
    RawDevice device = gateway.raw(new Connect(4, "lift-eager").lasting());
    device.publish(1, 3, "linli/elevator/lift-eager", TRIP);
    device.send(0xc0, 0);
    assertThat(device.read()).containsExactly(0x20, 2, 0, 0);
    assertThat(device.read()).startsWith(0xd0);
    assertThat(device.read()).containsExactly(0x40, 2, 0, 3);
  }

  private static RawDevice lasting(int version, String clientId, boolean present)
      throws IOException {
    RawDevice device = gateway.raw(new Connect(version, clientId).lasting());
    assertThat(device.read()).startsWith(0x20).containsSequence(present ? 1 : 0, 0);
    return device;
  }
}

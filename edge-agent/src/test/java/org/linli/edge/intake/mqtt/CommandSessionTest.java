package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.mqtt.RawDevice.Connect;
import org.linli.edge.intake.mqtt.Subscriber.Delivered;
import org.linli.edge.intake.mqtt.access.TestPassword;

/** Commands to clients whose session outlives connection and gateway: MQTT 5 sections 4.1, 4.4. */
class CommandSessionTest {

  @RegisterExtension static final MqttGateway gateway = new MqttGateway();

  @ParameterizedTest
  @CsvSource({"4, false", "5, false", "4, true", "5, true"})
  void sendsAgainWhatWasNotAcknowledged(int version, boolean restarted) throws IOException {
    String device = "again-" + version + restarted;
    String topic = Subscriber.topic(device);
    Subscriber first = lasting(version, device, false);
    first.subscribe(topic, 1);
    set(topic, "{\"open\":1}");
    assertThat(first.delivered(topic).again()).isFalse();
    first.device().reset();
    if (restarted) {
      gateway.restart();
    }

    Subscriber second = lasting(version, device, true);
    assertThat(second.delivered(topic)).isEqualTo(new Delivered(1, false, true, 1, "{\"open\":1}"));
    second.device().acknowledge(1);
    second.expectNothing();
    second.device().reset();

    Subscriber third = lasting(version, device, true);
    third.expectNothing();
    set(topic, "{\"open\":2}");
    assertThat(third.delivered(topic).content()).as("still subscribed").isEqualTo("{\"open\":2}");
  }

  @ParameterizedTest
  @CsvSource({"4, 0, false", "5, 1, false", "4, 1, true", "5, 0, true"})
  void bringsTheLastOfTheCommandsThatCameWhileTheClientWasAway(
      int version, int qos, boolean restarted) throws IOException {
    String device = "return-" + version + restarted;
    String topic = Subscriber.topic(device);
    Subscriber first = lasting(version, device, false);
    first.subscribe(topic, qos);
    set(topic, "{\"open\":1}");
    first.delivered(topic);
    if (qos == 1) {
      first.device().acknowledge(1);
    }
    first.expectNothing();
    first.device().reset();
    // What is sent at QoS 0 before the gateway has seen the end is sent, and lost on the way.
    await().until(() -> gateway.running().gauge("linli.mqtt.connections") == 0);
    set(topic, "{\"open\":2}");
    set(topic, "{\"open\":3}");
    if (restarted) {
      gateway.restart();
    }

    Subscriber second = lasting(version, device, true);
    Delivered delivered = second.delivered(topic);
    assertThat(delivered.content()).isEqualTo("{\"open\":3}");
    assertThat(delivered.retain()).as("its subscription is no new one").isFalse();
    assertThat(delivered.qos()).isEqualTo(qos);
    if (qos == 1) {
      second.device().acknowledge(delivered.packetId());
    }
    second.expectNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void sendsNothingAgainThatDoesNotHoldAnyMore(int version) throws IOException {
    String device = "stale-" + version;
    String topic = Subscriber.topic(device);
    Subscriber first = lasting(version, device, false);
    first.subscribe(topic, 1);
    set(topic, "{\"open\":1}");
    assertThat(first.delivered(topic).packetId()).isEqualTo(1);
    first.device().reset();
    set(topic, "{\"open\":2}");

    Subscriber second = lasting(version, device, true);
    assertThat(second.delivered(topic))
        .as("under another packet id, because it is another message")
        .isEqualTo(new Delivered(1, false, false, 2, "{\"open\":2}"));
    second.device().reset();
    gateway.running().commands().withdraw(Subscriber.address(topic)).join();

    Subscriber third = lasting(version, device, true);
    third.expectNothing();
    set(topic, "{\"open\":3}");
    assertThat(third.delivered(topic).content()).isEqualTo("{\"open\":3}");
  }

  @Test
  void answersANewSubscribeAlsoWhileTheLastCommandIsNotAcknowledged() throws IOException {
    String topic = Subscriber.topic("eager");
    Subscriber first = lasting(4, "eager", false);
    first.subscribe(topic, 1);
    set(topic, "{\"open\":1}");
    first.delivered(topic);
    first.device().reset();

    // As most libraries do: subscribe after every CONNACK, and acknowledge when there is time.
    Subscriber second = lasting(4, "eager", true);
    assertThat(second.delivered(topic).again()).isTrue();
    second.subscribe(topic, 1);
    second.expectNothing();
    second.device().acknowledge(1);
    assertThat(second.delivered(topic)).isEqualTo(new Delivered(1, true, false, 2, "{\"open\":1}"));
    second.device().acknowledge(2);
    second.expectNothing();
  }

  @Test
  void sendsNoMoreAgainThanTheClientTakesNow() throws IOException {
    String one = "linli/access/narrow/command";
    String two = "linli/elevator/narrow/command";
    Subscriber first = lasting(5, "narrow", false);
    first.subscribe(one, 1);
    first.subscribe(two, 1);
    set(one, "{\"open\":1}");
    first.delivered(one);
    set(two, "{\"floor\":1}");
    first.delivered(two);
    first.device().reset();

    RawDevice narrow = gateway.raw(new Connect(5, "narrow").lasting().receiveMaximum(1));
    assertThat(narrow.read()).startsWith(0x20).containsSequence(1, 0);
    Subscriber second = new Subscriber(narrow);
    int[] packet = narrow.read();
    assertThat(packet[0]).as("PUBLISH, DUP, QoS 1").isEqualTo(0x3a);
    int sent = packetId(packet);
    String waiting = sent == 1 ? two : one;
    assertThat(second.subscribe(waiting, 1)).isEqualTo(1);
    second.expectNothing();
    narrow.acknowledge(sent);
    assertThat(second.delivered(waiting).again()).isTrue();
    narrow.acknowledge(3 - sent);
    assertThat(second.delivered(waiting).retain()).as("for the new SUBSCRIBE").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void keepsNoSubscriptionAfterItsUnsubackOrACleanStart(int version) throws IOException {
    String device = "unsub-" + version;
    String topic = Subscriber.topic(device);
    Subscriber first = lasting(version, device, false);
    first.subscribe(topic, 1);
    first.device().unsubscribe(8, topic);
    assertThat(first.device().read()).startsWith(0xb0);
    first.device().reset();
    set(topic, "{\"open\":1}");
    Subscriber second = lasting(version, device, true);
    second.expectNothing();
    second.subscribe(topic, 1);
    second.delivered(topic);
    second.device().reset();

    Subscriber clean = new Subscriber(gateway.raw(device, version));
    clean.expectNothing();
    clean.device().reset();
    lasting(version, device, false).expectNothing();
  }

  @Test
  void doesNotSaySubackBeforeTheSubscriptionIsOnDisk() throws IOException {
    Subscriber door = lasting(4, "suback", false);
    gateway.running().valve().close();
    try {
      door.device().subscribe(7, Subscriber.topic("suback"), 1);
      door.device().expectSilence(Duration.ofMillis(300));
    } finally {
      gateway.running().valve().open();
    }
    assertThat(door.device().read()).containsExactly(0x90, 3, 0, 7, 1);
  }

  @Test
  void closesTheConnectionWhereTheDiskRefusesASubscription() throws IOException {
    Subscriber door = lasting(5, "refused", false);
    gateway.running().valve().breakDisk(true);
    try {
      door.device().subscribe(7, Subscriber.topic("refused"), 1);
      assertThat(door.device().read()).startsWith(0xe0).contains(0x97);
    } finally {
      gateway.running().valve().breakDisk(false);
    }
  }

  /** The rights of a client may have been cut between two starts. */
  @Test
  void forgetsASubscriptionThatItsClientHasNoRightToAnyMore() throws IOException {
    String topic = "linli/access/panel/command";
    Path data = Files.createTempDirectory("linli-rights");
    try (RunningGateway free = RunningGateway.start(data)) {
      Subscriber panel =
          new Subscriber(RawDevice.with(free.mqttPort(), new Connect(4, "panel").lasting()));
      assertThat(panel.device().read()).containsExactly(0x20, 2, 0, 0);
      panel.subscribe(topic, 1);
      panel.device().close();
    }
    Path clients =
        Files.writeString(
            data.resolve("clients.yml"),
            "clients: [{name: panel, password: " + TestPassword.HASH + ", read: []}]");
    try (RunningGateway ruled =
        RunningGateway.start(data, "--linli.mqtt.clients-file=" + clients)) {
      Subscriber.command(ruled.commands(), topic, "{\"open\":1}");
      Subscriber panel =
          new Subscriber(
              RawDevice.with(
                  ruled.mqttPort(), new Connect(4, "panel").lasting().signIn("panel", "dōor")));
      assertThat(panel.device().read()).containsExactly(0x20, 2, 1, 0);
      panel.expectNothing();
      panel.device().close();
    }
  }

  private static int packetId(int[] publish) {
    int at = 4 + (publish[2] << 8 | publish[3]);
    return publish[at] << 8 | publish[at + 1];
  }

  private static void set(String topic, String content) {
    Subscriber.command(gateway.running().commands(), topic, content);
  }

  private static Subscriber lasting(int version, String clientId, boolean present)
      throws IOException {
    RawDevice device = gateway.raw(new Connect(version, clientId).lasting());
    assertThat(device.read()).startsWith(0x20).containsSequence(present ? 1 : 0, 0);
    return new Subscriber(device);
  }
}

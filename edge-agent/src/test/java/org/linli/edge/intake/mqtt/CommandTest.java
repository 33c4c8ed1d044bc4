package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.mqtt.RawDevice.Connect;
import org.linli.edge.intake.mqtt.Subscriber.Delivered;

/** Commands to clients that are connected: MQTT 5 sections 3.3.1.3, 3.8.3.1, 3.8.4 and 4.9. */
class CommandTest {

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.mqtt.max-subscriptions=3");

  @ParameterizedTest
  @CsvSource({"4, 0, 0", "4, 1, 1", "4, 2, 1", "5, 0, 0", "5, 1, 1", "5, 2, 1"})
  void deliversTheLastCommandAsRetainedAfterTheSuback(int version, int asked, int granted)
      throws IOException {
    String topic = Subscriber.topic("last-" + version + asked);
    set(topic, "{\"open\":1}");
    set(topic, "{\"open\":2}");
    Subscriber door = connected(version, "last-" + version + asked);

    assertThat(door.subscribe(topic, asked)).isEqualTo(granted);

    assertThat(door.delivered(topic))
        .isEqualTo(new Delivered(granted, true, false, granted, "{\"open\":2}"));
    door.expectNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void deliversANewCommandAtOnceAndNotAsRetained(int version) throws IOException {
    String topic = Subscriber.topic("live-" + version);
    Subscriber door = connected(version, "live-" + version);
    door.subscribe(topic, 1);
    // What comes between SUBACK and the look at what is retained counts as retained.
    door.expectNothing();

    set(topic, "{\"open\":1}");

    assertThat(door.delivered(topic)).isEqualTo(new Delivered(1, false, false, 1, "{\"open\":1}"));
    door.device().acknowledge(1);
    set(topic, "{\"open\":2}");
    assertThat(door.delivered(topic)).isEqualTo(new Delivered(1, false, false, 2, "{\"open\":2}"));
    door.device().acknowledge(2);
    door.expectNothing();
  }

  @Test
  void saysThatALiveCommandIsRetainedWhereTheClientWantsItAsPublished() throws IOException {
    String topic = Subscriber.topic("published");
    Subscriber door = connected(5, "published");
    door.subscribe(topic, 0, true, 0);
    set(topic, "{\"open\":1}");
    assertThat(door.delivered(topic).retain()).isTrue();
  }

  @Test
  void deliversWhatIsRetainedAsRetainHandlingSays() throws IOException {
    String topic = Subscriber.topic("handling");
    set(topic, "{\"open\":1}");
    Subscriber door = connected(5, "handling");

    door.subscribe(topic, 0, false, 2);
    door.expectNothing();
    door.subscribe(topic, 0, false, 1);
    door.expectNothing();
    door.subscribe(topic, 0, false, 0);
    assertThat(door.delivered(topic).retain()).isTrue();
    door.subscribe(topic, 0, false, 0);
    assertThat(door.delivered(topic).retain()).as("again, for each SUBSCRIBE").isTrue();
    set(topic, "{\"open\":2}");
    assertThat(door.delivered(topic).content()).isEqualTo("{\"open\":2}");
    door.expectNothing();

    Subscriber other = connected(5, "handling");
    other.subscribe(topic, 0, false, 1);
    assertThat(other.delivered(topic).retain()).as("a new subscription").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void deliversOnlyTheLastOfThoseThatCameBeforeThePuback(int version) throws IOException {
    String topic = Subscriber.topic("slow-" + version);
    Subscriber door = connected(version, "slow-" + version);
    door.subscribe(topic, 1);
    for (int i = 1; i <= 5; i++) {
      set(topic, "{\"open\":" + i + "}");
      if (i == 1) {
        assertThat(door.delivered(topic).content()).isEqualTo("{\"open\":1}");
      }
    }
    door.expectNothing();

    door.device().acknowledge(1);

    assertThat(door.delivered(topic).content()).isEqualTo("{\"open\":5}");
    door.device().acknowledge(2);
    door.expectNothing();
  }

  @Test
  void hasNoMoreInFlightThanTheClientTakes() throws IOException {
    String first = "linli/access/window/command";
    String second = "linli/elevator/window/command";
    set(first, "{\"open\":1}");
    set(second, "{\"floor\":1}");
    Subscriber door = connected(new Connect(5, "window").receiveMaximum(1));
    door.subscribe(first, 1);
    assertThat(door.delivered(first).packetId()).isEqualTo(1);
    door.subscribe(second, 1);
    door.expectNothing();

    door.device().acknowledge(1);

    assertThat(door.delivered(second)).isEqualTo(new Delivered(1, true, false, 2, "{\"floor\":1}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void doesNotSendWhatIsLargerThanTheClientTakes(int qos) throws IOException {
    String device = "small-" + qos;
    String topic = Subscriber.topic(device);
    // Type, length, topic with its length, packet id, no properties, and the content.
    int room = 2 + 2 + topic.length() + 2 * qos + 1;
    Subscriber door = connected(new Connect(5, device).maximumPacketSize(room + 20));
    door.subscribe(topic, qos);
    set(topic, "x".repeat(21));
    door.expectNothing();

    set(topic, "y".repeat(20));

    assertThat(door.delivered(topic).content()).isEqualTo("y".repeat(20));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void deliversNothingThatWasWithdrawn(int version) throws IOException {
    String topic = Subscriber.topic("gone-" + version);
    Subscriber door = connected(version, "gone-" + version);
    door.subscribe(topic, 1);
    set(topic, "{\"open\":1}");
    door.delivered(topic);
    set(topic, "{\"open\":2}");
    gateway.running().commands().withdraw(Subscriber.address(topic)).join();
    door.device().acknowledge(1);
    door.expectNothing();

    door.subscribe(topic, 1);
    door.expectNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void deliversNothingAfterTheUnsuback(int version) throws IOException {
    String topic = Subscriber.topic("away-" + version);
    Subscriber door = connected(version, "away-" + version);
    door.subscribe(topic, 0);
    door.device().unsubscribe(8, topic);
    assertThat(door.device().read())
        .isEqualTo(version == 5 ? new int[] {0xb0, 4, 0, 8, 0, 0} : new int[] {0xb0, 2, 0, 8});

    set(topic, "{\"open\":1}");

    door.expectNothing();
    door.device().unsubscribe(9, topic);
    if (version == 5) {
      assertThat(door.device().read()).as("there was none").endsWith(0x11);
    }
  }

  /** Of 400 commands of 64 kB each only those are held that the sockets take. */
  @Test
  void holdsNoMoreForAClientThatDoesNotReadThanItsSocketTakes() throws IOException {
    String topic = Subscriber.topic("deaf");
    Subscriber door = connected(5, "deaf");
    door.subscribe(topic, 0);
    String end = "x".repeat(64 * 1024);
    for (int i = 1; i <= 400; i++) {
      set(topic, i + end);
    }

    int delivered = 1;
    while (!door.delivered(topic).content().startsWith("400x")) {
      delivered++;
    }
    assertThat(delivered).isLessThan(300);
    door.expectNothing();
  }

  @ParameterizedTest
  @CsvSource({"4, 0x80", "5, 0x97"})
  void grantsNoMoreSubscriptionsThanItMay(int version, int refused) throws IOException {
    Subscriber door = connected(version, "many-" + version);
    assertThat(door.subscribe("linli/access/many-" + version + "/command", 0)).isZero();
    assertThat(door.subscribe("linli/care/many-" + version + "/command", 0)).isZero();
    assertThat(door.subscribe("linli/power/many-" + version + "/command", 0)).isZero();
    assertThat(door.subscribe("linli/camera/many-" + version + "/command", 0)).isEqualTo(refused);
    assertThat(door.subscribe("linli/power/many-" + version + "/command", 1))
        .as("this one is there already")
        .isEqualTo(1);
  }

  @Test
  void refusesAClientThatTakesNothing() throws IOException {
    assertThat(gateway.raw(new Connect(5, "nothing").receiveMaximum(0)).read())
        .startsWith(0x20)
        .contains(0x82);
    assertThat(gateway.raw(new Connect(5, "nothing").maximumPacketSize(0)).read())
        .startsWith(0x20)
        .contains(0x82);
  }

  private static void set(String topic, String content) {
    Subscriber.command(gateway.running().commands(), topic, content);
  }

  private static Subscriber connected(int version, String clientId) throws IOException {
    return connected(new Connect(version, clientId));
  }

  private static Subscriber connected(Connect connect) throws IOException {
    RawDevice device = gateway.raw(connect);
    assertThat(device.read()).startsWith(0x20).containsSequence(0, 0);
    return new Subscriber(device);
  }
}

package org.linli.sims.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.linli.event.Kind;

/** Attacks on the gateway's MQTT port, without any credentials. */
final class MqttAttacks {

  private static final int MOST_SOCKETS = 10_000;
  private static final int SESSION_SECONDS = 86_400;
  private static final int WILL_BYTES = 16_000;
  private static final int MESSAGE_BYTES = 250 * 1024;
  private static final int MISSING_BYTES = 1_024;
  private static final int LARGEST_PROPERTY = 16 * 1_024;

  /** Fewer unanswered publishes than a gateway allows a client. */
  private static final int WINDOW = 16;

  private static final int FILTERS = 4_000;
  private static final int FILTERS_IN_ONE = 400;

  private MqttAttacks() {}

  /** Clients whose sessions all outlive their connections. */
  static void clientIds(Assault assault) throws InterruptedException {
    assault.attackers(
        20_000,
        number -> {
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(assault.name() + number, SESSION_SECONDS, "", new byte[0]));
          wire.requireConnAck();
          assault.did(1);
          assault.drop(wire);
        });
  }

  static void vanishingWills(Assault assault) throws InterruptedException {
    byte[] will = LinliMessages.measurement("note", "x".repeat(WILL_BYTES));
    assault.attackers(
        4_200,
        number -> {
          String device = assault.name() + number;
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(device, 0, topic(device), will));
          wire.requireConnAck();
          assault.did(1);
          assault.drop(wire);
        });
  }

  static void lastingWills(Assault assault) throws InterruptedException {
    byte[] will = LinliMessages.measurement("note", "x".repeat(WILL_BYTES));
    assault.attackers(
        MOST_SOCKETS,
        number -> {
          String device = assault.name() + number;
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(device, 0, topic(device), will));
          wire.requireConnAck();
          assault.did(1);
        });
  }

  static void idleSockets(Assault assault) throws InterruptedException {
    idle(assault, Port.GATEWAY_MQTT);
  }

  /** Sockets that send nothing, on any port. */
  static void idle(Assault assault, Port port) throws InterruptedException {
    assault.attackers(
        MOST_SOCKETS,
        number -> {
          assault.connect(port);
          assault.did(1);
        });
  }

  static void unreadAnswers(Assault assault) throws InterruptedException {
    byte[] questions = repeated(Mqtt.ping(), 1_000);
    assault.attackers(
        20,
        number -> {
          Wire wire = assault.connectDeaf(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(assault.name() + number));
          // Blocks when the gateway stops reading, which is what it should do.
          while (!assault.over()) {
            wire.write(questions);
            assault.did(1_000);
            TimeUnit.MILLISECONDS.sleep(20);
          }
        });
  }

  static void unreadAcknowledgements(Assault assault) throws InterruptedException {
    assault.attackers(
        50,
        number -> {
          String device = assault.name() + number;
          byte[] event =
              Mqtt.publish(1, topic(device), 1, LinliMessages.measurement("number", number));
          Wire wire = assault.connectDeaf(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(device));
          for (int i = 0; !assault.over(); i++) {
            wire.write(event);
            assault.did(1);
            TimeUnit.MILLISECONDS.sleep(20);
          }
        });
  }

  static void unfinishedQos2(Assault assault) throws InterruptedException {
    assault.attackers(
        200,
        number -> {
          String device = assault.name() + number;
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(device, SESSION_SECONDS, "", new byte[0]));
          wire.requireConnAck();
          for (int id = 1; id <= 1_100 && !assault.over(); id++) {
            wire.write(Mqtt.publish(2, topic(device), id, LinliMessages.measurement("number", id)));
            wire.readPacket();
            assault.did(1);
          }
        });
  }

  static void unfinishedPublishes(Assault assault) throws InterruptedException {
    byte[] whole = Mqtt.publish(1, topic(assault.name()), 1, new byte[MESSAGE_BYTES]);
    byte[] most = Arrays.copyOf(whole, whole.length - MISSING_BYTES);
    assault.attackers(
        1_000,
        number -> {
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(assault.name() + number));
          wire.requireConnAck();
          wire.write(most);
          assault.did(1);
        });
  }

  static void halfPackets(Assault assault) throws InterruptedException {
    List<byte[]> halves =
        List.of(
            new byte[] {Mqtt.CONNECT},
            new byte[] {Mqtt.CONNECT, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
            Mqtt.head(Mqtt.CONNECT, 64),
            Arrays.copyOf(Mqtt.connect("half-of-a-connect"), 12));
    assault.attackers(
        4_000,
        number -> {
          assault.connect(Port.GATEWAY_MQTT).write(halves.get(number % halves.size()));
          assault.did(1);
        });
  }

  /** A CONNECT may carry a will, so a port might wait for as much as for any message. */
  static void largeFirstPackets(Assault assault) throws InterruptedException {
    largeFirstPackets(assault, Port.GATEWAY_MQTT, 2_000, MESSAGE_BYTES);
  }

  /** The same on either MQTT port. */
  static void largeFirstPackets(Assault assault, Port port, int count, int bytes)
      throws InterruptedException {
    byte[] whole = Mqtt.largeConnect(assault.name(), bytes - LARGEST_PROPERTY);
    byte[] most = Arrays.copyOf(whole, whole.length - MISSING_BYTES);
    assault.attackers(
        count,
        number -> {
          Wire wire = assault.connect(port);
          assault.did(1);
          wire.write(most);
        });
  }

  static void manyFilters(Assault assault) throws InterruptedException {
    assault.attackers(
        20,
        client -> {
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(assault.name() + client, SESSION_SECONDS, "", new byte[0]));
          wire.requireConnAck();
          for (int from = 0; from < FILTERS && !assault.over(); from += FILTERS_IN_ONE) {
            List<String> filters =
                IntStream.range(from, from + FILTERS_IN_ONE)
                    .mapToObj(i -> topic("%s%d-%d".formatted(assault.name(), client, i)))
                    .map(topic -> topic + "/command")
                    .toList();
            wire.write(Mqtt.subscribe(1 + from, filters));
            wire.readPacket();
            assault.did(FILTERS_IN_ONE);
          }
        });
  }

  static void inventedDevices(Assault assault) throws InterruptedException {
    events(
        assault,
        10,
        100,
        number -> topic(longName(assault.name(), number)),
        number -> LinliMessages.measurement("number", number));
  }

  static void inventedAlarms(Assault assault) throws InterruptedException {
    events(
        assault,
        10,
        30,
        number -> topic(longName(assault.name(), number)),
        number -> LinliMessages.event("door.forced", ""));
  }

  static void unreadableAlarms(Assault assault) throws InterruptedException {
    byte[] message = "SOS, smoke, 有人被困".getBytes(StandardCharsets.UTF_8);
    events(assault, 10, 100, number -> topic(longName(assault.name(), number)), number -> message);
  }

  static void clashingKeys(Assault assault) throws InterruptedException {
    byte[] message = LinliMessages.clashingKeys(4_095);
    events(
        assault,
        10,
        2,
        number -> "zigbee2mqtt/" + assault.name() + number % 100,
        number -> message);
  }

  static void collidingNames(Assault assault) throws InterruptedException {
    byte[] message = LinliMessages.collidingNames(4_096);
    events(
        assault,
        10,
        2,
        number -> "zigbee2mqtt/" + assault.name() + number % 100,
        number -> message);
  }

  static void manyValues(Assault assault) throws InterruptedException {
    byte[] message = LinliMessages.manyValues(MESSAGE_BYTES);
    events(assault, 10, 2, number -> topic(assault.name() + number % 100), number -> message);
  }

  /**
   * Each client subscribes to its own commands, for every kind of equipment: it may not subscribe
   * to others.
   */
  static void manySubscriptions(Assault assault) throws InterruptedException {
    assault.attackers(
        5_000,
        number -> {
          String device = assault.name() + number;
          List<String> filters =
              Arrays.stream(Kind.values())
                  .map(kind -> "linli/%s/%s/command".formatted(kind.wireName(), device))
                  .toList();
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(device));
          wire.requireConnAck();
          wire.write(Mqtt.subscribe(1, filters));
          assault.did(filters.size());
        });
  }

  static void oddJson(Assault assault) throws InterruptedException {
    List<byte[]> messages = LinliMessages.odd();
    events(
        assault,
        10,
        20,
        number -> topic(assault.name() + number % 100),
        number -> messages.get(number % messages.size()));
  }

  static void timesAtTheirEnds(Assault assault) throws InterruptedException {
    List<byte[]> messages = LinliMessages.timesAtTheirEnds();
    events(
        assault,
        10,
        20,
        number -> topic(assault.name() + number % 100),
        number -> messages.get(number % messages.size()));
  }

  static void qosZero(Assault assault) throws InterruptedException {
    assault.attackers(
        20,
        client -> {
          String device = assault.name() + client;
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(device));
          wire.requireConnAck();
          byte[] burst =
              repeated(
                  Mqtt.publish(0, topic(device), 0, LinliMessages.measurement("number", client)),
                  5);
          while (!assault.over()) {
            wire.write(burst);
            assault.did(5);
            TimeUnit.MILLISECONDS.sleep(50);
          }
        });
  }

  /** Makes a value from a number. */
  @FunctionalInterface
  private interface Numbered<T> {
    T of(int number);
  }

  /**
   * A number of clients, each with a number of events a second at QoS 1, as long as they are
   * answered.
   */
  private static void events(
      Assault assault, int clients, int perSecond, Numbered<String> topic, Numbered<byte[]> message)
      throws InterruptedException {
    assault.attackers(
        clients,
        client -> {
          Wire wire = assault.connect(Port.GATEWAY_MQTT);
          wire.write(Mqtt.connect(assault.name() + "client-" + client));
          wire.requireConnAck();
          Semaphore window = new Semaphore(WINDOW);
          assault.hear(wire, packet -> window.release());
          long began = System.nanoTime();
          for (int i = 0; !assault.over(); i++) {
            int number = i * clients + client;
            window.acquire();
            wire.write(Mqtt.publish(1, topic.of(number), 1 + i % 60_000, message.of(number)));
            assault.did(1);
            TimeUnit.NANOSECONDS.sleep(
                began + (i + 1) * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime());
          }
        });
  }

  private static String topic(String device) {
    return "linli/access/" + device;
  }

  /** A name as long as a device's id may be. */
  private static String longName(String name, int number) {
    String end = Integer.toString(number);
    return name + "邻".repeat(128 - name.length() - end.length()) + end;
  }

  private static byte[] repeated(byte[] bytes, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * times);
    for (int i = 0; i < times; i++) {
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }
}

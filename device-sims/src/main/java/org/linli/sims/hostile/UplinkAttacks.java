package org.linli.sims.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Attacks on the hub's port for gateways: by unknown clients, or by registered gateways that turned
 * hostile. Their actions must harm no other gateway.
 */
final class UplinkAttacks {

  /** Gateways of the community that no agent uses. */
  static final List<String> BAD =
      List.of("bad-1", "bad-2", "bad-3", "bad-4", "bad-5", "bad-6", "bad-7", "bad-8");

  private static final int LARGEST_BATCH = 4_000_000;
  private static final int MISSING_BYTES = 1_024;
  private static final int MEGABYTE = 1024 * 1024;
  private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  private UplinkAttacks() {}

  static void unknownGateways(Assault assault) throws InterruptedException {
    assault.attackers(
        10_000,
        number -> {
          Wire wire = assault.connect(Port.HUB_GATEWAYS);
          wire.write(Mqtt.connect(assault.name() + number));
          assault.did(1);
          wire.requireConnAck();
          assault.found("the hub lets in a gateway that no community has");
        });
  }

  static void idleSockets(Assault assault) throws InterruptedException {
    MqttAttacks.idle(assault, Port.HUB_GATEWAYS);
  }

  static void largeFirstPackets(Assault assault) throws InterruptedException {
    MqttAttacks.largeFirstPackets(assault, Port.HUB_GATEWAYS, 200, LARGEST_BATCH);
  }

  static void unfinishedBatches(Assault assault) throws InterruptedException {
    assault.attackers(
        BAD.size(),
        number -> {
          String gateway = BAD.get(number);
          byte[] whole = Mqtt.publish(1, topic(gateway, "up/bulk"), 3, new byte[LARGEST_BATCH]);
          Wire wire = online(assault, gateway, Map.of());
          assault.did(1);
          wire.write(Arrays.copyOf(whole, whole.length - MISSING_BYTES));
        });
  }

  static void takeOvers(Assault assault) throws InterruptedException {
    assault.stream(
        100,
        number -> {
          online(assault, BAD.get(number % BAD.size()), Map.of("instance", "run-" + number));
          assault.did(1);
        });
  }

  static void unreadReceipts(Assault assault) throws InterruptedException {
    assault.attackers(
        BAD.size(),
        number -> {
          String gateway = BAD.get(number);
          Wire wire = assault.connectDeaf(Port.HUB_GATEWAYS);
          wire.write(Mqtt.connect(gateway));
          wire.write(Mqtt.subscribe(1, List.of(topic(gateway, "receipt"), topic(gateway, "down"))));
          byte[] online =
              Mqtt.publish(
                  1, topic(gateway, "status"), 2, "online".getBytes(StandardCharsets.UTF_8));
          while (!assault.over()) {
            wire.write(online);
            assault.did(1);
            TimeUnit.MILLISECONDS.sleep(2);
          }
        });
  }

  static void unreadableBatches(Assault assault) throws InterruptedException {
    byte[] garbage = new byte[2_000];
    assault.random().nextBytes(garbage);
    batches(assault, 20, number -> garbage);
  }

  static void zipBombs(Assault assault) throws InterruptedException {
    List<byte[]> bombs =
        List.of(
            Frames.bomb(16 * MEGABYTE),
            Frames.bomb(64 * MEGABYTE),
            Frames.paddedBatch(BAD.getFirst(), 1));
    batches(assault, 500, number -> bombs.get(number % bombs.size()));
  }

  static void equipmentBombs(Assault assault) throws InterruptedException {
    List<byte[]> bombs = List.of(Frames.bomb(MEGABYTE), Frames.bomb(64 * MEGABYTE));
    publish(assault, 50, "up/equipment", number -> bombs.get(number % bombs.size()));
  }

  static void inventedLosses(Assault assault) throws InterruptedException {
    long epoch = epoch();
    batches(
        assault,
        1_000,
        number ->
            number % 2 == 0
                ? Frames.endlessLost(gateway(number), epoch + number, assault.name())
                : Frames.manyLost(gateway(number), epoch + number, assault.name() + number));
  }

  static void timesWithoutEnd(Assault assault) throws InterruptedException {
    long epoch = epoch();
    batches(
        assault,
        4_000,
        number ->
            Frames.everyDay(gateway(number), epoch + number, assault.name() + number, BEGINNING));
  }

  static void propertiesAtTheirEnds(Assault assault) throws InterruptedException {
    List<String> ends =
        List.of(
            "-9223372036854775808",
            "9223372036854775807",
            "9007199254740992",
            "253402300799999",
            "253402300800000",
            "-1",
            "1e300",
            "9".repeat(10_000),
            "");
    assault.stream(
        40,
        number -> {
          String end = ends.get(number % ends.size());
          Wire wire =
              online(
                  assault,
                  BAD.get(number % BAD.size()),
                  Map.of(
                      "sent-at", end,
                      "waiting", end,
                      "waiting-since", end,
                      "dead-letters", end,
                      "dead-letters-in-all", end,
                      "dead-letter-newest", end,
                      "failed", end + " thread failure",
                      "instance", end));
          assault.did(1);
          assault.drop(wire);
        });
  }

  /** Makes a payload from a number. */
  @FunctionalInterface
  private interface Numbered {
    byte[] of(int number);
  }

  private static void batches(Assault assault, int everyMillis, Numbered payload)
      throws InterruptedException {
    publish(assault, everyMillis, "up/bulk", payload);
  }

  /** Every hostile gateway publishes again and again, and reconnects when it is disconnected. */
  private static void publish(Assault assault, int everyMillis, String to, Numbered payload)
      throws InterruptedException {
    assault.attackers(
        BAD.size(),
        bad -> {
          String gateway = BAD.get(bad);
          for (int i = 0; !assault.over(); ) {
            Wire wire = online(assault, gateway, Map.of());
            try {
              while (!assault.over()) {
                byte[] bytes = payload.of(i++ * BAD.size() + bad);
                wire.write(Mqtt.publish(1, topic(gateway, to), 1 + i % 60_000, bytes));
                assault.did(1);
                wire.awaitPubAck();
                TimeUnit.MILLISECONDS.sleep(everyMillis);
              }
            } catch (IOException e) {
              assault.drop(wire);
              TimeUnit.MILLISECONDS.sleep(everyMillis);
            }
          }
        });
  }

  private static Wire online(Assault assault, String gateway, Map<String, String> properties)
      throws IOException {
    Wire wire = assault.connect(Port.HUB_GATEWAYS);
    wire.write(Mqtt.connect(gateway));
    wire.requireConnAck();
    wire.write(Mqtt.subscribe(1, List.of(topic(gateway, "receipt"), topic(gateway, "down"))));
    wire.write(
        Mqtt.publish(
            1, topic(gateway, "status"), 2, properties, "online".getBytes(StandardCharsets.UTF_8)));
    wire.awaitPubAck();
    return wire;
  }

  private static String gateway(int number) {
    return BAD.get(number % BAD.size());
  }

  private static String topic(String gateway, String end) {
    return "linli/1/%s/%s".formatted(gateway, end);
  }

  /** An epoch higher than in any earlier attack, so that its batches continue no earlier one. */
  private static long epoch() {
    return System.nanoTime() / TimeUnit.MICROSECONDS.toNanos(1);
  }
}

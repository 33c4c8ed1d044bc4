package org.linli.sims.equipment;

import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * ChirpStack v4 with LoRaWAN sensors (its documentation, "Integrations: Events"): they join, send
 * decoded values, leaks or raw bytes, and report their battery. Now and then an event is published
 * twice with one deduplication id.
 */
final class ChirpStackServer implements Dialect {

  private static final int SENSORS = 6;
  private static final String APPLICATION = "17c82e96-be03-4f38-aef3-f83d48582d97";
  private static final double TWICE = 0.05;

  /** The sensor that is one for leaks, as Milesight's codec tells them. */
  private static final int LEAK = 3;

  private static final double WET = 0.2;

  private final Piece piece;
  private final Set<Integer> joined = new HashSet<>();
  private @Nullable Message again;
  private int turn;

  ChirpStackServer(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    Message twice = again;
    if (twice != null) {
      again = null;
      return twice;
    }
    int sensor = turn++ % SENSORS;
    if (joined.add(sensor)) {
      return join(sensor, mark, now);
    }
    if (turn % 11 == 0) {
      return status(sensor, mark, now);
    }
    Message uplink = uplink(sensor, mark, now);
    again = piece.happens(TWICE) ? uplink : null;
    return uplink;
  }

  /** 16 hexadecimal digits, of which the first identify the vendor. */
  private String eui(int sensor) {
    return String.format(Locale.ROOT, "24e124%010x", piece.number() * SENSORS + sensor);
  }

  private Message join(int sensor, Mark mark, Instant now) {
    ObjectNode event = event(sensor, mark, now);
    return message(
        sensor,
        "join",
        event,
        Expectation.byId(Kind.ENVIRONMENT, eui(sensor), "device.joined", "join:" + mark.uuid()));
  }

  private Message status(int sensor, Mark mark, Instant now) {
    double battery = piece.around(80, 4, 1);
    ObjectNode event =
        event(sensor, mark, now)
            .put("margin", piece.between(2, 20))
            .put("externalPowerSource", false)
            .put("batteryLevelUnavailable", false)
            .put("batteryLevel", battery);
    return message(
        sensor,
        "status",
        event,
        Expectation.byId(Kind.ENVIRONMENT, eui(sensor), "measurement", "status:" + mark.uuid())
            .with("battery", battery)
            .perhaps("battery.normal"));
  }

  private Message uplink(int sensor, Mark mark, Instant now) {
    Expectation expectation =
        Expectation.byId(Kind.ENVIRONMENT, eui(sensor), "measurement", mark.uuid());
    byte[] bytes = new byte[6];
    piece.chance().nextBytes(bytes);
    ObjectNode event =
        event(sensor, mark, now)
            .put("adr", true)
            .put("dr", 5)
            .put("fCnt", turn)
            .put("fPort", 85)
            .put("confirmed", false)
            .put("data", Base64.getEncoder().encodeToString(bytes));
    expectation = expectation.with("fCnt", turn);
    if (sensor % 2 == 0) {
      double celsius = piece.around(21, 3, 1);
      event.putObject("object").put("temperature", celsius).put("humidity", piece.between(30, 80));
      expectation = expectation.with("temperature", celsius);
    } else if (sensor == LEAK) {
      event.putObject("object").put("leakage_status", piece.happens(WET) ? "leak" : "normal");
      expectation = expectation.perhaps("water.leak").perhaps("water.cleared");
    }
    var heard = event.putArray("rxInfo");
    for (int gateway = 0; gateway < piece.between(1, 3); gateway++) {
      heard
          .addObject()
          .put("gatewayId", "0016c001f153a14" + gateway)
          .put("uplinkId", 4_217_106_255L - turn)
          .put("rssi", piece.between(-110, -40))
          .put("snr", piece.around(6, 3, 1));
    }
    ObjectNode radio = event.putObject("txInfo").put("frequency", 486_300_000);
    radio
        .putObject("modulation")
        .putObject("lora")
        .put("bandwidth", 125_000)
        .put("spreadingFactor", 7)
        .put("codeRate", "CR_4_5");
    return message(sensor, "up", event, expectation);
  }

  private ObjectNode event(int sensor, Mark mark, Instant now) {
    ObjectNode event =
        Json.object().put("deduplicationId", mark.uuid()).put("time", now.toString());
    event
        .putObject("deviceInfo")
        .put("tenantId", "52f14cd4-c6f1-4fbd-8f87-4025e1d49242")
        .put("tenantName", "ChirpStack")
        .put("applicationId", APPLICATION)
        .put("applicationName", piece.name())
        .put("deviceProfileId", "14855bf7-d10d-4aee-b618-ebfcb64dc7ad")
        .put("deviceProfileName", sensor % 2 == 0 ? "EM300-TH" : "without codec")
        .put("deviceName", piece.name() + " " + sensor)
        .put("devEui", eui(sensor))
        .putObject("tags");
    return event.put("devAddr", String.format(Locale.ROOT, "%08x", 0x00189440 + sensor));
  }

  private Message message(int sensor, String name, ObjectNode event, Expectation expectation) {
    return new Message(
        Json.letter(
            "application/%s/device/%s/event/%s".formatted(APPLICATION, eui(sensor), name), event),
        expectation);
  }
}

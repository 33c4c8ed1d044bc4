package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;
import tools.jackson.databind.node.ObjectNode;

/**
 * Devices with the Tasmota firmware (its documentation, "MQTT"): thermometers and metering plugs
 * that publish {@code SENSOR}, {@code STATE} and {@code LWT}, with a local time without a zone. A
 * gateway recognises a plug only by its readings, so plugs publish no {@code STATE}.
 */
final class TasmotaDevices implements Dialect {

  private static final int DEVICES = 4;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String MESSAGE = "Message";

  private final Piece piece;
  private final ConnectionToggle toggle = new ConnectionToggle(DEVICES);
  private int turn;

  TasmotaDevices(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int number = turn % DEVICES;
    int step = turn++ / DEVICES % 10;
    return switch (step) {
      case 0 -> will(number);
      case 1, 5 -> isPlug(number) ? sensor(number, mark, now) : state(number, mark, now);
      default -> sensor(number, mark, now);
    };
  }

  /** Retained, as the broker publishes it for a device that is gone. */
  private Message will(int number) {
    String word = toggle.next(number).equals("online") ? "Online" : "Offline";
    return new Message(
        new Letter(topic(number, "LWT"), Media.JSON, word.getBytes(StandardCharsets.UTF_8)),
        toggle.expectation(Expectation.unmarked(kind(number), device(number)), number, word));
  }

  private Message state(int number, Mark mark, Instant now) {
    ObjectNode state =
        stamped(now)
            .put("Uptime", "0T03:2%d:11".formatted(turn % 10))
            .put("UptimeSec", 12_000 + turn)
            .put("Heap", piece.between(22, 28))
            .put("SleepMode", "Dynamic")
            .put("LoadAvg", 19)
            .put("POWER", "ON")
            .put(MESSAGE, mark.text());
    state
        .putObject("Wifi")
        .put("AP", 1)
        .put("SSId", "linli")
        .put("RSSI", piece.between(50, 100))
        .put("Signal", -piece.between(40, 75));
    return new Message(
        Json.letter(topic(number, "STATE"), state), expectation(number, mark).with("POWER", true));
  }

  private Message sensor(int number, Mark mark, Instant now) {
    ObjectNode sensor = stamped(now);
    Expectation expectation = expectation(number, mark);
    if (isPlug(number)) {
      int watts = piece.between(0, 2_000);
      sensor
          .putObject("ENERGY")
          .put("TotalStartTime", "2026-01-01T00:00:00")
          .put("Total", piece.around(120, 2, 3))
          .put("Power", watts)
          .put("Voltage", piece.between(215, 235))
          .put("Current", piece.around(1.2, 0.3, 3));
      expectation = expectation.with("ENERGY.Power", watts);
    } else {
      double celsius = piece.around(21, 3, 1);
      sensor
          .putObject("AM2301")
          .put("Temperature", celsius)
          .put("Humidity", piece.around(50, 5, 1))
          .put("DewPoint", piece.around(9, 1, 1));
      sensor.put("TempUnit", "C");
      expectation = expectation.with("AM2301.Temperature", celsius);
    }
    sensor.put(MESSAGE, mark.text());
    return new Message(Json.letter(topic(number, "SENSOR"), sensor), expectation);
  }

  private static ObjectNode stamped(Instant now) {
    return Json.object()
        .put(
            "Time",
            DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                now.atZone(ZONE).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS)));
  }

  private Expectation expectation(int number, Mark mark) {
    return Expectation.byValue(kind(number), device(number), "measurement", MESSAGE, mark.text());
  }

  private static Kind kind(int number) {
    return isPlug(number) ? Kind.POWER : Kind.ENVIRONMENT;
  }

  private static boolean isPlug(int number) {
    return number % 2 == 1;
  }

  private String device(int number) {
    return piece.name() + "-" + (isPlug(number) ? "plug" : "thermometer") + "-" + (number + 1);
  }

  private String topic(int number, String what) {
    return "tele/" + device(number) + "/" + what;
  }
}

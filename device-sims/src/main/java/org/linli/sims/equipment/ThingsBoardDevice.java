package org.linli.sims.equipment;

import java.time.Instant;
import org.linli.event.Kind;

/**
 * A device made for ThingsBoard ("MQTT device API" of its documentation): telemetry with its time,
 * now and then attributes. Its name is its MQTT client id.
 */
final class ThingsBoardDevice implements Dialect {

  private final Piece piece;
  private int turn;

  ThingsBoardDevice(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    if (turn++ % 20 == 0) {
      return new Message(
          Json.letter(
              "v1/devices/me/attributes",
              Json.object()
                  .put("firmware", "1.2." + turn / 20)
                  .put("floor", 4)
                  .put(Expectation.MESSAGE, mark.text())),
          Expectation.byValue(
                  Kind.ENVIRONMENT,
                  piece.name(),
                  "device.attributes",
                  Expectation.MESSAGE,
                  mark.text())
              .with("floor", 4));
    }
    double celsius = piece.around(21, 3, 2);
    var telemetry = Json.object().put("ts", now.toEpochMilli());
    telemetry
        .putObject("values")
        .put("temperature", celsius)
        .put("occupied", piece.happens(0.5))
        .put(Expectation.MESSAGE, mark.text());
    return new Message(
        Json.letter("v1/devices/me/telemetry", telemetry),
        Expectation.measured(Kind.ENVIRONMENT, piece.name(), mark).with("temperature", celsius));
  }
}

package org.linli.sims.equipment;

import java.time.Instant;
import java.util.Locale;
import org.linli.event.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gateway made for ThingsBoard ("MQTT gateway API" of its documentation), with meters behind it:
 * it connects each, publishes their telemetry and attributes, and disconnects them again.
 */
final class ThingsBoardGateway implements Dialect {

  private static final int METERS = 3;
  private static final int STAY = 20;

  private final Piece piece;
  private int turn;

  ThingsBoardGateway(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int meter = turn % METERS;
    int step = turn++ / METERS % STAY;
    return switch (step) {
      case 0 -> connection(meter, "connect", "device.online");
      case STAY - 1 -> connection(meter, "disconnect", "device.offline");
      case 1 -> attributes(meter, mark);
      default -> telemetry(meter, mark, now);
    };
  }

  private Message connection(int meter, String topic, String becomes) {
    return new Message(
        Json.letter(
            "v1/gateway/" + topic, Json.object().put("device", name(meter)).put("type", "meter")),
        Expectation.unmarked(Kind.ENVIRONMENT, device(meter)).beside(becomes));
  }

  private Message attributes(int meter, Mark mark) {
    ObjectNode attributes = Json.object();
    attributes.putObject(name(meter)).put("model", "M-300").put(Expectation.MESSAGE, mark.text());
    return new Message(
        Json.letter("v1/gateway/attributes", attributes),
        Expectation.byValue(
            Kind.ENVIRONMENT,
            device(meter),
            "device.attributes",
            Expectation.MESSAGE,
            mark.text()));
  }

  private Message telemetry(int meter, Mark mark, Instant now) {
    int watts = piece.between(10, 3_000);
    ObjectNode telemetry = Json.object();
    telemetry
        .putArray(name(meter))
        .addObject()
        .put("ts", now.toEpochMilli())
        .putObject("values")
        .put("watts", watts)
        .put(Expectation.MESSAGE, mark.text());
    return new Message(
        Json.letter("v1/gateway/telemetry", telemetry),
        Expectation.measured(Kind.ENVIRONMENT, device(meter), mark).with("watts", watts));
  }

  private String name(int meter) {
    return String.format(Locale.ROOT, "%s Meter %d", piece.name(), meter + 1);
  }

  private String device(int meter) {
    return String.format(Locale.ROOT, "%s@20Meter@20%d", piece.name(), meter + 1);
  }
}

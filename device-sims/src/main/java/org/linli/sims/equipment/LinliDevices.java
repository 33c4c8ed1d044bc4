package org.linli.sims.equipment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;

/** Devices made for Linli: a door, an elevator and two sensors. */
final class LinliDevices implements Dialect {

  private static final List<Kind> KINDS =
      List.of(Kind.ACCESS, Kind.ELEVATOR, Kind.ENVIRONMENT, Kind.POWER);

  private final Piece piece;
  private int turn;
  private boolean open;

  LinliDevices(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    Kind kind = KINDS.get(turn++ % KINDS.size());
    DeviceId device = new DeviceId(piece.name() + "-" + kind);
    String type = "measurement";
    var values = Json.object();
    switch (kind) {
      case ACCESS -> {
        open = !open;
        type = open ? "door.opened" : "door.closed";
        values.put("seconds", piece.around(4, 1, 1));
      }
      case ELEVATOR -> {
        type = "trip.completed";
        values.put("from", 1).put("to", piece.between(2, 18)).put("load", piece.between(50, 600));
      }
      default ->
          values.put("celsius", piece.around(21, 3, 2)).put("battery", piece.between(60, 99));
    }
    var event =
        Json.object()
            .put("type", type)
            .put("time", now.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("id", mark.text());
    event.set("values", values);
    Expectation expectation = Expectation.byId(kind, device.value(), type, mark.text());
    for (var value : values.properties()) {
      expectation = expectation.with(value.getKey(), value.getValue().asString());
    }
    return new Message(Letter.ofLinli(kind, device, Json.bytes(event)), expectation);
  }
}

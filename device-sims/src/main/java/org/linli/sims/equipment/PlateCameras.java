package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.linli.event.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * A camera at a barrier that publishes {@code AlarmInfoPlate}: plates in clear as older firmware
 * writes them and in base64 as newer firmware does, {@code _无_} when none was read, and its
 * heartbeat.
 */
final class PlateCameras implements Dialect {

  private static final List<String> PROVINCES = List.of("甘", "京", "沪", "粤");

  private final Piece piece;
  private final String serial;
  private int turn;

  PlateCameras(Piece piece) {
    this.piece = piece;
    this.serial = piece.hexadecimal(8) + "-" + piece.name();
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int step = turn++ % 10;
    if (step == 9) {
      return new Message(
          Json.letter(
              "device/" + serial + "/message/up/keep_alive",
              envelope(mark, "keep_alive", Json.object())),
          Expectation.unmarked(Kind.PARKING, serial));
    }
    boolean unread = step == 4;
    String plate =
        unread
            ? "_无_"
            : piece.oneOf(PROVINCES)
                + (char) ('A' + piece.between(0, 5))
                + piece.between(10_000, 99_999);
    boolean inClear = step % 3 == 0;
    ObjectNode body = Json.object();
    ObjectNode info = body.putObject("AlarmInfoPlate").put("deviceName", "Barrier");
    info.put("serialno", serial).put("ipaddr", "192.0.2.10");
    ObjectNode result = info.putObject("result").putObject("PlateResult");
    int confidence = piece.between(80, 99);
    result
        .put(
            "license",
            inClear || unread
                ? plate
                : Base64.getEncoder().encodeToString(plate.getBytes(StandardCharsets.UTF_8)))
        .put("confidence", confidence)
        .put("direction", 1)
        .put("triggerType", 2)
        .put("colorType", 1);
    result
        .putObject("timeStamp")
        .putObject("Timeval")
        .put("sec", now.getEpochSecond())
        .put("usec", now.getNano() / 1_000_000 * 1_000);
    return new Message(
        Json.letter(
            "device/" + serial + "/message/up/ivs_result", envelope(mark, "ivs_result", body)),
        Expectation.byId(
                Kind.PARKING, serial, unread ? "vehicle.seen" : "plate.read", "ivs-" + mark.text())
            .with("confidence", confidence));
  }

  private ObjectNode envelope(Mark mark, String name, ObjectNode body) {
    ObjectNode envelope = Json.object().put("id", mark.text()).put("sn", serial).put("name", name);
    envelope.put("version", "1.0").set("payload", body);
    return envelope;
  }
}

package org.linli.sims.equipment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.linli.event.Kind;
import org.linli.event.Sha256;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;
import tools.jackson.databind.node.ObjectNode;

/**
 * A camera behind Plate Recognizer Stream that posts its webhook: JSON, or a form with its picture;
 * plates of older and newer versions, and vehicles without one.
 */
final class PlateRecognizerStream implements Dialect {

  private static final String BOUNDARY = "6d2220c1eae6d9b5";
  private static final byte[] PICTURE = new byte[64];
  private static final int ID = 16;

  private final Piece piece;
  private int turn;

  PlateRecognizerStream(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int step = turn++ % 6;
    boolean unread = step == 3;
    double score = piece.between(700, 999) / 1_000.0;
    String picture = piece.name() + "/" + mark.text() + ".jpg";
    ObjectNode whole = Json.object();
    whole
        .putObject("hook")
        .put("target", "http://gateway/intake/platerecognizer/" + piece.name())
        .put("id", piece.name())
        .put("event", "recognition")
        .put("filename", picture);
    ObjectNode data = whole.putObject("data");
    data.put("camera_id", piece.name()).put("filename", picture).put("timestamp", now.toString());
    ObjectNode result = data.putArray("results").addObject();
    result.put("score", score).put("direction", "");
    result.putObject("vehicle").put("type", piece.oneOf(List.of("Sedan", "Big Truck", "Van")));
    String plate = "9jub" + piece.between(10, 99);
    if (step == 4) {
      ObjectNode props = result.putObject("plate").put("type", "Plate").putObject("props");
      props.putArray("plate").addObject().put("value", plate).put("score", score);
    } else if (!unread) {
      result.put("plate", plate);
    }
    byte[] document = Json.bytes(whole);
    boolean isAlone = step % 2 == 0;
    String upload =
        isAlone ? data.toString() : data + "\n" + HexFormat.of().formatHex(Sha256.of(PICTURE));
    return new Message(
        isAlone ? letter(Media.JSON, document) : form(document),
        Expectation.byId(
                Kind.PARKING,
                piece.name(),
                unread ? "vehicle.seen" : "plate.read",
                "pr-" + Sha256.hexOf(upload).substring(0, ID) + "-0")
            .with("score", score));
  }

  private Letter form(byte[] document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    part(out, "name=\"json\"", document);
    part(out, "name=\"upload\"; filename=\"x.jpg\"\r\nContent-Type: image/jpeg", PICTURE);
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return letter(
        new Media(Media.JSON.contentFormat(), "multipart/form-data; boundary=" + BOUNDARY),
        out.toByteArray());
  }

  private static void part(ByteArrayOutputStream out, String head, byte[] body) {
    out.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
            .formatted(BOUNDARY, head)
            .getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(body);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private Letter letter(Media media, byte[] body) {
    return new Letter("intake/platerecognizer/" + piece.name(), media, body);
  }
}

package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;

/**
 * A Dahua camera whose event stream a script forwards (Dahua HTTP API, "Subscribe to event
 * message"), for the own mapping {@code docs/examples/mappings/dahua-events.yml}: single parts of
 * the stream with and without their data, and several at once. A part with a code that the mapping
 * does not know carries the mark.
 */
final class DahuaStream implements Dialect {

  private static final Media TEXT = new Media(0, "text/plain");

  private final Piece piece;
  private int turn;

  DahuaStream(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    return switch (turn++ % 6) {
      case 0 -> message(mark, "", "");
      case 1 -> message(mark, crossed(), "zone.intruded");
      case 2 -> message(mark, "Code=VideoMotion;action=Start;index=0", "motion.detected");
      case 3 -> message(mark, "Code=VideoMotion;action=Stop;index=0", "measurement");
      case 4 -> message(mark, "Code=AlarmLocal;action=Start;index=0", "input.activated");
      default -> message(mark, "Code=AlarmLocal;action=Stop;index=0", "input.released");
    };
  }

  private String crossed() {
    return """
    Code=CrossLineDetection;action=Start;index=0;data={
       "Class" : "Normal",
       "Direction" : "LeftToRight",
       "EventSeq" : %d,
       "Name" : "Rule1",
       "Object" : {
          "BoundingBox" : [ %d, 1200, 4200, 6300 ],
          "ObjectType" : "Human"
       }
    }\
    """
        .formatted(piece.between(1, 9_999), piece.between(0, 4_000));
  }

  /**
   * @param told the type of the event that the part becomes; empty for no part
   */
  private Message message(Mark mark, String part, String told) {
    String code = "Linli_" + mark.text().replace('-', '_');
    String parts =
        "%sCode=%s;action=Pulse;index=0;data={\"Level\" : %d}\r\n"
            .formatted(part.isEmpty() ? "" : part + "\r\n", code, piece.between(1, 99));
    Expectation marked =
        Expectation.byValue(Kind.CAMERA, piece.name(), "measurement", "code", code)
            .with("action", "Pulse");
    return new Message(
        new Letter(
            "intake/dahua-events/" + piece.name(), TEXT, parts.getBytes(StandardCharsets.UTF_8)),
        told.isEmpty() ? marked : marked.beside(told));
  }
}

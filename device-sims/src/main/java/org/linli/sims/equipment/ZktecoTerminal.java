package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;

/**
 * A door controller of ZKTeco that uploads to the fixed path of its push protocol: passages as they
 * happen, a door that opens and closes, the state of its sensor, and now and then records of its
 * attendance log.
 */
final class ZktecoTerminal implements Dialect {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(8));

  private static final Media LINES = new Media(Media.XML.contentFormat(), "text/plain");

  private final Piece piece;
  private final String serial;
  private int turn;

  ZktecoTerminal(Piece piece) {
    this.piece = piece;
    this.serial = piece.name();
  }

  @Override
  public Message next(Mark mark, Instant now) {
    return switch (turn++ % 10) {
      case 0, 1, 2, 5 -> event(0, "access.granted", mark, now);
      case 3 -> event(200, "door.opened", mark, now);
      case 4 -> closes(mark, now);
      case 6 -> event(27, "access.denied", mark, now);
      case 7 ->
          new Message(
              upload("rtstate", "time=" + TIME.format(now) + "\tsensor=01\trelay=00\tdoor=01"),
              Expectation.unmarked(Kind.ACCESS, serial));
      case 8 ->
          new Message(
              upload("ATTLOG", piece.between(1, 500) + "\t" + TIME.format(now) + "\t0\t15\t0\t0"),
              Expectation.unmarked(Kind.ACCESS, serial).perhaps("access.granted"));
      default ->
          new Message(
              upload("OPERLOG", "OPLOG 4\t14\t" + TIME.format(now) + "\t0\t0\t0\t0"),
              Expectation.unmarked(Kind.ACCESS, serial));
    };
  }

  private Message closes(Mark mark, Instant now) {
    Message closed = event(201, "door.closed", mark, now);
    return new Message(closed.letter(), closed.expectation().beside("door.secured"));
  }

  private Message event(int code, String type, Mark mark, Instant now) {
    String record =
        "time=%s\tpin=%d\tcardno=0\teventaddr=1\tevent=%d\tinoutstatus=0\tverifytype=1\tindex=%d"
            .formatted(TIME.format(now), piece.between(1, 500), code, mark.number());
    return new Message(
        upload("rtlog", record),
        Expectation.byId(
                Kind.ACCESS, serial, type, "rtlog-" + now.getEpochSecond() + "-" + mark.number())
            .with("event", code));
  }

  private Letter upload(String table, String record) {
    return new Letter(
        "iclock/cdata?SN=" + serial + "&table=" + table + "&Stamp=9999",
        LINES,
        (record + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}

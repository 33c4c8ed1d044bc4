package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.Kind;

/**
 * A Hikvision camera and door terminal that post to the gateway (ISAPI, "HTTP Listening"): an alarm
 * is posted while it lasts and once more when it is over; faces and cards at the door, some with a
 * picture.
 */
final class HikvisionSite implements Dialect {

  private static final String REGION =
      """
      <DetectionRegionList><DetectionRegionEntry><regionID>2</regionID>\
      <detectionTarget>human</detectionTarget></DetectionRegionEntry></DetectionRegionList>
      """;

  private final Piece piece;
  private int turn;
  private Instant began = Instant.EPOCH;

  /** The last second in which an alarm began, and how many began in it, by what it is about. */
  private final Map<String, Begun> begun = new HashMap<>();

  private record Begun(Instant second, int number) {}

  HikvisionSite(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    return switch (turn++ % 8) {
      case 0 -> begins(now);
      case 1 -> goesOn(now);
      case 2 -> isOver("linedetection", now, "");
      case 4 -> fieldWithPicture(now);
      case 5 -> isOver("fielddetection", now, REGION);
      case 7 -> lives(now);
      default -> somebodyAtTheDoor(mark, now);
    };
  }

  private String camera() {
    return piece.name() + "-camera";
  }

  private Message begins(Instant now) {
    began = now.truncatedTo(ChronoUnit.SECONDS);
    return new Message(
        HikvisionPost.xml(camera(), HikvisionPost.alert("linedetection", true, began, 1, "")),
        intruded("linedetection"));
  }

  private Message goesOn(Instant now) {
    return new Message(
        HikvisionPost.xml(camera(), HikvisionPost.alert("linedetection", true, now, 2, "")),
        Expectation.unmarked(Kind.CAMERA, camera()).perhaps("zone.intruded"));
  }

  private Message fieldWithPicture(Instant now) {
    began = now.truncatedTo(ChronoUnit.SECONDS);
    String alert = HikvisionPost.alert("fielddetection", true, began, 1, REGION);
    return new Message(
        HikvisionPost.withPicture(
            camera(),
            "fielddetection.xml",
            "application/xml",
            alert.getBytes(StandardCharsets.UTF_8)),
        intruded("fielddetection-2"));
  }

  /**
   * The expectation by event id, which is made of the alarm's type and start. A camera says only
   * the second, in which more than one alarm may begin and end.
   */
  private Expectation intruded(String what) {
    Begun before = begun.get(what);
    int number = before == null || !before.second().equals(began) ? 1 : before.number() + 1;
    begun.put(what, new Begun(began, number));
    String first = what + "@" + began.toEpochMilli();
    return Expectation.byId(
        Kind.CAMERA, camera(), "zone.intruded", number == 1 ? first : first + "+" + number);
  }

  private Message isOver(String type, Instant now, String more) {
    return new Message(
        HikvisionPost.xml(camera(), HikvisionPost.alert(type, false, now, 0, more)),
        Expectation.unmarked(Kind.CAMERA, camera()).beside("measurement"));
  }

  /** A sign of life, which leads to at most one event a minute. */
  private Message lives(Instant now) {
    return new Message(
        HikvisionPost.xml(camera(), HikvisionPost.alert("heartBeat", true, now, 0, "")),
        Expectation.unmarked(Kind.CAMERA, camera()).perhaps("measurement"));
  }

  private Message somebodyAtTheDoor(Mark mark, Instant now) {
    String door = piece.name() + "-door";
    int code = piece.oneOf(List.of(75, 1, 9));
    var event =
        Json.object()
            .put("ipAddress", "192.0.2.65")
            .put("dateTime", HikvisionPost.time(now))
            .put("eventType", "AccessControllerEvent")
            .put("eventState", "active");
    event
        .putObject("AccessControllerEvent")
        .put("deviceName", "Access Controller")
        .put("majorEventType", 5)
        .put("subEventType", code)
        .put("cardNo", "1953862610")
        .put("name", "Li Hua")
        .put("employeeNoString", "E-17")
        .put("cardReaderNo", 1)
        .put("doorNo", 1)
        .put("currentVerifyMode", "cardOrFace")
        .put("serialNo", mark.number());
    byte[] document = Json.bytes(event);
    Expectation expectation =
        Expectation.byId(
                Kind.ACCESS,
                door,
                code == 9 ? "access.denied" : "access.granted",
                "acs-" + mark.number() + "@" + now.getEpochSecond())
            .with("sub", code);
    return new Message(
        code == 75
            ? HikvisionPost.withPicture(door, "event_log", "application/json", document)
            : HikvisionPost.json(door, document),
        expectation);
  }
}

package org.linli.sims.equipment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;
import tools.jackson.databind.node.ObjectNode;

/**
 * Frigate with two cameras (the page "MQTT" of its documentation): tracked objects and reviews that
 * are published when they begin, change and end, what was found out about an object, counts,
 * motion, and whether a camera is available.
 */
final class FrigateServer implements Dialect {

  private static final int CAMERAS = 2;
  private static final int STEPS = 12;
  private static final List<String> LABELS = List.of("person", "car", "dog", "bicycle");

  private final Piece piece;
  private final ConnectionToggle toggle = new ConnectionToggle(CAMERAS);
  private int turn;
  private String object = "";
  private String label = "";
  private String review = "";
  private Instant began = Instant.EPOCH;

  FrigateServer(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int step = turn % STEPS;
    int number = turn / STEPS % CAMERAS;
    String camera = piece.name() + "_cam" + (1 + number);
    turn++;
    return switch (step) {
      case 0 -> toggle(number, camera);
      case 1 -> {
        began = now;
        object = id(mark);
        label = piece.oneOf(LABELS);
        yield tracked(camera, "new");
      }
      case 2, 4 -> tracked(camera, "update");
      case 3 -> updated(camera, now);
      case 5 -> count(camera + "/" + label, camera, "1");
      case 6 -> count(camera + "/motion", camera, piece.happens(0.5) ? "ON" : "OFF");
      case 7 -> tracked(camera, "end");
      case 8 -> {
        began = now;
        review = id(mark);
        yield reviewed(camera, "new", "detection", List.of());
      }
      case 9 -> reviewed(camera, "update", "alert", List.of("yard"));
      case 10 -> reviewed(camera, "end", "alert", List.of("yard"));
      default -> count(camera + "/all", camera, String.valueOf(piece.between(0, 6)));
    };
  }

  /** An id in Frigate's format: the second in which the object appeared, and some letters. */
  private String id(Mark mark) {
    return seconds(began) + "-" + mark.text();
  }

  private static String seconds(Instant time) {
    return String.format(
        Locale.ROOT, "%d.%06d", time.getEpochSecond(), time.getNano() / 1_000_000 * 1_000);
  }

  private static double number(Instant time) {
    return time.toEpochMilli() / 1_000.0;
  }

  private Message toggle(int number, String camera) {
    String word = toggle.next(number);
    return new Message(
        text("frigate/" + camera + "/status/detect", word),
        toggle.expectation(Expectation.unmarked(Kind.CAMERA, camera), number, word));
  }

  private static Message count(String topic, String camera, String text) {
    return new Message(
        text("frigate/" + topic, text),
        Expectation.unmarked(Kind.CAMERA, camera).beside("measurement"));
  }

  private Message tracked(String camera, String type) {
    ObjectNode event = Json.object().put("type", type);
    event.set("before", tracked(camera, type, 0.71));
    event.set("after", tracked(camera, type, 0.87));
    return new Message(
        Json.letter("frigate/events", event),
        Expectation.byId(Kind.CAMERA, camera, "object.detected", object).with("label", label));
  }

  private ObjectNode tracked(String camera, String type, double score) {
    ObjectNode tracked =
        Json.object()
            .put("id", object)
            .put("camera", camera)
            .put("frame_time", number(began))
            .put("label", label)
            .put("top_score", score)
            .put("false_positive", false)
            .put("start_time", number(began))
            .put("score", score)
            .put("area", 23_744)
            .put("ratio", 2.113207)
            .put("has_snapshot", true)
            .put("has_clip", true)
            .put("active", true)
            .put("stationary", false)
            .put("motionless_count", 0)
            .put("position_changes", 2);
    if (type.equals("end")) {
      tracked.put("end_time", number(began) + 4);
    } else {
      tracked.putNull("end_time");
    }
    tracked.putNull("sub_label");
    List.of(424, 500, 536, 712).forEach(tracked.putArray("box")::add);
    tracked.putArray("current_zones").add("yard");
    tracked.putArray("entered_zones").add("yard");
    return tracked;
  }

  private Message updated(String camera, Instant now) {
    ObjectNode update =
        Json.object()
            .put("type", "classification")
            .put("id", object)
            .put("camera", camera)
            .put("timestamp", number(now))
            .put("model", "helmets")
            .put("attribute", "helmet")
            .put("score", 0.87);
    return new Message(
        Json.letter("frigate/tracked_object_update", update),
        Expectation.byValue(Kind.CAMERA, camera, "object.updated", "object", object));
  }

  private Message reviewed(String camera, String type, String severity, List<String> zones) {
    ObjectNode message = Json.object().put("type", type);
    message.set("before", review(camera, "detection", List.of()));
    message.set("after", review(camera, severity, zones));
    boolean intrusion = !zones.isEmpty();
    return new Message(
        Json.letter("frigate/reviews", message),
        Expectation.byId(
            Kind.CAMERA,
            camera,
            intrusion ? "zone.intruded" : "review.detection",
            review + (intrusion ? ":intrusion" : ":detection")));
  }

  private ObjectNode review(String camera, String severity, List<String> zones) {
    ObjectNode told =
        Json.object()
            .put("id", review)
            .put("camera", camera)
            .put("start_time", number(began))
            .putNull("end_time")
            .put("severity", severity)
            .put("thumb_path", "/media/frigate/clips/review/thumb-" + camera + ".webp");
    ObjectNode data = told.putObject("data");
    data.putArray("detections").add(object);
    data.putArray("objects").add("person");
    data.putArray("sub_labels");
    zones.forEach(data.putArray("zones")::add);
    data.putArray("audio");
    return told;
  }

  private static Letter text(String topic, String text) {
    return new Letter(topic, Media.JSON, text.getBytes(StandardCharsets.UTF_8));
  }
}

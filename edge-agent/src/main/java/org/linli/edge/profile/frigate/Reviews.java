package org.linli.edge.profile.frigate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.JsonFields;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;

/**
 * A review is a stretch of video that Frigate wants a person to look at. Frigate sends it when it
 * begins, at each change and when it ends. It becomes one event of its present sort: {@code
 * review.detection}, {@code review.alert}, or {@code zone.intruded}, which calls a person. If it
 * rises, there is one event of the higher sort; each sort has one id per review. A smoke alarm that
 * is heard in it, and fire or smoke that is seen, are one {@code fire.seen} more.
 *
 * <p>An alert is an intrusion if it has one of the configured labels and a configured zone. Frigate
 * calls every person and car an alert unless it is configured otherwise. People who are woken for
 * passers-by stop looking at alerts, so a zone must say where nobody is to be.
 */
final class Reviews {

  private static final EventType INTRUDED = new EventType("zone.intruded");
  private static final EventType ALERT = new EventType("review.alert");
  private static final EventType DETECTION = new EventType("review.detection");

  /** Frigate's mark of an object whose name it knows. */
  private static final String VERIFIED = "-verified";

  private final FrigateSettings settings;
  private final SeenFires fires;

  Reviews(FrigateSettings settings, SeenFires fires) {
    this.settings = settings;
    this.fires = fires;
  }

  /**
   * @param frigate the subject if the camera cannot be read
   */
  void read(JsonFields message, MessageReading reading, Subject frigate) throws Unreadable {
    JsonFields review = message.object("after");
    JsonFields data = review.object("data");
    Subject camera = camera(review, reading, frigate);
    String severity = review.requiredText("severity");
    boolean alert = severity.equals("alert");
    List<String> objects = data.texts("objects").stream().map(Reviews::label).distinct().toList();
    List<String> zones = new ArrayList<>();
    // Where it was is beside the alarm: if that cannot be read, it may be where nobody is to be.
    boolean isSomewhere = reading.beside(() -> zones.addAll(data.texts("zones")));
    boolean intrusion = alert && isIntrusion(objects, zones, !isSomewhere);

    ValueCollector values = new ValueCollector().put("severity", severity);
    if (!objects.isEmpty()) {
      values.put("objects", String.join(",", objects));
    }
    if (!zones.isEmpty()) {
      values.put("zones", String.join(",", zones));
    }
    List<String> sounds = new ArrayList<>();
    reading.beside(() -> sounds.addAll(data.texts("audio")));
    if (!sounds.isEmpty()) {
      values.put("audio", String.join(",", sounds));
    }
    if (settings.identities()) {
      reading.beside(() -> TrackedObjects.joined(data, "sub_labels", "sub_labels", values));
    }
    String sort = intrusion ? ":intrusion" : alert ? ":alert" : ":detection";
    Instant began = reading.time(() -> TrackedObjects.time(review, "start_time"));
    reading.happened(
        camera,
        intrusion ? INTRUDED : alert ? ALERT : DETECTION,
        id(review, began, sort, reading),
        began,
        values.first());
    List<String> seen = new ArrayList<>();
    reading.beside(() -> seen.addAll(data.texts("detections")));
    // Both are noted, whichever tells it.
    boolean isHeard =
        Sounds.haveFire(sounds) && fires.isNewInReview(reading, camera, idOrNone(review));
    boolean isSeen = Sounds.showFire(objects) && fires.isNewInReview(reading, camera, seen);
    if (isHeard || isSeen) {
      // Whatever its severity: Frigate calls a sound an alert only if it is told to.
      reading.happened(
          camera, Sounds.FIRE, id(review, began, ":fire", reading), began, values.first());
    }
  }

  private static Subject camera(JsonFields review, MessageReading reading, Subject frigate) {
    try {
      return FrigateProfile.camera(reading, review.requiredText("camera"));
    } catch (Unreadable unreadable) {
      reading.beside(unreadable);
      return frigate;
    }
  }

  /** The id; without a readable one, the time at which it began distinguishes it. */
  private static @Nullable String id(
      JsonFields review, @Nullable Instant began, String sort, MessageReading reading) {
    try {
      return review.requiredText("id") + sort;
    } catch (Unreadable unreadable) {
      reading.beside(unreadable);
      return began == null ? null : "began-" + began.toEpochMilli() + sort;
    }
  }

  private static String idOrNone(JsonFields review) {
    try {
      return review.requiredText("id");
    } catch (Unreadable unreadable) {
      return "";
    }
  }

  private static String label(String object) {
    return object.endsWith(VERIFIED)
        ? object.substring(0, object.length() - VERIFIED.length())
        : object;
  }

  private boolean isIntrusion(List<String> objects, List<String> zones, boolean isAnywhere) {
    if (objects.stream().noneMatch(settings.intruders()::contains)) {
      return false;
    }
    if (isAnywhere) {
      return true;
    }
    if (zones.isEmpty()) {
      return settings.intrusionWithoutZone();
    }
    return settings.intrusionZones().isEmpty()
        || zones.stream().anyMatch(settings.intrusionZones()::contains);
  }
}

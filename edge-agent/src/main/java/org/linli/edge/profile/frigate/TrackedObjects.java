package org.linli.edge.profile.frigate;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.JsonFields;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import tools.jackson.databind.JsonNode;

/**
 * The objects that Frigate tracks in a picture. One tracked object is one {@code object.detected}
 * under its id, however often and for however many days Frigate reports it. So a parked car is one
 * event; the gateway's memory of ids alone is too short for that.
 */
final class TrackedObjects {

  private static final EventType DETECTED = new EventType("object.detected");
  private static final EventType UPDATED = new EventType("object.updated");
  private static final EventType PLATE_READ = new EventType("plate.read");

  private final boolean identities;
  private final SeenFires fires;
  private final Changes told = new Changes();

  TrackedObjects(FrigateSettings settings, SeenFires fires) {
    this.fires = fires;
    this.identities = settings.identities();
  }

  void event(JsonFields message, MessageReading reading) throws Unreadable {
    JsonFields after = message.object("after");
    if (after.truth("false_positive")) {
      reading.passOver();
      return;
    }
    ValueCollector values = new ValueCollector().put("label", after.requiredText("label"));
    reading.beside(() -> number(after, "top_score", values));
    reading.beside(() -> joined(after, "entered_zones", "zones", values));
    reading.beside(() -> values.put("stationary", after.truth("stationary")));
    reading.beside(() -> number(after, "average_estimated_speed", values));
    if (identities) {
      subLabel(after, values);
      reading.beside(() -> text(after, "recognized_license_plate", values));
    }
    Subject camera = FrigateProfile.camera(reading, after.requiredText("camera"));
    String id = after.requiredText("id");
    Instant began = reading.time(() -> time(after, "start_time"));
    if (told.isFirst(reading, camera, id)) {
      boolean isFire =
          Sounds.showFire(List.of(after.requiredText("label")))
              && fires.isNewAsObject(reading, camera, id);
      reading.happened(camera, isFire ? Sounds.FIRE : DETECTED, id, began, values.first());
    } else {
      reading.passOver();
    }
  }

  /**
   * Reads what Frigate found out about a tracked object: a face, a plate, a class, a description.
   *
   * @param frigate the subject of the event if no camera is named
   */
  void update(JsonFields update, MessageReading reading, Subject frigate) throws Unreadable {
    String type = update.requiredText("type");
    String camera = update.text("camera");
    String plate = update.text("plate");
    ValueCollector values =
        new ValueCollector().put("type", type).put("object", update.requiredText("id"));
    text(update, "model", values);
    text(update, "attribute", values);
    reading.beside(() -> number(update, "score", values));
    if (identities) {
      text(update, "name", values);
      text(update, "plate", values);
      text(update, "sub_label", values);
      text(update, "description", values);
    }
    reading.happened(
        camera == null ? frigate : FrigateProfile.camera(reading, camera),
        identities && plate != null ? PLATE_READ : UPDATED,
        reading.time(() -> time(update, "timestamp")),
        values.first());
  }

  /** A name, or a name and Frigate's confidence in it. */
  private static void subLabel(JsonFields object, ValueCollector values) throws Unreadable {
    JsonNode found = object.found("sub_label");
    if (found != null && found.isArray() && !found.isEmpty()) {
      found = found.get(0);
    }
    if (found != null && found.isString()) {
      values.put("sub_label", found.stringValue());
    }
  }

  static void joined(JsonFields from, String field, String as, ValueCollector values)
      throws Unreadable {
    List<String> texts = from.texts(field);
    if (!texts.isEmpty()) {
      values.put(as, String.join(",", texts));
    }
  }

  static void number(JsonFields from, String field, ValueCollector values) throws Unreadable {
    OptionalDouble number = from.number(field);
    if (number.isPresent()) {
      values.put(field, number.getAsDouble());
    }
  }

  private static void text(JsonFields from, String field, ValueCollector values) throws Unreadable {
    String text = from.text(field);
    if (text != null) {
      values.put(field, text);
    }
  }

  static @Nullable Instant time(JsonFields from, String field) throws Unreadable {
    OptionalDouble seconds = from.number(field);
    return seconds.isEmpty() ? null : DeviceTimes.ofSeconds(field, seconds.getAsDouble());
  }
}

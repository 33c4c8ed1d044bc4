package org.linli.edge.profile.platecamera;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.AttachedPictures;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.Picture;
import org.linli.edge.profile.format.Plate;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * {@code AlarmInfoPlate}, which the parking cameras of several makes send over MQTT ({@code
 * device/{serialno}/message/up/ivs_result}) and HTTP (their "barrier camera HTTP push" and "MQTT"
 * interface documents).
 */
@Component
final class PlateCameraProfile implements Profile {

  private static final EventType PLATE_READ = new EventType("plate.read");
  private static final EventType VEHICLE_SEEN = new EventType("vehicle.seen");
  private static final List<String> NUMBERS =
      List.of("confidence", "direction", "triggerType", "colorType", "type");
  private static final String RESULT = "AlarmInfoPlate";

  /** Other messages of such a camera: its heartbeat, its inputs, its serial port. */
  private static final List<String> HOUSEKEEPING =
      List.of("heartbeat", "AlarmGioIn", "SerialData", "TFCardStatus");

  private final PlateCameraSettings settings;
  private final AttachedPictures pictures;

  PlateCameraProfile(PlateCameraSettings settings, AttachedPictures pictures) {
    this.settings = settings;
    this.pictures = pictures;
  }

  @Override
  public String name() {
    return "platecamera";
  }

  @Override
  public List<String> topics() {
    return List.of("device/+/message/up/+");
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    String serial = message.topic().isEmpty() ? "" : message.levels()[1];
    if (!message.topic().isEmpty() && !message.topic().endsWith("/ivs_result")) {
      reading.passOver();
      return;
    }
    JsonNode whole = Json.object(message.payload(), reading);
    JsonNode info = whole.path("payload").path(RESULT);
    if (!info.isObject()) {
      info = whole.path(RESULT);
    }
    if (!info.isObject()) {
      if (HOUSEKEEPING.stream().anyMatch(whole::has)) {
        reading.passOver();
        return;
      }
      throw new Unreadable(RefusalReason.MISSING_FIELD, RESULT + ": is missing");
    }
    plate(whole, info, limit(message), reading, reading.device(serial, Kind.PARKING));
  }

  /** A broker does not say which client published. */
  private static String limit(Delivered message) {
    if (message.topic().isEmpty()) {
      return Picture.HTTP_LIMIT;
    }
    return message.client().isEmpty() ? Picture.BROKER_LIMIT : Picture.MQTT_LIMIT;
  }

  private void plate(
      JsonNode whole, JsonNode info, String limit, MessageReading reading, Subject camera)
      throws Unreadable {
    JsonNode result = info.path("result").path("PlateResult");
    if (!result.isObject()) {
      throw new Unreadable(RefusalReason.MISSING_FIELD, RESULT + ".result.PlateResult: is missing");
    }
    String plate = Plate.inClear(Json.text(result, "license"));
    ValueCollector values = new ValueCollector();
    if (!plate.isEmpty()) {
      values.put("plate", settings.wholePlates() ? plate : Plate.masked(plate));
    }
    for (String field : NUMBERS) {
      reading.beside(() -> number(result, field, values));
    }
    pictures.attach(reading, pictures(result, limit), values);
    reading.happened(
        camera,
        plate.isEmpty() ? VEHICLE_SEEN : PLATE_READ,
        id(whole),
        reading.time(() -> time(result)),
        values.first());
  }

  private static void number(JsonNode result, String field, ValueCollector values)
      throws Unreadable {
    JsonNode found = result.path(field);
    if (found.isMissingNode() || found.isNull()) {
      return;
    }
    if (!found.isNumber()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, field + ": is not a number");
    }
    values.put(field, found);
  }

  /** The event's id, from the camera's message id; older firmware has none. */
  private static @Nullable String id(JsonNode whole) {
    JsonNode id = whole.path("id");
    return id.isString() && id.stringValue().matches("[A-Za-z0-9-]{1,64}")
        ? "ivs-" + id.stringValue()
        : null;
  }

  private static @Nullable Instant time(JsonNode result) throws Unreadable {
    JsonNode time = result.path("timeStamp").path("Timeval");
    JsonNode seconds = time.path("sec");
    if (seconds.isMissingNode() || seconds.isNull()) {
      return null;
    }
    if (!seconds.isNumber()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "timeStamp.Timeval.sec: is not a number");
    }
    JsonNode micros = time.path("usec");
    double fraction = micros.isNumber() ? micros.numberValue().doubleValue() / 1_000_000 : 0;
    return DeviceTimes.ofSeconds(
        "timeStamp.Timeval.sec", seconds.numberValue().doubleValue() + fraction);
  }

  /** Data that is not base64 is not a picture, and is reported as lost. */
  private static List<Picture> pictures(JsonNode result, String limit) {
    List<Picture> pictures = new ArrayList<>();
    for (String field : List.of("imageFile", "imageFragmentFile")) {
      JsonNode found = result.path(field);
      if (found.isString() && !found.stringValue().isEmpty()) {
        pictures.add(Picture.ofBase64(found.stringValue(), limit));
      }
    }
    return pictures;
  }
}

package org.linli.edge.profile.platecamera;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
import org.linli.edge.profile.format.Multipart;
import org.linli.edge.profile.format.Multipart.Part;
import org.linli.edge.profile.format.Picture;
import org.linli.edge.profile.format.Plate;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Sha256;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The webhook of Plate Recognizer Stream (its guide, "Webhooks and Output formats for Stream"):
 * JSON, or a form whose field {@code json} holds it beside the picture {@code upload}.
 */
@Component
final class PlateRecognizerProfile implements Profile {

  private static final EventType PLATE_READ = new EventType("plate.read");
  private static final EventType VEHICLE_SEEN = new EventType("vehicle.seen");
  private static final String RECOGNITION = "recognition";
  private static final String FIELD = "json";
  private static final int ID = 16;

  private final PlateRecognizerSettings settings;
  private final AttachedPictures pictures;

  PlateRecognizerProfile(PlateRecognizerSettings settings, AttachedPictures pictures) {
    this.settings = settings;
    this.pictures = pictures;
  }

  @Override
  public String name() {
    return "platerecognizer";
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    byte[] document = message.payload();
    List<Picture> attached = new ArrayList<>();
    if (Multipart.is(message.contentType(), message.payload())) {
      List<Part> parts = Multipart.read(message.contentType(), message.payload(), reading::mark);
      document = Multipart.named(FIELD, parts).body();
      parts.stream()
          .filter(part -> part.mediaType().startsWith("image/"))
          .map(Picture::of)
          .forEach(attached::add);
    }
    JsonNode whole = Json.object(document, reading);
    String event = whole.path("hook").path("event").stringValue(RECOGNITION);
    if (!event.equals(RECOGNITION)) {
      reading.passOver();
      return;
    }
    JsonNode data = whole.path("data");
    JsonNode results = data.path("results");
    if (!results.isArray()) {
      throw new Unreadable(RefusalReason.MISSING_FIELD, "data.results: is missing");
    }
    seen(data, results, attached, reading);
  }

  private void seen(JsonNode data, JsonNode results, List<Picture> attached, MessageReading reading)
      throws Unreadable {
    Subject camera = camera(data, reading);
    Instant time = time(data, reading);
    String id = id(data, attached);
    for (int i = 0; i < results.size(); i++) {
      ValueCollector values = new ValueCollector();
      JsonNode result = results.get(i);
      String plate = plate(result);
      if (!plate.isEmpty()) {
        values.put("plate", settings.wholePlates() ? plate : Plate.masked(plate));
      }
      put(values, "score", result.path("score"));
      put(values, "region", result.path("region").path("code"));
      put(values, "vehicle", result.path("vehicle").path("type"));
      put(values, "direction", result.path("direction"));
      put(values, "camera", data.path("camera_id"));
      pictures.attach(reading, i == 0 ? attached : List.of(), values);
      reading.happened(
          camera,
          plate.isEmpty() ? VEHICLE_SEEN : PLATE_READ,
          id == null ? null : id + "-" + i,
          time,
          values.first());
    }
    if (results.isEmpty()) {
      reading.passOver();
    }
  }

  /**
   * The same for an upload that comes again, and another one for each other upload: some versions
   * call every picture the same. Null if nothing tells two uploads apart.
   */
  private static @Nullable String id(JsonNode data, List<Picture> attached) {
    if (data.path("filename").stringValue("").isEmpty()
        && data.path("timestamp").stringValue("").isEmpty()) {
      return null;
    }
    StringBuilder said = new StringBuilder(data.toString());
    for (Picture picture : attached) {
      said.append('\n').append(HexFormat.of().formatHex(Sha256.of(picture.bytes())));
    }
    return "pr-" + Sha256.hexOf(said.toString()).substring(0, ID);
  }

  private Subject camera(JsonNode data, MessageReading reading) throws Unreadable {
    Subject whole = reading.device("", Kind.PARKING);
    String camera = data.path("camera_id").stringValue("");
    return camera.isEmpty() || !settings.streams().contains(whole.device().value())
        ? whole
        : reading.device(camera, Kind.PARKING);
  }

  /** The plate in capital letters; empty if none was read. Newer versions send an object. */
  private static String plate(JsonNode result) {
    JsonNode plate = result.path("plate");
    JsonNode text =
        plate.isObject() ? plate.path("props").path("plate").path(0).path("value") : plate;
    return text.stringValue("").strip().toUpperCase(Locale.ROOT);
  }

  private static void put(ValueCollector values, String name, JsonNode found) throws Unreadable {
    if (found.isNumber() || found.isString() && !found.stringValue().isEmpty()) {
      values.put(name, found);
    }
  }

  private static @Nullable Instant time(JsonNode data, MessageReading reading) {
    JsonNode said = data.path("timestamp");
    return said.isString()
        ? reading.time(() -> DeviceTimes.read("data.timestamp", said.stringValue(), ZoneOffset.UTC))
        : null;
  }
}

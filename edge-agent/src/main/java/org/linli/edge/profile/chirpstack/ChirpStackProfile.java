package org.linli.edge.profile.chirpstack;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Value;
import org.linli.event.Values;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON messages of the MQTT integration of ChirpStack v4 (ChirpStack documentation,
 * "Integrations: Events" and "MQTT"). A device is named by its DevEUI. An event's id is the
 * deduplication id, so that repetitions are one event.
 */
@Component
final class ChirpStackProfile implements Profile {

  private static final String TOPIC = "application/+/device/+/event/+";
  private static final EventType JOINED = new EventType("device.joined");
  private static final EventType LOG = new EventType("device.log");
  private static final EventType SENT = new EventType("downlink.sent");
  private static final EventType CONFIRMED = new EventType("downlink.confirmed");
  private static final EventType NOT_CONFIRMED = new EventType("downlink.not-confirmed");
  private static final EventType BATTERY_LOW = new EventType("battery.low");
  private static final EventType BATTERY_NORMAL = new EventType("battery.normal");
  private static final String OBJECT_OF_VERSION_3 = "objectJSON";
  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

  private final ChirpStackSettings settings;
  private final Changes changes = new Changes();
  private final Sensors sensors;

  ChirpStackProfile(ChirpStackSettings settings) {
    this.settings = settings;
    this.sensors = new Sensors(settings, changes);
  }

  /** One event of a device, with the fields that every event has. */
  private record IntegrationEvent(
      JsonNode json,
      Subject device,
      @Nullable Instant time,
      @Nullable String id,
      MessageReading reading) {

    JsonNode get(String field) {
      JsonNode found = json.get(field);
      return found == null || found.isNull() ? NOTHING : found;
    }

    ValueCollector values(String... fields) throws Unreadable {
      ValueCollector values = new ValueCollector();
      for (String field : fields) {
        values.put(field, get(field));
      }
      return values;
    }

    void happened(EventType type, Values values) throws Unreadable {
      reading.happened(device, type, id, time, values);
    }

    void measured(ValueCollector values) throws Unreadable {
      List<Values> parts = values.inParts();
      for (int i = 0; i < parts.size(); i++) {
        reading.happened(
            device,
            EventType.MEASUREMENT,
            id == null || i == 0 ? id : id + ":" + (i + 1),
            time,
            parts.get(i));
      }
    }
  }

  @Override
  public String name() {
    return "chirpstack";
  }

  @Override
  public List<String> topics() {
    return List.of(settings.prefix().isEmpty() ? TOPIC : settings.prefix() + "/" + TOPIC);
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    JsonNode json = Json.object(message.payload(), reading);
    String[] levels = message.levels();
    boolean published = !message.topic().isEmpty();
    String event = published ? levels[levels.length - 1] : event(json);
    String eui = published ? levels[levels.length - 3] : eui(json);
    Sensors.Sender sender = new Sensors.Sender(eui, deviceProfile(json));
    JsonNode object = object(json, reading);
    Subject device = reading.device(eui, sensors.supposed(sender, object));
    IntegrationEvent told =
        new IntegrationEvent(
            json, device, reading.time(() -> time(json)), id(json, event, reading), reading);
    switch (event) {
      case "up" -> uplink(told, object, sender);
      case "status" -> status(told);
      case "join" -> told.happened(JOINED, told.values("devAddr").first());
      case "log" ->
          told.happened(LOG, told.values("level", "code", "description", "context").first());
      case "location" -> location(told);
      case "ack" -> acknowledged(told);
      case "txack" ->
          told.happened(SENT, told.values("queueItemId", "fCntDown", "gatewayId").first());
      default -> other(told);
    }
  }

  private static String eui(JsonNode json) throws Unreadable {
    JsonNode info = json.get("deviceInfo");
    if (info == null || !info.isObject()) {
      throw new Unreadable(RefusalReason.MISSING_FIELD, "deviceInfo: is missing or no object");
    }
    return Json.text(info, "devEui");
  }

  /**
   * Over HTTP the event name is in the query, which the profile does not get, so it is derived from
   * the fields.
   */
  private static String event(JsonNode json) {
    if (json.has("rxInfo") || json.has("dr")) {
      return "up";
    }
    if (json.has("batteryLevel") || json.has("batteryLevelUnavailable") || json.has("margin")) {
      return "status";
    }
    if (json.has("downlinkId")) {
      return "txack";
    }
    if (json.has("location")) {
      return "location";
    }
    if (json.has("level") || json.has("code")) {
      return "log";
    }
    if (json.has("queueItemId")) {
      return "ack";
    }
    return json.has("devAddr") ? "join" : "";
  }

  private static @Nullable Instant time(JsonNode json) throws Unreadable {
    JsonNode time = json.get("time");
    return time == null || time.isNull()
        ? null
        : DeviceTimes.read("time", Json.text(json, "time"), ZoneOffset.UTC);
  }

  /**
   * The event's id. One radio frame can make several events, such as the first uplink after a join.
   */
  private static @Nullable String id(JsonNode json, String event, MessageReading reading) {
    JsonNode id = json.get("deduplicationId");
    if (id == null || id.isNull()) {
      return null;
    }
    if (!id.isString()) {
      reading.beside(new Unreadable(RefusalReason.BAD_FIELD, "deduplicationId: is not a string"));
      return null;
    }
    String text = id.stringValue();
    if (text.isEmpty()) {
      return null;
    }
    return event.equals("up") ? text : event + ":" + text;
  }

  /** What a codec made of an uplink; version 3 has it as a text. */
  private static JsonNode object(JsonNode json, MessageReading reading) {
    JsonNode text = json.path(OBJECT_OF_VERSION_3);
    if (json.path("object").isObject() || !text.isString() || text.stringValue().isEmpty()) {
      return json.path("object");
    }
    List<JsonNode> read = new ArrayList<>();
    reading.beside(
        () -> {
          try {
            read.add(Json.object(text.stringValue().getBytes(StandardCharsets.UTF_8), reading));
          } catch (Unreadable unreadable) {
            throw unreadable.at(OBJECT_OF_VERSION_3 + ": ");
          }
        });
    return read.isEmpty() ? NOTHING : read.getFirst();
  }

  private void uplink(IntegrationEvent told, JsonNode codec, Sensors.Sender sender)
      throws Unreadable {
    ValueCollector values = new ValueCollector();
    JsonNode object = codec;
    if (object.isContainer() && !object.isEmpty()) {
      JsonNode all = object;
      told.reading().beside(() -> values.putAll(all));
    } else {
      raw(told, values);
      object = decoded(values);
    }
    told.reading()
        .beside(
            () -> {
              values.put("fPort", told.get("fPort")).put("fCnt", told.get("fCnt"));
              radio(told.get("rxInfo"), values);
            });
    if (values.isEmpty()) {
      values.put("received", true);
    }
    told.measured(values);
    sensors.read(
        object, new Sensors.Uplink(sender, told.reading(), told.device(), told.id(), told.time()));
  }

  /** The values of a decoder, as a codec would give them. */
  private static JsonNode decoded(ValueCollector values) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Values part : values.inParts()) {
      part.byName()
          .forEach(
              (name, value) -> {
                switch (value) {
                  case Value.Whole whole -> object.put(name, whole.number());
                  case Value.Real real -> object.put(name, real.number());
                  case Value.Truth truth -> object.put(name, truth.truth());
                  case Value.Text text -> object.put(name, text.text());
                }
              });
    }
    return object;
  }

  private void raw(IntegrationEvent told, ValueCollector values) throws Unreadable {
    if (!told.json().hasNonNull("data")) {
      return;
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(Json.text(told.json(), "data"));
    } catch (IllegalArgumentException notBase64) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "data: is not base64 (RFC 4648 section 4)");
    }
    PayloadDecoder decoder = decoder(told.json());
    if (decoder != null) {
      decoder.decode(bytes, told.get("fPort").asInt(0), values);
    } else if (bytes.length > 0) {
      values.put("data", HexFormat.of().formatHex(bytes));
    }
  }

  private @Nullable PayloadDecoder decoder(JsonNode json) {
    String name = settings.decoders().get(deviceProfile(json));
    return name == null ? null : PayloadDecoder.BY_NAME.get(name);
  }

  private static String deviceProfile(JsonNode json) {
    String name = json.path("deviceInfo").path("deviceProfileName").asString("");
    return name.isEmpty() ? json.path("deviceProfileName").asString("") : name;
  }

  /** Adds the best values of the gateways that received the frame. */
  private static void radio(JsonNode rxInfo, ValueCollector values) throws Unreadable {
    if (!rxInfo.isArray() || rxInfo.isEmpty()) {
      return;
    }
    for (String field : List.of("rssi", "snr")) {
      JsonNode best = NOTHING;
      for (JsonNode each : rxInfo) {
        JsonNode found = each.get(field);
        if (found != null
            && found.isNumber()
            && (!best.isNumber()
                || found.numberValue().doubleValue() > best.numberValue().doubleValue())) {
          best = found;
        }
      }
      values.put(field, best);
    }
    values.put("gateways", rxInfo.size());
  }

  private void status(IntegrationEvent told) throws Unreadable {
    ValueCollector values = told.values("margin", "externalPowerSource");
    JsonNode level = told.get("batteryLevel");
    boolean known = level.isNumber() && !told.get("batteryLevelUnavailable").asBoolean(false);
    boolean mains = told.get("externalPowerSource").asBoolean(false);
    if (!level.isMissingNode() && !level.isNumber()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "batteryLevel: is not a number of percent");
    }
    if (known && !mains) {
      values.put("battery", level);
    }
    if (values.isEmpty()) {
      values.put("batteryLevelUnavailable", true);
    }
    told.measured(values);
    if (known && !mains) {
      boolean low = level.numberValue().doubleValue() < settings.batteryLow();
      StateTime time = StateTime.byDevice(told.time()).of(low);
      if (changes.isChange(told.reading(), told.device(), "battery", low, time)) {
        told.reading()
            .followed(
                told.device(),
                low ? BATTERY_LOW : BATTERY_NORMAL,
                told.id() == null ? null : "battery:" + told.id(),
                told.time(),
                new ValueCollector().put("battery", level).first());
      }
    }
  }

  private static void location(IntegrationEvent told) throws Unreadable {
    JsonNode location = told.get("location");
    if (!location.isObject()) {
      throw new Unreadable(RefusalReason.MISSING_FIELD, "location: is missing or no object");
    }
    told.measured(new ValueCollector().putAll(location));
  }

  private static void acknowledged(IntegrationEvent told) throws Unreadable {
    JsonNode acknowledged = told.get("acknowledged");
    if (!acknowledged.isMissingNode() && !acknowledged.isBoolean()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "acknowledged: is neither true nor false");
    }
    told.happened(
        acknowledged.asBoolean(false) ? CONFIRMED : NOT_CONFIRMED,
        told.values("queueItemId", "fCntDown").first());
  }

  /** Reads events of newer ChirpStack versions, or of other integrations. */
  private static void other(IntegrationEvent told) throws Unreadable {
    ValueCollector values = new ValueCollector();
    for (Map.Entry<String, JsonNode> field : told.json().properties()) {
      if (!field.getKey().equals("deviceInfo")) {
        values.put(field.getKey(), field.getValue());
      }
    }
    told.measured(values);
  }
}

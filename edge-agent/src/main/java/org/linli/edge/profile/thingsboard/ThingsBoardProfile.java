package org.linli.edge.profile.thingsboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TimeOrder;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.wired.WiredInputs;
import org.linli.edge.profile.wired.WiredStates;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.program.Shown;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages that devices and gateways publish to ThingsBoard (ThingsBoard documentation, "MQTT
 * Device API Reference" and "MQTT Gateway API Reference"). The device of {@code v1/devices/me} is
 * the MQTT client; a gateway names its devices. Telemetry is an object of values, {@code {ts,
 * values}}, or an array of either. An entry that cannot be read costs no other one its events, and
 * is a dead letter.
 */
@Component
final class ThingsBoardProfile implements Profile {

  private static final EventType ATTRIBUTES = new EventType("device.attributes");
  private static final EventType ONLINE = new EventType("device.online");
  private static final EventType OFFLINE = new EventType("device.offline");

  /** What is no value in telemetry that has its values in an object; gateways add metadata. */
  private static final Set<String> OF_TELEMETRY = Set.of("ts", "values", "metadata");

  private final WiredInputs inputs;
  private final WiredStates states = new WiredStates(new Changes());

  ThingsBoardProfile(ThingsBoardSettings settings) {
    this.inputs = settings.inputs();
  }

  @Override
  public String name() {
    return "thingsboard";
  }

  @Override
  public List<String> topics() {
    return List.of("v1/devices/me/#", "v1/gateway/#");
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    switch (message.topic()) {
      case "" ->
          telemetry(
              "",
              Json.read(message.payload(), reading),
              new Sender("", reading.device("", kind())),
              reading);
      case "v1/devices/me/telemetry" ->
          telemetry("", Json.read(message.payload(), reading), client(message, reading), reading);
      case "v1/devices/me/attributes" ->
          attributes("", Json.read(message.payload(), reading), client(message, reading), reading);
      case "v1/gateway/telemetry" -> {
        Entries entries = new Entries();
        for (Map.Entry<String, JsonNode> device : devices(message, reading)) {
          try {
            telemetry(place(device), device.getValue(), named(device.getKey(), reading), reading);
            entries.read();
          } catch (Unreadable unreadable) {
            entries.broken(alone(device), unreadable);
          }
        }
        entries.end(reading);
      }
      case "v1/gateway/attributes" -> {
        Entries entries = new Entries();
        for (Map.Entry<String, JsonNode> device : devices(message, reading)) {
          try {
            attributes(place(device), device.getValue(), named(device.getKey(), reading), reading);
            entries.read();
          } catch (Unreadable unreadable) {
            entries.broken(alone(device), unreadable);
          }
        }
        entries.end(reading);
      }
      case "v1/gateway/connect" -> connection(message, ONLINE, reading);
      case "v1/gateway/disconnect" -> connection(message, OFFLINE, reading);
      default -> request(message, reading);
    }
  }

  /**
   * Who says something.
   *
   * @param name what it is called there; empty for the device in the message's address
   */
  private record Sender(String name, Subject device) {}

  private static Kind kind() {
    return Kind.ENVIRONMENT;
  }

  private Sender client(Delivered message, MessageReading reading) throws Unreadable {
    if (message.client().isEmpty()) {
      throw new Unreadable(
          RefusalReason.BAD_DEVICE_ID,
          "over a broker nobody knows which client published to "
              + message.topic()
              + "; connect the device to the gateway itself");
    }
    return sender(message.client(), reading);
  }

  private Sender named(String device, MessageReading reading) throws Unreadable {
    if (device.isEmpty()) {
      throw new Unreadable(RefusalReason.BAD_DEVICE_ID, "a device has an empty name");
    }
    return sender(device, reading);
  }

  private Sender sender(String name, MessageReading reading) throws Unreadable {
    return new Sender(name, reading.device(name, inputs.kind(name, kind())));
  }

  private static Iterable<Map.Entry<String, JsonNode>> devices(
      Delivered message, MessageReading reading) throws Unreadable {
    return Json.object(message.payload(), reading).properties();
  }

  private static JsonNode alone(Map.Entry<String, JsonNode> device) {
    return JsonNodeFactory.instance.objectNode().set(device.getKey(), device.getValue());
  }

  private static String place(Map.Entry<String, JsonNode> device) {
    return Shown.text(device.getKey()) + ": ";
  }

  private void telemetry(String place, JsonNode told, Sender device, MessageReading reading)
      throws Unreadable {
    if (!told.isArray()) {
      at(place, 0, told, device, reading);
      return;
    }
    Entries entries = new Entries();
    List<Integer> order = inOrder(told, device, reading);
    for (int i = 0; i < told.size(); i++) {
      int next = order.isEmpty() ? i : order.get(i);
      try {
        at(place, next + 1, told.get(next), device, reading);
        entries.read();
      } catch (Unreadable unreadable) {
        entries.broken(told.get(next), unreadable);
      }
    }
    entries.end(reading);
  }

  /** The entries in the order of their times, where one says a state; otherwise empty. */
  private List<Integer> inOrder(JsonNode told, Sender sender, MessageReading reading)
      throws Unreadable {
    if (!WiredStates.mayBeSaid(inputs, sender.device(), sender.name())) {
      return List.of();
    }
    for (JsonNode entry : told) {
      JsonNode values = entry.path("values").isObject() ? entry.get("values") : entry;
      if (values.isObject()
          && WiredStates.areSaid(
              inputs,
              sender.device(),
              sender.name(),
              new ValueCollector().putAll(values).inParts())) {
        return TimeOrder.sorted(
            IntStream.range(0, told.size()).boxed().toList(), i -> time(told.get(i), reading));
      }
    }
    return List.of();
  }

  /** The time of an entry, to compare it with others; now if it has none that can be read. */
  private static Instant time(JsonNode entry, MessageReading reading) {
    try {
      return entry.has("ts") && entry.has("values")
          ? time("ts", entry.get("ts"))
          : reading.receivedAt();
    } catch (Unreadable noTime) {
      return reading.receivedAt();
    }
  }

  /** Where an entry is; made only for one of which there is something to say. */
  private static String place(String outer, int entry) {
    return entry == 0 ? outer : outer + "entry " + entry + ": ";
  }

  /**
   * @param entry its number from 1; 0 if there is no array
   */
  private void at(String outer, int entry, JsonNode told, Sender device, MessageReading reading)
      throws Unreadable {
    if (!told.isObject()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          place(outer, entry) + "telemetry is an object of values, or an array of them");
    }
    boolean isOfValues = told.path("values").isObject();
    if (!isOfValues && (!told.has("ts") || !told.has("values"))) {
      measured(device, null, told, reading);
      return;
    }
    JsonNode values = told.get("values");
    if (!values.isObject()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, place(outer, entry) + "values: is not an object");
    }
    Instant time =
        told.has("ts")
            ? reading.time(() -> time(place(outer, entry) + "ts", told.get("ts")))
            : null;
    measured(device, time, values, reading);
    ObjectNode beside = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : told.properties()) {
      if (!OF_TELEMETRY.contains(field.getKey())) {
        beside.set(field.getKey(), field.getValue());
      }
    }
    if (!beside.isEmpty()) {
      reading.beside(() -> measured(device, time, beside, reading));
    }
    reading.nextPart();
  }

  private void measured(
      Sender sender, @Nullable Instant time, JsonNode told, MessageReading reading)
      throws Unreadable {
    List<Values> values = new ValueCollector().putAll(told).inParts();
    reading.measured(sender.device(), time, values);
    states.read(inputs, reading, sender.device(), sender.name(), time, values);
  }

  private static Instant time(String field, JsonNode millis) throws Unreadable {
    if (millis.isString() && millis.stringValue().matches("[0-9]{1,15}")) {
      return DeviceTimes.ofSeconds(field, Long.parseLong(millis.stringValue()) / 1_000.0);
    }
    if (!millis.isNumber()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, field + ": is not a number of milliseconds since 1970");
    }
    return DeviceTimes.ofSeconds(field, millis.numberValue().doubleValue() / 1_000);
  }

  private void attributes(String place, JsonNode told, Sender sender, MessageReading reading)
      throws Unreadable {
    if (!told.isObject()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, place + "attributes are an object");
    }
    List<Values> values = new ValueCollector().putAll(told).inParts();
    for (Values part : values) {
      reading.happened(sender.device(), ATTRIBUTES, null, part);
    }
    states.read(inputs, reading, sender.device(), sender.name(), null, values);
  }

  private void connection(Delivered message, EventType type, MessageReading reading)
      throws Unreadable {
    JsonNode told = Json.object(message.payload(), reading);
    Subject device = named(Json.text(told, "device"), reading).device();
    @Nullable JsonNode profile = told.get("type");
    ValueCollector values = new ValueCollector();
    if (profile != null) {
      values.put("type", profile);
    }
    reading.happened(device, type, null, values.first());
  }

  /** Requests of a device to a server: attributes, calls, claiming. They get no answer here. */
  private static void request(Delivered message, MessageReading reading) throws Unreadable {
    String[] levels = message.levels();
    int at = levels[1].equals("gateway") ? 2 : 3;
    String about = levels.length > at ? levels[at] : "";
    switch (about) {
      case "attributes", "rpc", "claim" -> reading.passOver();
      default ->
          throw new Unreadable(
              RefusalReason.UNKNOWN_ADDRESS,
              "of ThingsBoard's topics telemetry, attributes, connect and disconnect are read");
    }
  }
}

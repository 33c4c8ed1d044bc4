package org.linli.edge.profile.tasmota;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.SupposedKinds;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.JsonFields;
import org.linli.edge.profile.format.Truth;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.wired.StateWords;
import org.linli.edge.profile.wired.WiredInputs;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;

/**
 * Telemetry of a device and of Zigbee devices behind it. All of it becomes measurements. An input
 * whose meaning is known from a setting or from its Zigbee name is also an event when it changes,
 * and so is each press of a button.
 */
final class Telemetry {

  private static final String TIME = "Time";
  private static final String EPOCH = "Epoch";
  private static final String ZIGBEE = "ZbReceived";
  private static final String NAME = "Name";
  private static final String BATTERY = "BatteryPercentage";
  private static final EventType INTRUDED = new EventType("zone.intruded");
  private static final Set<String> NOT_MEASURED = Set.of(TIME, EPOCH, ZIGBEE);
  private static final Set<String> NOT_MEASURED_OF_ZIGBEE = Set.of("Device", NAME);
  private static final EventType PRESSED = new EventType("button.pressed");
  private static final EventType ACTIVITY = new EventType("activity.seen");
  private static final EventType BATTERY_LOW = new EventType("battery.low");
  private static final EventType BATTERY_NORMAL = new EventType("battery.normal");

  private final WiredInputs wired;
  private final Map<String, ZoneId> zones;
  private final ZoneId zone;
  private final int batteryLow;
  private final Changes changes;
  private final Conditions conditions;
  private final SupposedKinds kinds = new SupposedKinds();

  Telemetry(TasmotaSettings settings, ZoneId common, Changes changes) {
    this.wired = settings.inputs();
    this.zones = settings.zones();
    this.zone = settings.zone() == null ? common : settings.zone();
    this.batteryLow = settings.batteryLow();
    this.changes = changes;
    this.conditions = new Conditions(changes);
  }

  /** The device of this topic name; empty for the one in the message's address. */
  Subject device(String name, MessageReading reading) throws Unreadable {
    return reading.device(name, wired.kind(name, kinds.of(name)));
  }

  void read(String name, JsonNode told, MessageReading reading) throws Unreadable {
    if (told.has("ENERGY") && kinds.of(name) == Kind.ENVIRONMENT) {
      kinds.remember(name, Kind.POWER);
    }
    Instant time = reading.time(() -> time(name, told));
    JsonNode zigbee = told.get(ZIGBEE);
    if (zigbee == null || told.size() > 1) {
      inputs(name, told, time, reading);
    }
    if (zigbee != null) {
      reading.beside(() -> zigbee(name, zigbee, time, reading));
    }
  }

  private void inputs(String name, JsonNode told, @Nullable Instant time, MessageReading reading)
      throws Unreadable {
    Subject device = device(name, reading);
    reading.beside(() -> reading.measured(device, time, values(told, NOT_MEASURED).inParts()));
    String whose = name.isEmpty() ? device.device().value() : name;
    within(whose, "", told, device, time, reading);
  }

  /** Reads the inputs, those within an object by their whole name: {@code MCP230XX.D0}. */
  private void within(
      String whose,
      String outer,
      JsonNode told,
      Subject device,
      @Nullable Instant time,
      MessageReading reading) {
    for (Map.Entry<String, JsonNode> entry : told.properties()) {
      String input = ValueCollector.joined(outer, entry.getKey());
      JsonNode value = entry.getValue();
      Optional<WiredMeaning> meaning = wired.meaning(whose, input);
      if (meaning.isPresent() || outer.isEmpty()) {
        Predicate<String> alike = other -> isAlike(whose, other, meaning);
        reading.beside(() -> input(reading, device, input, value, meaning, alike, time));
      }
      if (value.isObject() && !entry.getKey().equals(ZIGBEE)) {
        within(whose, input, value, device, time, reading);
      }
    }
  }

  /** Whether an input of that device has this meaning too. */
  private boolean isAlike(String whose, String input, Optional<WiredMeaning> meaning) {
    return input.indexOf('/') < 0 && wired.meaning(whose, input).equals(meaning);
  }

  private void input(
      MessageReading reading,
      Subject device,
      String input,
      JsonNode value,
      Optional<WiredMeaning> meaning,
      Predicate<String> alike,
      @Nullable Instant time)
      throws Unreadable {
    Optional<String> action = action(value);
    Optional<Boolean> on =
        action.isPresent()
            ? isOn(action.get())
            : meaning.flatMap(about -> StateWords.isOn(about, value));
    if (action.isPresent() && on.isEmpty()) {
      pressed(reading, device, input, action.get(), meaning, time);
    } else if (meaning.isPresent()) {
      boolean state =
          on.orElseThrow(
              () -> new Unreadable(RefusalReason.BAD_FIELD, input + ": says neither ON nor OFF"));
      tell(reading, device, input, alike, meaning.get(), state, time);
    }
  }

  private void pressed(
      MessageReading reading,
      Subject device,
      String input,
      String action,
      Optional<WiredMeaning> meaning,
      @Nullable Instant time)
      throws Unreadable {
    if (meaning.isPresent() && !meaning.get().isMoment()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          input
              + ": says neither ON nor OFF; set SwitchMode 1 or 2 at the device, so that it tells"
              + " its state");
    }
    Values values = new ValueCollector().put("button", input).put("action", action).first();
    WiredMeaning pressed = meaning.orElse(WiredMeaning.BUTTON);
    Kind kind = pressed.kind();
    Subject subject = kind == null ? device : new Subject(device.device(), kind);
    reading.happened(subject, pressed.whenOn(), time, values);
  }

  private void tell(
      MessageReading reading,
      Subject device,
      String input,
      Predicate<String> alike,
      WiredMeaning meaning,
      boolean on,
      @Nullable Instant time)
      throws Unreadable {
    StateTime at = StateTime.byDevice(time);
    if (conditions
        .change(reading, device, meaning.whenOn(), alike, at, Map.of(input, on))
        .isEmpty()) {
      return;
    }
    EventType type = on ? meaning.whenOn() : meaning.whenOff();
    if (type == null) {
      return;
    }
    Kind kind = meaning.kind();
    Subject subject = kind == null ? device : new Subject(device.device(), kind);
    reading.happened(subject, type, time, Values.NONE);
    if (on && meaning == WiredMeaning.MOTION && device.kind() == Kind.CARE) {
      reading.happened(device, ACTIVITY, time, Values.NONE);
    }
  }

  private void zigbee(
      String bridge, JsonNode received, @Nullable Instant time, MessageReading reading)
      throws Unreadable {
    if (!received.isObject()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, ZIGBEE + ": is no object");
    }
    List<Unreadable> broken = new ArrayList<>();
    int read = 0;
    for (Map.Entry<String, JsonNode> entry : received.properties()) {
      try {
        neighbour(bridge, entry.getKey(), entry.getValue(), time, reading);
        read++;
      } catch (Unreadable unreadable) {
        broken.add(unreadable);
      }
    }
    if (read == 0 && !broken.isEmpty()) {
      throw broken.getFirst();
    }
    // What a readable neighbour says counts, also that an alarm is over.
    broken.forEach(reading::lacks);
  }

  private void neighbour(
      String bridge,
      String key,
      JsonNode attributes,
      @Nullable Instant time,
      MessageReading reading)
      throws Unreadable {
    if (!attributes.isObject()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, ZIGBEE + ": holds something that is no object");
    }
    String name = ZigbeeAttributes.name(bridge, key, attributes.path(NAME));
    if (attributes.has("Contact") && wired.meaning(name, "Contact").isEmpty()) {
      kinds.remember(name, Kind.ACCESS);
    }
    Subject told = device(name, reading);
    reading.beside(
        () -> reading.measured(told, time, values(attributes, NOT_MEASURED_OF_ZIGBEE).inParts()));
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      reading.beside(
          () ->
              attribute(
                  reading,
                  told,
                  name,
                  attribute.getKey(),
                  ZigbeeAttributes.endpoint(attributes),
                  attribute.getValue(),
                  time));
    }
    click(reading, told, attributes, time);
    battery(reading, told, attributes, time);
  }

  /** What a setting says of an attribute goes before what its name says. */
  private void attribute(
      MessageReading reading,
      Subject told,
      String name,
      String attribute,
      String endpoint,
      JsonNode value,
      @Nullable Instant time)
      throws Unreadable {
    String input = ZigbeeAttributes.input(attribute);
    Optional<WiredMeaning> meaning = meaning(told, name, input);
    if (meaning.isEmpty() && attribute.equals(ZigbeeAttributes.GLASS_BREAK)) {
      glass(reading, told, input + endpoint, value, time);
      return;
    }
    Predicate<String> alike =
        other -> meaning(told, name, ZigbeeAttributes.withoutEndpoint(other)).equals(meaning);
    JsonNode its = ZigbeeAttributes.state(input, value);
    input(reading, told, input + endpoint, its, meaning, alike, time);
  }

  private Optional<WiredMeaning> meaning(Subject told, String name, String attribute) {
    return wired
        .meaning(name, attribute)
        .or(() -> wired.meaning(told.device().value(), attribute))
        .or(() -> ZigbeeAttributes.meaning(attribute));
  }

  /** A window that breaks, which no end follows. */
  private void glass(
      MessageReading reading, Subject device, String input, JsonNode value, @Nullable Instant time)
      throws Unreadable {
    Optional<Boolean> broken = Truth.ofAlarm(value);
    if (broken.isPresent()
        && changes.isChange(reading, device, input, broken.get(), StateTime.byDevice(time))
        && broken.get()) {
      Values values = new ValueCollector().put("cause", "glass-break").first();
      reading.happened(device, INTRUDED, time, values);
    }
  }

  private static void click(
      MessageReading reading, Subject device, JsonNode attributes, @Nullable Instant time)
      throws Unreadable {
    JsonNode click = attributes.get("Click");
    if (click != null && click.isString()) {
      Values values = new ValueCollector().put("action", click).first();
      reading.happened(device, PRESSED, time, values);
    }
  }

  private void battery(
      MessageReading reading, Subject device, JsonNode attributes, @Nullable Instant time)
      throws Unreadable {
    JsonNode percent = attributes.get(BATTERY);
    OptionalDouble left = percent == null ? OptionalDouble.empty() : JsonFields.number(percent);
    if (left.isEmpty() || batteryLow == 0) {
      return;
    }
    boolean low = left.getAsDouble() <= batteryLow;
    if (changes.isChange(reading, device, BATTERY, low, StateTime.byDevice(time).of(low))) {
      Values values = new ValueCollector().put("percent", left.getAsDouble()).first();
      reading.happened(device, low ? BATTERY_LOW : BATTERY_NORMAL, time, values);
    }
  }

  /** The action of a button or switch: {@code {"Action":"SINGLE"}}. */
  static Optional<String> action(JsonNode value) {
    for (String field : new String[] {"Action", "ACTION"}) {
      JsonNode found = value.get(field);
      if (found != null && found.isString()) {
        return Optional.of(found.stringValue());
      }
    }
    return Optional.empty();
  }

  private static Optional<Boolean> isOn(String word) {
    return switch (Truth.normal(word)) {
      case "on" -> Optional.of(true);
      case "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static ValueCollector values(JsonNode told, Set<String> without) throws Unreadable {
    ValueCollector values = new ValueCollector();
    for (Map.Entry<String, JsonNode> entry : told.properties()) {
      if (without.contains(entry.getKey())) {
        continue;
      }
      Optional<String> action = action(entry.getValue());
      if (action.isEmpty()) {
        put(values, entry.getKey(), entry.getValue());
      } else if (isOn(action.get()).isPresent()) {
        values.put(entry.getKey(), isOn(action.get()).get());
      }
    }
    return values;
  }

  /**
   * Adds a value as it is, but ON and OFF as booleans, because {@code stat/NAME/POWER} and RESULT
   * give the same.
   */
  private static void put(ValueCollector values, String name, JsonNode node) throws Unreadable {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        JsonNode within = entry.getValue();
        if (!within.isNull()) {
          put(values, ValueCollector.joined(name, entry.getKey()), within);
        }
      }
    } else if (node.isString() && isOn(node.stringValue()).isPresent()) {
      values.put(name, isOn(node.stringValue()).get());
    } else {
      values.put(name, node);
    }
  }

  /** ISO 8601, mostly without a zone, or seconds, depending on the command Time. */
  private @Nullable Instant time(String name, JsonNode told) throws Unreadable {
    JsonNode epoch = told.get(EPOCH);
    boolean byEpoch = epoch != null && epoch.isNumber();
    JsonNode said = byEpoch ? epoch : told.get(TIME);
    if (said == null || said.isNull()) {
      return null;
    }
    OptionalDouble seconds = JsonFields.number(said);
    if (seconds.isPresent()) {
      return DeviceTimes.ofSeconds(byEpoch ? EPOCH : TIME, seconds.getAsDouble());
    }
    return DeviceTimes.read(
        TIME, said.isString() ? said.stringValue() : "", zones.getOrDefault(name, zone));
  }
}

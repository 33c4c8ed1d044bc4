package org.linli.edge.profile.zigbee2mqtt;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
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
 * States of a Zigbee device (the page "Exposes" of Zigbee2MQTT's documentation). All of them become
 * measurements. A changed state is also an event, and so is each press of a button.
 */
final class DeviceStates {

  private static final String ACTION = "action";
  static final String ACTION_CODE = "action_code";
  private static final String LAST_SEEN = "last_seen";
  private static final String DEVICE = "device";

  /** Among them the code that somebody typed at a keypad. */
  private static final Set<String> NOT_MEASURED = Set.of(ACTION, ACTION_CODE, LAST_SEEN, DEVICE);

  private static final EventType PRESSED = new EventType("button.pressed");
  private static final EventType SOS = new EventType("sos.pressed");
  private static final EventType BATTERY_LOW = new EventType("battery.low");
  private static final EventType BATTERY_NORMAL = new EventType("battery.normal");
  private static final EventType ACTIVITY = new EventType("activity.seen");

  /** What follows an action's name when the call is over, or the button let go. */
  private static final List<String> OVER = List.of("release", "off", "clear", "cancel", "stop");

  private static final List<String> ELECTRIC = List.of("power", "energy", "current");

  /** A state and its event types, which belong to any kind of device. */
  private record State(String field, EventType whenTrue, EventType whenFalse) {

    State(String field, String whenTrue, String whenFalse) {
      this(field, new EventType(whenTrue), new EventType(whenFalse));
    }
  }

  private static final List<State> STATES =
      List.of(
          new State("contact", "door.closed", "door.opened"),
          new State("occupancy", "occupancy.detected", "occupancy.cleared"),
          new State("presence", "presence.detected", "presence.cleared"),
          new State("vibration", "vibration.detected", "vibration.cleared"),
          new State("tamper", "device.tampered", "device.tamper-cleared"));
  private static final String BATTERY = "battery";
  private static final String BATTERY_FLAG = "battery_low";

  /** The words for an alarm have no meaning for a contact, which is no alarm. */
  private static final String CONTACT = "contact";

  private final Zigbee2MqttSettings settings;
  private final ZoneId zone;
  private final Changes changes;
  private final Conditions conditions;
  private final LifeStates lives;
  private final WiredInputs inputs;

  private final SupposedKinds kinds = new SupposedKinds();

  DeviceStates(Zigbee2MqttSettings settings, ZoneId zone, Changes changes) {
    this.settings = settings;
    this.zone = zone;
    this.changes = changes;
    this.conditions = new Conditions(changes);
    this.inputs = settings.inputs();
    this.lives = new LifeStates(inputs, changes);
  }

  /** The device with this friendly name; empty for the one in the message's address. */
  Subject device(String name, MessageReading reading) throws Unreadable {
    return reading.device(name, inputs.kind(name, kinds.of(name)));
  }

  void read(String name, JsonNode state, MessageReading reading) throws Unreadable {
    remember(name, state);
    Subject device = device(name, reading);
    Instant time = reading.time(() -> lastSeen(state));
    ValueCollector values = new ValueCollector();
    reading.beside(
        () -> {
          for (Map.Entry<String, JsonNode> entry : state.properties()) {
            if (!NOT_MEASURED.contains(entry.getKey())) {
              values.put(entry.getKey(), entry.getValue());
            }
          }
        });
    reading.measured(device, time, values.inParts());
    lives.read(reading, name, device, state, time, isHelp(name, device, state.path(ACTION)));
    for (State each : STATES) {
      reading.beside(
          () -> {
            Boolean truth = truth(state, each.field(), each.field().equals(CONTACT));
            if (truth != null) {
              tell(reading, device, each, truth, time);
            }
          });
    }
    battery(reading, device, state, time);
    reading.beside(() -> action(reading, name, device, state, time));
    boolean badTime = time == null && state.hasNonNull(LAST_SEEN);
    if (!state.isEmpty() && !badTime && !isAnyState(state)) {
      reading.passOver();
    }
  }

  private static boolean isAnyState(JsonNode state) {
    for (Map.Entry<String, JsonNode> entry : state.properties()) {
      if (!isNoState(entry)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is nothing that a device says of its state. */
  private static boolean isNoState(Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    return value.isNull()
        || NOT_MEASURED.contains(entry.getKey()) && !entry.getKey().equals(ACTION);
  }

  private void remember(String name, JsonNode state) {
    if (settings.sosDevices().contains(name)) {
      kinds.remember(name, Kind.CARE);
    } else if (state.has("contact")) {
      kinds.remember(name, Kind.ACCESS);
    } else if (isElectric(state)) {
      kinds.remember(name, Kind.POWER);
    }
  }

  private static boolean isElectric(JsonNode state) {
    for (String field : ELECTRIC) {
      if (state.has(field)) {
        return true;
      }
    }
    return false;
  }

  private void tell(
      MessageReading reading, Subject device, State state, boolean truth, @Nullable Instant time)
      throws Unreadable {
    // A contact that is shut is no alarm.
    boolean begins = truth != state.field().equals(CONTACT);
    StateTime at = StateTime.byKeeper(time).of(begins);
    if (!changes.isChange(reading, device, state.field(), truth, at)) {
      return;
    }
    reading.happened(device, truth ? state.whenTrue() : state.whenFalse(), time, Values.NONE);
    boolean somebody = state.field().equals("occupancy") || state.field().equals("presence");
    if (truth && somebody && device.kind() == Kind.CARE) {
      reading.happened(device, ACTIVITY, time, Values.NONE);
    }
  }

  /** A flag and a percentage are one state, which either may begin and both must end. */
  private void battery(
      MessageReading reading, Subject device, JsonNode state, @Nullable Instant time)
      throws Unreadable {
    Map<String, Boolean> told = new LinkedHashMap<>();
    Boolean said = truth(state, BATTERY_FLAG, false);
    if (said != null) {
      told.put(BATTERY_FLAG, said);
    }
    JsonNode percent = find(state, BATTERY);
    OptionalDouble left = percent == null ? OptionalDouble.empty() : JsonFields.number(percent);
    if (left.isPresent()) {
      told.put(BATTERY, settings.batteryLow() > 0 && left.getAsDouble() <= settings.batteryLow());
    }
    Optional<Boolean> low = conditions.change(reading, device, BATTERY_LOW, _ -> true, told, time);
    if (low.isPresent()) {
      Values values =
          left.isPresent()
              ? new ValueCollector().put("percent", left.getAsDouble()).first()
              : Values.NONE;
      reading.happened(device, low.get() ? BATTERY_LOW : BATTERY_NORMAL, time, values);
    }
  }

  private void action(
      MessageReading reading, String name, Subject device, JsonNode state, @Nullable Instant time)
      throws Unreadable {
    JsonNode found = find(state, ACTION);
    if (found == null || found.isNull()) {
      return;
    }
    if (!found.isString()) {
      throw new Unreadable(RefusalReason.BAD_FIELD, ACTION + ": is not a string");
    }
    String action = found.stringValue();
    if (action.isEmpty()) {
      // How older versions report that the button is released; the message has nothing else.
      reading.passOver();
      return;
    }
    Values values = new ValueCollector().put(ACTION, action).first();
    boolean help = isHelp(name, device, found);
    reading.happened(
        help ? new Subject(device.device(), Kind.CARE) : device,
        help ? SOS : PRESSED,
        time,
        values);
  }

  /** Whether an action is a call for help, by itself or because its device is for that. */
  private boolean isHelp(String name, Subject device, JsonNode action) {
    return action.isString()
        && !action.stringValue().isEmpty()
        && (isCall(action.stringValue().toLowerCase(Locale.ROOT))
            || Stream.of(name, device.device().value()).anyMatch(settings.sosDevices()::contains));
  }

  /** Whether it is one of the actions, possibly of one of several buttons: {@code panic_2}. */
  private boolean isCall(String action) {
    return settings.sosActions().stream()
        .anyMatch(
            call ->
                action.equals(call)
                    || action.endsWith("_" + call)
                    || action.startsWith(call + "_") && !isOver(action.substring(call.length())));
  }

  private static boolean isOver(String rest) {
    return OVER.stream().anyMatch(rest::contains);
  }

  /** The field of that name, or of that name in other letters, as some bridges write it. */
  private static @Nullable JsonNode find(JsonNode state, String field) {
    JsonNode found = state.get(field);
    if (found != null) {
      return found;
    }
    for (Map.Entry<String, JsonNode> entry : state.properties()) {
      if (entry.getKey().equalsIgnoreCase(field)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static @Nullable Boolean truth(JsonNode state, String field, boolean strict)
      throws Unreadable {
    JsonNode found = find(state, field);
    if (found == null || found.isNull()) {
      return null;
    }
    Optional<Boolean> truth =
        field.equals(CONTACT)
            ? Truth.of(found)
                .or(() -> StateWords.isOn(WiredMeaning.DOOR, found).map(isOpen -> !isOpen))
            : Truth.ofAlarm(found);
    if (truth.isEmpty() && strict) {
      throw new Unreadable(RefusalReason.BAD_FIELD, field + ": is neither true nor false");
    }
    return truth.orElse(null);
  }

  /** ISO 8601 with or without a zone, or milliseconds, depending on {@code advanced.last_seen}. */
  private @Nullable Instant lastSeen(JsonNode state) throws Unreadable {
    JsonNode found = state.get(LAST_SEEN);
    if (found == null || found.isNull()) {
      return null;
    }
    OptionalDouble millis = JsonFields.number(found);
    if (millis.isPresent()) {
      return DeviceTimes.ofSeconds(LAST_SEEN, millis.getAsDouble() / 1_000);
    }
    return DeviceTimes.read(LAST_SEEN, found.isString() ? found.stringValue() : "", zone);
  }
}

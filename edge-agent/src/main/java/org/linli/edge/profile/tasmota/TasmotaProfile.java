package org.linli.edge.profile.tasmota;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.OnlineState;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.ScalarPayload;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Values;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages of devices with the Tasmota firmware (Tasmota's documentation, "MQTT", "Commands",
 * "Buttons and Switches", "Zigbee"). A device is named by its {@code Topic}.
 *
 * <pre>
 * tele/NAME/LWT Online, Offline  ──▶ device.online, device.offline
 * tele/NAME/STATE, SENSOR, …     ──▶ measurement, and an event for each input that changed
 * stat/NAME/RESULT, POWER, …     ──▶ the same, and presses of buttons
 * stat/NAME/STATUS8, 10, 11      ──▶ as SENSOR and STATE
 * tele/NAME/INFO1, …             ──▶ device.attributes
 * </pre>
 *
 * <p>Commands ({@code cmnd}), the log, discovery and the empty message that clears a retained one
 * are passed over.
 */
@Component
final class TasmotaProfile implements Profile {

  private static final String DISCOVERY = "tasmota/discovery/";
  private static final Set<String> DOCUMENTS = Set.of("SENSOR", "STATE", "RESULT");
  private static final String STATUS = "STATUS";
  private static final String INFO = "INFO";
  private static final EventType ATTRIBUTES = new EventType("device.attributes");

  private final List<FullTopic> forms;
  private final Telemetry telemetry;
  private final OnlineState presence;

  TasmotaProfile(TasmotaSettings settings, ProfileSettings common) {
    Changes changes = new Changes();
    this.forms = settings.forms();
    this.telemetry = new Telemetry(settings, common.zone(), changes);
    this.presence = new OnlineState(changes);
  }

  @Override
  public String name() {
    return "tasmota";
  }

  @Override
  public List<String> topics() {
    return forms.stream().flatMap(form -> form.filters().stream()).toList();
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    if (message.topic().isEmpty()) {
      told("", "", Json.object(message.payload(), reading), reading);
      return;
    }
    Optional<FullTopic.Parts> found = parts(message);
    if (found.isEmpty()) {
      other(message, reading);
      return;
    }
    FullTopic.Parts parts = found.get();
    String what = parts.what();
    if (parts.prefix().equals("cmnd") || what.equals("LOGGING") || message.payload().length == 0) {
      reading.passOver();
    } else if (what.equals("LWT")) {
      boolean online = ScalarPayload.isOnline("", ScalarPayload.read(message.payload()));
      presence.tell(reading, telemetry.device(parts.name(), reading), online);
    } else if (isDocument(what) || Json.holdsAnObject(message.payload())) {
      told(parts.name(), what, Json.object(message.payload(), reading), reading);
    } else {
      telemetry.read(parts.name(), wrapped(what, Json.scalar(message.payload())), reading);
    }
  }

  private Optional<FullTopic.Parts> parts(Delivered message) {
    String[] levels = message.levels();
    for (FullTopic form : forms) {
      Optional<FullTopic.Parts> parts = form.parts(levels);
      if (parts.isPresent()) {
        return parts;
      }
    }
    return Optional.empty();
  }

  private static void other(Delivered message, MessageReading reading) throws Unreadable {
    if (!message.topic().startsWith(DISCOVERY)) {
      throw new Unreadable(
          RefusalReason.UNKNOWN_ADDRESS,
          "the topic is not built as linli.profile.tasmota.full-topics says");
    }
    reading.passOver();
  }

  private static boolean isDocument(String what) {
    return DOCUMENTS.contains(what) || what.startsWith(STATUS) || what.startsWith(INFO);
  }

  private void told(String name, String what, JsonNode object, MessageReading reading)
      throws Unreadable {
    if (what.startsWith(INFO)) {
      attributes(name, object, reading);
    } else if (what.startsWith(STATUS)) {
      status(name, object, reading);
    } else if (object.size() == 1 && Telemetry.action(object).isPresent()) {
      // SetOption4: stat/NAME/BUTTON1 {"ACTION":"SINGLE"} where RESULT has it below "Button1".
      telemetry.read(name, wrapped(inputName(what), object), reading);
    } else {
      telemetry.read(name, object, reading);
    }
  }

  /** The name of {@code BUTTON1} in RESULT, so that one setting applies to both. */
  private static String inputName(String what) {
    return what.isEmpty() ? "Button" : what.charAt(0) + what.substring(1).toLowerCase(Locale.ROOT);
  }

  private static ObjectNode wrapped(String name, JsonNode value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set(name, value);
    return object;
  }

  /**
   * Reads an answer to the command Status: some parts are telemetry, others are attributes of the
   * device.
   */
  private void status(String name, JsonNode object, MessageReading reading) throws Unreadable {
    ObjectNode others = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> part : object.properties()) {
      boolean isTelemetry = part.getKey().equals("StatusSNS") || part.getKey().equals("StatusSTS");
      if (isTelemetry && part.getValue().isObject()) {
        telemetry.read(name, part.getValue(), reading);
      } else {
        others.set(part.getKey(), part.getValue());
      }
    }
    attributes(name, others, reading);
  }

  private void attributes(String name, JsonNode object, MessageReading reading) throws Unreadable {
    for (Values part : new ValueCollector().putAll(object).inParts()) {
      reading.happened(telemetry.device(name, reading), ATTRIBUTES, null, part);
    }
  }
}

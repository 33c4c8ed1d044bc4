package org.linli.edge.profile.zigbee2mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.linli.edge.intake.Message;
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
import org.linli.edge.profile.format.TopicPrefix;
import org.linli.event.Kind;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The topics of Zigbee2MQTT 1.17 to 2.x (the page "MQTT Topics and Messages" of its documentation).
 * A device is named by its friendly name, which may have slashes, spaces and any letters. The
 * bridge is the device with the name of the base topic.
 *
 * <pre>
 * zigbee2mqtt/NAME {…}             ──▶ measurement, and an event for each state that changed
 * zigbee2mqtt/NAME/ATTRIBUTE text  ──▶ the same, of one attribute (output: attribute)
 * zigbee2mqtt/NAME/availability    ──▶ device.online, device.offline
 * zigbee2mqtt/bridge/state         ──▶ device.online, device.offline
 * </pre>
 *
 * <p>Everything else below {@code bridge}, commands ({@code /set}, {@code /get}) and the empty
 * message that clears a retained one are passed over, and so is an attribute without a value.
 */
@Component
final class Zigbee2MqttProfile implements Profile {

  private static final String AVAILABILITY = "/availability";
  private static final String BRIDGE = "bridge/";

  private static final Pattern CODE =
      Pattern.compile(
          "(\"" + DeviceStates.ACTION_CODE + "\"\\s*+:\\s*+)(?:\"[^\"]*+\"?|[^,}\\]\\s]++)");

  private final TopicPrefix base;
  private final DeviceStates states;
  private final OnlineState presence;

  Zigbee2MqttProfile(Zigbee2MqttSettings settings, ProfileSettings common) {
    this.base = settings.base();
    Changes changes = new Changes();
    this.states = new DeviceStates(settings, common.zone(), changes);
    this.presence = new OnlineState(changes);
  }

  @Override
  public String name() {
    return "zigbee2mqtt";
  }

  @Override
  public List<String> topics() {
    return List.of(base.allBelow());
  }

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    if (message.topic().isEmpty()) {
      states.read("", Json.object(message.payload(), reading), reading);
      return;
    }
    String topic = base.below(message.topic());
    if (topic.equals(BRIDGE + "state")) {
      presence.tell(
          reading, reading.device(base.text(), Kind.ENVIRONMENT), isOnline(message, reading));
    } else if (topic.startsWith(BRIDGE)
        || isCommand(topic)
        || topic.endsWith("/" + DeviceStates.ACTION_CODE)
        || message.payload().length == 0) {
      reading.passOver();
    } else if (topic.endsWith(AVAILABILITY)) {
      String name = topic.substring(0, topic.length() - AVAILABILITY.length());
      presence.tell(reading, states.device(name, reading), isOnline(message, reading));
    } else if (Json.holdsAnObject(message.payload())) {
      states.read(topic, Json.object(message.payload(), reading), reading);
    } else {
      attribute(topic, message.payload(), reading);
    }
  }

  /**
   * Whether it is {@code NAME/set}, {@code NAME/set/state} or the like; a device itself may be
   * named {@code set}.
   */
  private static boolean isCommand(String topic) {
    return topic.endsWith("/set")
        || topic.endsWith("/get")
        || topic.contains("/set/")
        || topic.contains("/get/");
  }

  /** A bare word, or an object with it, depending on Zigbee2MQTT's settings. */
  private static boolean isOnline(Delivered message, MessageReading reading) throws Unreadable {
    return Json.holdsAnObject(message.payload())
        ? ScalarPayload.isOnline(
            "state", Json.text(Json.object(message.payload(), reading), "state"))
        : ScalarPayload.isOnline("", ScalarPayload.read(message.payload()));
  }

  /** A refused message is kept too, but not the code that somebody typed at a keypad. */
  @Override
  public Message kept(Message message) {
    String text = new String(message.payload(), StandardCharsets.ISO_8859_1);
    return text.contains(DeviceStates.ACTION_CODE)
        ? message.keeping(
            CODE.matcher(text).replaceAll("$1\"***\"").getBytes(StandardCharsets.ISO_8859_1))
        : message;
  }

  private void attribute(String topic, byte[] payload, MessageReading reading) throws Unreadable {
    int slash = topic.lastIndexOf('/');
    if (slash <= 0 || slash == topic.length() - 1) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "the message is no JSON object, and the topic names no attribute of a device");
    }
    JsonNode value = Json.scalar(payload);
    if (value.isString() && value.stringValue().equals("null")) {
      reading.passOver();
      return;
    }
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.set(topic.substring(slash + 1), value);
    states.read(topic.substring(0, slash), state, reading);
  }
}

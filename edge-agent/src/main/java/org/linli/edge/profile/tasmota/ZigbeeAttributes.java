package org.linli.edge.profile.tasmota;

import java.util.Locale;
import java.util.Optional;
import org.linli.edge.profile.Numbers;
import org.linli.edge.profile.WiredMeaning;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the attributes of a Zigbee device mean (Tasmota's documentation, "Zigbee"). */
final class ZigbeeAttributes {

  /** That a window breaks. */
  static final String GLASS_BREAK = "GlassBreak";

  /** The state of an alarm sensor as it is read, and as the sensor tells a change of it. */
  private static final String ZONE_STATUS = "ZoneStatus";

  private static final String ENDPOINT = "Endpoint";
  private static final char OF_ENDPOINT = '@';
  private static final String ZONE_STATUS_CHANGE = "ZoneStatusChange";

  /** The other bits say that the device was opened, that its battery is low and the like. */
  private static final int ALARM_BIT = 1;

  private ZigbeeAttributes() {}

  static Optional<WiredMeaning> meaning(String attribute) {
    return switch (attribute.toLowerCase(Locale.ROOT)) {
      case "contact" -> Optional.of(WiredMeaning.DOOR);
      case "water" -> Optional.of(WiredMeaning.WATER);
      case "fire" -> Optional.of(WiredMeaning.SMOKE);
      case "co" -> Optional.of(WiredMeaning.GAS);
      case "occupancy", "movement" -> Optional.of(WiredMeaning.MOTION);
      case "panic", "personalalarm" -> Optional.of(WiredMeaning.SOS);
      default -> Optional.empty();
    };
  }

  /**
   * The name of a Zigbee device below its bridge, unless the topic already names it (SetOption89).
   *
   * @param given the name that it was given
   */
  static String name(String bridge, String key, JsonNode given) {
    String name = given.isString() ? given.stringValue().strip() : "";
    String called = name.isEmpty() ? key : name;
    String last = bridge.substring(bridge.lastIndexOf('/') + 1);
    boolean named = last.equals(called) || key.equals("0x" + last);
    return bridge.isEmpty() ? called : named ? bridge : bridge + "/" + called;
  }

  /** Nothing for the first endpoint, because it may not be named. */
  static String endpoint(JsonNode attributes) {
    String number = Numbers.plain(attributes.path(ENDPOINT).asString("").strip());
    return number.isEmpty() || number.equals("1") ? "" : OF_ENDPOINT + number;
  }

  static String withoutEndpoint(String input) {
    int endpoint = input.indexOf(OF_ENDPOINT);
    return endpoint < 0 ? input : input.substring(0, endpoint);
  }

  /** The input that an attribute tells: both attributes of a zone tell one. */
  static String input(String attribute) {
    return attribute.equals(ZONE_STATUS) ? ZONE_STATUS_CHANGE : attribute;
  }

  /** What an attribute says of its input. */
  static JsonNode state(String input, JsonNode value) {
    return input.equals(ZONE_STATUS_CHANGE) && value.isNumber()
        ? JsonNodeFactory.instance.numberNode(value.intValue() & ALARM_BIT)
        : value;
  }
}

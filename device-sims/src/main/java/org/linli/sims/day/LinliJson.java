package org.linli.sims.day;

import java.time.Instant;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events in Linli JSON, as a gateway reads them. */
public final class LinliJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private LinliJson() {}

  /** The message that a device sends; {@code time} is when it claims that the event happened. */
  public static byte[] sent(SimulatedEvent event, Instant time) {
    return MAPPER.writeValueAsBytes(body(MAPPER.createObjectNode(), event, time));
  }

  /** One line for people and scripts: the device, then the message. */
  public static String line(SimulatedEvent event) {
    ObjectNode line =
        MAPPER
            .createObjectNode()
            .put("device", event.device().value())
            .put("kind", event.kind().wireName());
    return MAPPER.writeValueAsString(body(line, event, event.time()));
  }

  private static ObjectNode body(ObjectNode node, SimulatedEvent event, Instant time) {
    node.put("type", event.type().value())
        .put("time", time.toString())
        .put("id", event.id().value());
    if (event.values().size() > 0) {
      node.set("values", values(event.values()));
    }
    return node;
  }

  private static ObjectNode values(Values values) {
    ObjectNode node = MAPPER.createObjectNode();
    values
        .byName()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Value.Whole(long number) -> node.put(name, number);
                case Value.Real(double number) -> node.put(name, number);
                case Value.Truth(boolean truth) -> node.put(name, truth);
                case Value.Text(String text) -> node.put(name, text);
              }
            });
    return node;
  }
}

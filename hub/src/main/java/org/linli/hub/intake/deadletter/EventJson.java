package org.linli.hub.intake.deadletter;

import java.io.StringWriter;
import java.util.Map;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes an event as Linli JSON, in the form in which a device could send it again. */
final class EventJson {

  private static final JsonFactory JSON = new JsonFactory();

  private EventJson() {}

  static String write(DeviceEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("type", event.type().value());
      json.writeStringProperty("time", event.time().toString());
      EventId id = event.id();
      if (id != null) {
        json.writeStringProperty("id", id.value());
      }
      json.writeObjectPropertyStart("values");
      for (Map.Entry<String, Value> entry : event.values().byName().entrySet()) {
        json.writeName(entry.getKey());
        switch (entry.getValue()) {
          case Value.Whole(long number) -> json.writeNumber(number);
          case Value.Real(double number) -> json.writeNumber(number);
          case Value.Truth(boolean truth) -> json.writeBoolean(truth);
          case Value.Text(String string) -> json.writeString(string);
        }
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }
}

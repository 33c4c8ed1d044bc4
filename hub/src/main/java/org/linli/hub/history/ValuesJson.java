package org.linli.hub.history;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an event's values as one line of JSON (RFC 8259), as the stores keep them. The type of a
 * number is kept: 95 is read back as a whole number and 95.0 as a real one.
 */
public final class ValuesJson {

  private static final JsonFactory JSON = new JsonFactory();

  private ValuesJson() {}

  /** Returns the values as one line of JSON, which {@link #read} reads. */
  public static String write(Values values) {
    if (values.size() == 0) {
      return "{}";
    }
    StringWriter text = new StringWriter(values.size() * 24);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      for (Map.Entry<String, Value> entry : values.byName().entrySet()) {
        json.writeName(entry.getKey());
        switch (entry.getValue()) {
          case Value.Whole(long number) -> json.writeNumber(number);
          case Value.Real(double number) -> json.writeNumber(number);
          case Value.Truth(boolean truth) -> json.writeBoolean(truth);
          case Value.Text(String string) -> json.writeString(string);
        }
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * Reads the values back.
   *
   * @throws IllegalArgumentException if {@link #write} did not write the text
   */
  public static Values read(String text) {
    if (text.equals("{}")) {
      return Values.NONE;
    }
    Map<String, Value> values = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("stored values are no JSON object: " + text);
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        values.put(name, value(json, json.nextToken()));
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("stored values are not JSON: " + text, e);
    }
    return new Values(values);
  }

  private static Value value(JsonParser json, JsonToken token) {
    return switch (token) {
      case VALUE_NUMBER_INT -> new Value.Whole(json.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Value.Real(json.getDoubleValue());
      case VALUE_TRUE -> new Value.Truth(true);
      case VALUE_FALSE -> new Value.Truth(false);
      case VALUE_STRING -> new Value.Text(json.getString());
      case START_OBJECT,
          END_OBJECT,
          START_ARRAY,
          END_ARRAY,
          PROPERTY_NAME,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE ->
          throw new IllegalArgumentException("a stored value is a " + token);
    };
  }
}

package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Unreadable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object whose fields have known types. A missing or null field is absent. A field of
 * another type is refused by its name.
 */
public final class JsonFields {

  private final JsonNode object;
  private final String path;

  private JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * @throws Unreadable if the document is not a JSON object
   */
  public static JsonFields ofDocument(byte[] document, MessageReading reading) throws Unreadable {
    return new JsonFields(Json.object(document, reading), "");
  }

  /** The whole object. */
  public JsonNode node() {
    return object;
  }

  /** A required object. */
  public JsonFields object(String name) throws Unreadable {
    JsonNode found = found(name);
    if (found == null) {
      throw missing(name);
    }
    if (!found.isObject()) {
      throw bad(name, "is no object");
    }
    return new JsonFields(found, path + name + ".");
  }

  /** A required string, which must not be empty. */
  public String requiredText(String name) throws Unreadable {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw missing(name);
    }
    return text;
  }

  public @Nullable String text(String name) throws Unreadable {
    JsonNode found = found(name);
    if (found == null) {
      return null;
    }
    if (!found.isString()) {
      throw bad(name, "is not a string");
    }
    return found.stringValue();
  }

  /** A number; a value outside the range of 64 bits is refused. */
  public OptionalDouble number(String name) throws Unreadable {
    JsonNode found = found(name);
    if (found == null) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = number(found);
    if (number.isEmpty()) {
      throw bad(name, "is not a number of 64 bits");
    }
    return number;
  }

  /** The number in a node; empty if it is none or lies outside the range of 64 bits. */
  public static OptionalDouble number(JsonNode node) {
    if (!node.isNumber()) {
      return OptionalDouble.empty();
    }
    double number = node.numberValue().doubleValue();
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /** A boolean; false if it is absent. */
  public boolean truth(String name) throws Unreadable {
    JsonNode found = found(name);
    if (found == null) {
      return false;
    }
    if (!found.isBoolean()) {
      throw bad(name, "is neither true nor false");
    }
    return found.booleanValue();
  }

  /** An array of strings; empty if it is absent. */
  public List<String> texts(String name) throws Unreadable {
    JsonNode found = found(name);
    List<String> texts = new ArrayList<>();
    if (found == null) {
      return texts;
    }
    if (!found.isArray()) {
      throw bad(name, "is not an array of strings");
    }
    for (JsonNode entry : found) {
      if (!entry.isString()) {
        throw bad(name, "is not an array of strings");
      }
      texts.add(entry.stringValue());
    }
    return texts;
  }

  /** The field as it is, or null if it is absent. */
  public @Nullable JsonNode found(String name) {
    JsonNode found = object.get(name);
    return found == null || found.isNull() ? null : found;
  }

  private Unreadable missing(String name) {
    return new Unreadable(RefusalReason.MISSING_FIELD, path + name + ": is missing");
  }

  /** A refusal that names the field. */
  public Unreadable bad(String name, String rule) {
    return new Unreadable(RefusalReason.BAD_FIELD, path + name + ": " + rule);
  }
}

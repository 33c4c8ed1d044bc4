package org.linli.edge.profile.senml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;
import org.linli.program.Shown;
import tools.jackson.databind.JsonNode;

/** One record as it was sent. It checks its fields; refusals name the record. */
final class SenmlRecord {

  private final int number;
  private final Map<String, JsonNode> fields = new LinkedHashMap<>();

  /**
   * @param number of the record in its pack, from 1
   */
  SenmlRecord(int number, JsonNode record, boolean cbor) throws Unreadable {
    this.number = number;
    if (!record.isObject()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, "record " + number + ": is not a map of labels and values");
    }
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      String label = SenmlPack.label(field.getKey(), cbor);
      if (fields.putIfAbsent(label, field.getValue()) != null) {
        throw bad(label, "comes twice");
      }
    }
  }

  /**
   * @throws Unreadable if it has a field without which nobody may read the pack
   */
  static void requireUnderstood(int number, JsonNode record, boolean cbor) throws Unreadable {
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      if (SenmlPack.label(field.getKey(), cbor).endsWith("_")) {
        throw new Unreadable(
            RefusalReason.BAD_FIELD,
            "record "
                + number
                + ": "
                + Shown.text(field.getKey())
                + ": ends with _ and so must be understood (RFC 8428 section 4.4), which this"
                + " gateway does not");
      }
    }
  }

  boolean has(String label) {
    return fields.containsKey(label);
  }

  /** Whether it has nothing but base fields, and so only applies to the records after it. */
  boolean isOnlyBase() {
    return !fields.isEmpty() && Labels.BASE.containsAll(fields.keySet());
  }

  @Nullable String text(String label) throws Unreadable {
    JsonNode found = fields.get(label);
    if (found == null) {
      return null;
    }
    if (!found.isString()) {
      throw bad(label, "is not a string");
    }
    return found.stringValue();
  }

  @Nullable JsonNode number(String label) throws Unreadable {
    JsonNode found = fields.get(label);
    if (found == null) {
      return null;
    }
    if (!found.isNumber()) {
      throw bad(label, "is not a number");
    }
    if (!Double.isFinite(found.numberValue().doubleValue())) {
      throw bad(label, "is not a finite number");
    }
    return found;
  }

  @Nullable Double real(String label) throws Unreadable {
    JsonNode found = number(label);
    return found == null ? null : found.numberValue().doubleValue();
  }

  /** The value under this label, which must exist. */
  JsonNode value(String label) throws Unreadable {
    JsonNode found = fields.get(label);
    boolean fits =
        found != null
            && switch (label) {
              case Labels.VALUE -> number(label) != null;
              case Labels.BOOLEAN_VALUE -> found.isBoolean();
              case Labels.DATA_VALUE -> found.isString() || found.isBinary();
              default -> found.isString();
            };
    if (!fits || found == null) {
      throw bad(
          label,
          switch (label) {
            case Labels.BOOLEAN_VALUE -> "is neither true nor false";
            case Labels.DATA_VALUE -> "is neither base64url text nor a byte string";
            default -> "is not a string";
          });
    }
    return found;
  }

  /** The fields that RFC 8428 does not define. */
  Map<String, JsonNode> others() {
    Map<String, JsonNode> others = new LinkedHashMap<>(fields);
    others.keySet().removeAll(Labels.KNOWN);
    return others;
  }

  Unreadable bad(String label, String rule) {
    return new Unreadable(RefusalReason.BAD_FIELD, place() + Shown.text(label) + ": " + rule);
  }

  Unreadable missing(String rule) {
    return new Unreadable(RefusalReason.MISSING_FIELD, place() + rule);
  }

  String place() {
    return "record " + number + ": ";
  }
}

package org.linli.edge.profile.linli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.TextCutter;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ReceivedText;
import org.linli.edge.profile.format.Rfc3339;
import org.linli.edge.profile.format.UnsureName;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Times;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.program.Shown;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Reads the fields of an event of Linli JSON, or of the same in CBOR, from the parser's current
 * token, and says where what cannot be read is.
 */
final class FieldParser {

  /** CBOR tag of a time as text, RFC 8949 section 3.4.1. */
  private static final int CBOR_DATE_TIME = 0;

  /** CBOR tag of a time in seconds since 1970, RFC 8949 section 3.4.2. */
  private static final int CBOR_EPOCH_SECONDS = 1;

  private final JsonParser parser;
  private final Format format;

  /** The current event of an array, from 1; 0 outside an array. */
  private int position;

  /** Whether what stands as a name in the document is one. */
  private boolean areNamesSure = true;

  FieldParser(JsonParser parser, Format format) {
    this.parser = parser;
    this.format = format;
  }

  void namesAreUnsure() {
    areNamesSure = false;
  }

  /**
   * @param event the current event of an array, from 1; 0 outside an array
   */
  void position(int event) {
    position = event;
  }

  EventType type(@Nullable JsonToken token) throws Unreadable {
    requireString("type", token);
    try {
      return new EventType(ReceivedText.withoutPadding(parser.getString()));
    } catch (IllegalArgumentException broken) {
      throw refuse(RefusalReason.BAD_FIELD, "type", ruleOf(broken));
    }
  }

  EventId id(@Nullable JsonToken token) throws Unreadable {
    requireString("id", token);
    try {
      EventId id = new EventId(parser.getString());
      if (id.value().startsWith(EventId.MADE_BY_GATEWAY)) {
        throw refuse(
            RefusalReason.BAD_FIELD,
            "id",
            "starts with linli-, which is kept for the events that the gateway makes");
      }
      return id;
    } catch (IllegalArgumentException broken) {
      throw refuse(RefusalReason.BAD_FIELD, "id", ruleOf(broken));
    }
  }

  Instant time(@Nullable JsonToken token) throws Unreadable {
    long millis;
    if (token == JsonToken.VALUE_STRING) {
      OptionalLong parsed = Rfc3339.parse(parser.getString());
      if (parsed.isEmpty()) {
        throw refuse(
            RefusalReason.BAD_FIELD,
            "time",
            "is not a time as RFC 3339 writes it, such as 2026-11-23T05:16:00.123Z");
      }
      millis = parsed.getAsLong();
    } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      int tag = parser instanceof CBORParser cbor ? cbor.getCurrentTag() : -1;
      if (tag == CBOR_DATE_TIME) {
        throw refuse(
            RefusalReason.BAD_FIELD,
            "time",
            "tag 0 is for the text of a time (RFC 8949 section 3.4.1)");
      }
      boolean seconds = tag == CBOR_EPOCH_SECONDS;
      double number = parser.getDoubleValue();
      if (!Double.isFinite(number)) {
        throw refuse(RefusalReason.BAD_FIELD, "time", "is not a finite number");
      }
      // A double of seconds can lie a little below its millisecond: 1.001 is 1000.9999999999999 ms.
      millis = seconds ? Math.round(number * 1_000) : (long) Math.floor(number);
    } else {
      throw refuse(
          RefusalReason.BAD_FIELD, "time", "is neither an RFC 3339 string nor milliseconds");
    }
    Instant time = Instant.ofEpochMilli(millis);
    if (Times.isOutside(time)) {
      throw refuse(RefusalReason.BAD_FIELD, "time", "lies outside the years 0001 to 9999");
    }
    return time;
  }

  /**
   * The values of an event.
   *
   * @param beside is told of each value that cannot be read; the others are taken
   */
  Values values(@Nullable JsonToken token, Consumer<Unreadable> beside) throws Unreadable {
    if (token != JsonToken.START_OBJECT) {
      throw refuse(RefusalReason.BAD_FIELD, "values", "is not an object");
    }
    Map<String, Value> byName = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      try {
        if (byName.size() == Values.MAX_COUNT) {
          throw refuse(
              RefusalReason.TOO_LARGE, "values", "at most " + Values.MAX_COUNT + " are allowed");
        }
        Value value = value(name);
        boolean isCut = value instanceof Value.Text(String text) && TextCutter.isCut(text);
        if (!isCut && byName.putIfAbsent(name, value) != null) {
          throw badValue(name, "is there twice");
        }
      } catch (Unreadable unreadable) {
        beside.accept(unreadable);
        parser.skipChildren();
      }
    }
    try {
      return new Values(byName);
    } catch (IllegalArgumentException broken) {
      beside.accept(refuse(RefusalReason.BAD_FIELD, "values", ruleOf(broken)));
      byName.keySet().removeIf(name -> !isName(name));
      return new Values(byName);
    }
  }

  private static boolean isName(String name) {
    try {
      return new Values(Map.of(name, new Value.Truth(true))).size() == 1;
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  private Value value(String name) throws Unreadable {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> whole(name);
      case VALUE_NUMBER_FLOAT -> real(name);
      case VALUE_TRUE -> new Value.Truth(true);
      case VALUE_FALSE -> new Value.Truth(false);
      case VALUE_STRING -> text(name);
      case VALUE_NULL -> throw badValue(name, "null is no value; leave it out instead");
      case null, default -> throw badValue(name, "is neither a number nor a boolean nor a string");
    };
  }

  private Value whole(String name) throws Unreadable {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? real(name)
        : new Value.Whole(parser.getLongValue());
  }

  private Value real(String name) throws Unreadable {
    if (parser.isNaN()) {
      throw !format.isCbor()
          ? refuseNamed(
              malformed(),
              "values.",
              name,
              Shown.text(parser.getString()) + " is not a number in JSON")
          : badValue(name, "is not a finite number");
    }
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw badValue(name, "is larger than a 64-bit number can be");
    }
    return new Value.Real(number);
  }

  private Value text(String name) throws Unreadable {
    try {
      return new Value.Text(parser.getString());
    } catch (IllegalArgumentException broken) {
      throw badValue(name, ruleOf(broken));
    }
  }

  private void requireString(String field, @Nullable JsonToken token) throws Unreadable {
    if (token != JsonToken.VALUE_STRING) {
      throw refuse(RefusalReason.BAD_FIELD, field, "is not a string");
    }
  }

  RefusalReason malformed() {
    return format.isCbor() ? RefusalReason.NOT_CBOR : RefusalReason.NOT_JSON;
  }

  Unreadable refuse(RefusalReason reason, String field, String rule) {
    StringBuilder detail = place();
    if (!field.isEmpty()) {
      detail.append(field).append(": ");
    }
    return new Unreadable(reason, detail.append(rule).toString());
  }

  /**
   * As above, for a field that the document names. Nobody sees what CBOR says there, so that only a
   * name that is sure is told.
   */
  Unreadable refuseNamed(RefusalReason reason, String outer, String name, String rule) {
    String place = place().append(outer).toString();
    String detail = place + Shown.text(name) + ": " + rule;
    if (areNamesSure) {
      return new Unreadable(reason, detail);
    }
    String unnamed = place + UnsureName.shown(name) + ": " + rule;
    return new Unreadable(reason, format.isCbor() ? unnamed : detail, unnamed);
  }

  private StringBuilder place() {
    StringBuilder place = new StringBuilder(where(format, parser.currentTokenLocation()));
    return position > 0 ? place.append("event ").append(position).append(": ") : place;
  }

  /** The place of an error, for a person: line and column in JSON, the byte in CBOR. */
  static String where(Format format, @Nullable TokenStreamLocation location) {
    if (location == null) {
      return "";
    }
    return format.isCbor()
        ? "byte " + location.getByteOffset() + ": "
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  private Unreadable badValue(String name, String rule) {
    return refuseNamed(RefusalReason.BAD_FIELD, "values.", name, rule);
  }

  private static String ruleOf(IllegalArgumentException broken) {
    String rule = broken.getMessage();
    return rule == null ? "is not allowed" : rule;
  }
}

package org.linli.edge.profile.linli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Addressed;
import org.linli.edge.profile.ClaimedTime;
import org.linli.edge.profile.Defects;
import org.linli.edge.profile.UnreadBeside;
import org.linli.edge.profile.UnreadPart;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ReceivedText;
import org.linli.edge.profile.format.Rfc3339;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Times;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.cbor.CBORParser;

/** Parses one document of Linli JSON, or the same in CBOR, in one pass over its tokens. */
final class EventParser {

  /** CBOR tag of a time as text, RFC 8949 section 3.4.1. */
  private static final int CBOR_DATE_TIME = 0;

  /** CBOR tag of a time in seconds since 1970, RFC 8949 section 3.4.2. */
  private static final int CBOR_EPOCH_SECONDS = 1;

  private final JsonParser parser;
  private final Format format;
  private final Kind kind;
  private final DeviceId device;
  private final Instant receivedAt;

  /** The current event of an array, from 1; 0 outside an array. */
  private int position;

  private final List<Noted> noted = new ArrayList<>();

  /** What the whole message lacks. */
  private final Defects whole = new Defects();

  /** What refuses a message that tells no alarm; null while everything could be read. */
  private @Nullable Unreadable beside;

  private final UnreadBeside unread = new UnreadBeside();
  private final UnreadEntries unreadEntries = new UnreadEntries();

  /** Whether something in the current event, which may have been an alarm, could not be read. */
  private boolean lacks;

  /** An event, and what could not be read in it. */
  private record Noted(DeviceEvent event, Defects defects) {}

  EventParser(JsonParser parser, Format format, Kind kind, DeviceId device, Instant receivedAt) {
    this.parser = parser;
    this.format = format;
    this.kind = kind;
    this.device = device;
    this.receivedAt = receivedAt;
  }

  /** Marks all events, whatever they are. */
  void noteOfWhole(String defect) {
    whole.note(defect);
  }

  /** Something that could not be read before the message came here. */
  void besideAll(Unreadable unreadable) {
    beside = beside == null ? unreadable : beside;
    whole.note(unreadable.refusal().detail());
  }

  /**
   * The events. Where one of them is an alarm they are taken with what is readable, and marked
   * (decision 0055), and an entry of which it is not known what it is becomes a dead letter.
   * Otherwise all are refused for it.
   */
  List<DeviceEvent> read() throws Unreadable {
    try {
      document();
    } catch (JacksonException | Unreadable broken) {
      if (beside != null) {
        // What was wrong first says more than what follows from it.
        throw beside;
      }
      throw broken;
    }
    if (beside != null && noted.stream().allMatch(each -> each.event().type().isMeasurement())) {
      throw beside;
    }
    noted.forEach(each -> each.defects().also(whole));
    return noted.stream().flatMap(each -> each.defects().marked(each.event()).stream()).toList();
  }

  private void document() throws Unreadable {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      noted.add(event());
    } else if (first == JsonToken.START_ARRAY) {
      array();
    } else if (first == null) {
      throw new Unreadable(malformed(), "the message is empty");
    } else {
      // The parser reads a string lazily; its end may be missing.
      parser.finishToken();
      throw refuse(RefusalReason.BAD_FIELD, "", "expected an event or an array of events");
    }
    if (parser.nextToken() != null) {
      throw refuse(malformed(), "", "something follows after the end of the message");
    }
  }

  /** What could not be read beside the events. */
  UnreadBeside unread() {
    return unread;
  }

  /** As above, after all was read. */
  UnreadPart unreadPart(Message message, byte[] document) {
    return unreadEntries.of(message, document, format.isCbor(), unread);
  }

  boolean hasDefects() {
    return noted.stream().anyMatch(each -> !each.defects().isEmpty());
  }

  private void array() throws Unreadable {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      position++;
      if (position > LinliJson.MAX_EVENTS) {
        throw refuse(
            RefusalReason.TOO_LARGE,
            "",
            "an array may hold at most " + LinliJson.MAX_EVENTS + " events");
      }
      long from = parser.currentTokenLocation().getByteOffset();
      lacks = false;
      try {
        entry();
      } catch (Unreadable unreadable) {
        besideAll(unreadable);
        unread.add(unreadable);
        unreadEntries.noEvent();
        lacks = true;
      }
      if (lacks) {
        unreadEntries.add(from, parser.currentLocation().getByteOffset());
      }
    }
    boolean isEmpty = position == 0;
    position = 0;
    if (isEmpty) {
      throw refuse(RefusalReason.BAD_FIELD, "", "an array must hold at least one event");
    }
  }

  private void entry() throws Unreadable {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      noted.add(event());
      return;
    }
    Unreadable none = refuse(RefusalReason.BAD_FIELD, "", "expected an event");
    try {
      parser.finishToken();
      parser.skipChildren();
    } catch (JacksonException broken) {
      besideAll(none);
      throw broken;
    }
    throw none;
  }

  /** Reads up to the end of an event, whatever is in it. */
  private Noted event() throws Unreadable {
    EventDraft draft = new EventDraft();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      try {
        field(name, token, draft);
      } catch (Unreadable unreadable) {
        failed(name, unreadable, draft);
        parser.skipChildren();
      }
    }
    if (draft.noType != null) {
      throw draft.noType;
    }
    if (draft.type == null) {
      throw refuse(RefusalReason.MISSING_FIELD, "type", "is missing");
    }
    ClaimedTime holds = ClaimedTime.of(draft.time, receivedAt);
    DeviceEvent event =
        new DeviceEvent(
            device,
            kind,
            draft.type,
            draft.id,
            holds.time(),
            holds.unbelieved(),
            receivedAt,
            draft.values);
    return new Noted(event, draft.defects);
  }

  private void field(String name, @Nullable JsonToken token, EventDraft draft) throws Unreadable {
    int field =
        switch (name) {
          case "type" -> 1;
          case "time" -> 2;
          case "id" -> 4;
          case "values" -> 8;
          default ->
              throw refuse(
                  RefusalReason.BAD_FIELD,
                  Addressed.shown(name),
                  "no such field; an event has type, time, id and values");
        };
    if ((draft.seen & field) != 0) {
      throw refuse(RefusalReason.BAD_FIELD, name, "is there twice");
    }
    draft.seen |= field;
    switch (field) {
      case 1 -> draft.type = type(token);
      case 2 -> draft.time = token == JsonToken.VALUE_NULL ? null : time(token);
      case 4 -> draft.id = token == JsonToken.VALUE_NULL ? null : id(token);
      default -> draft.values = values(token, draft);
    }
  }

  /** A type that cannot be read, or is there twice, says not what happened. */
  private void failed(String name, Unreadable unreadable, EventDraft draft) {
    if (name.equals("type")) {
      draft.noType = draft.noType == null ? unreadable : draft.noType;
    } else if (name.equals("time")) {
      draft.defects.clock(unreadable);
    } else {
      besideIt(unreadable, draft);
    }
  }

  private void besideIt(Unreadable unreadable, EventDraft draft) {
    beside = beside == null ? unreadable : beside;
    unread.add(unreadable);
    lacks = true;
    draft.defects.note(unreadable.refusal().detail());
  }

  private EventType type(@Nullable JsonToken token) throws Unreadable {
    requireString("type", token);
    try {
      return new EventType(ReceivedText.withoutPadding(parser.getString()));
    } catch (IllegalArgumentException broken) {
      throw refuse(RefusalReason.BAD_FIELD, "type", ruleOf(broken));
    }
  }

  private EventId id(@Nullable JsonToken token) throws Unreadable {
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

  private Instant time(@Nullable JsonToken token) throws Unreadable {
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

  private Values values(@Nullable JsonToken token, EventDraft draft) throws Unreadable {
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
        if (byName.putIfAbsent(name, value) != null) {
          throw refuse(RefusalReason.BAD_FIELD, inValues(name), "is there twice");
        }
      } catch (Unreadable unreadable) {
        besideIt(unreadable, draft);
        parser.skipChildren();
      }
    }
    try {
      return new Values(byName);
    } catch (IllegalArgumentException broken) {
      besideIt(refuse(RefusalReason.BAD_FIELD, "values", ruleOf(broken)), draft);
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
      case VALUE_NULL ->
          throw refuse(
              RefusalReason.BAD_FIELD, inValues(name), "null is no value; leave it out instead");
      case null, default ->
          throw refuse(
              RefusalReason.BAD_FIELD,
              inValues(name),
              "is neither a number nor a boolean nor a string");
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
          ? refuse(
              malformed(),
              inValues(name),
              Addressed.shown(parser.getString()) + " is not a number in JSON")
          : refuse(RefusalReason.BAD_FIELD, inValues(name), "is not a finite number");
    }
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw refuse(
          RefusalReason.BAD_FIELD, inValues(name), "is larger than a 64-bit number can be");
    }
    return new Value.Real(number);
  }

  private Value text(String name) throws Unreadable {
    try {
      return new Value.Text(parser.getString());
    } catch (IllegalArgumentException broken) {
      throw refuse(RefusalReason.BAD_FIELD, inValues(name), ruleOf(broken));
    }
  }

  private void requireString(String field, @Nullable JsonToken token) throws Unreadable {
    if (token != JsonToken.VALUE_STRING) {
      throw refuse(RefusalReason.BAD_FIELD, field, "is not a string");
    }
  }

  private RefusalReason malformed() {
    return format.isCbor() ? RefusalReason.NOT_CBOR : RefusalReason.NOT_JSON;
  }

  private Unreadable refuse(RefusalReason reason, String field, String rule) {
    StringBuilder detail = new StringBuilder(where(format, parser.currentTokenLocation()));
    if (position > 0) {
      detail.append("event ").append(position).append(": ");
    }
    if (!field.isEmpty()) {
      detail.append(field).append(": ");
    }
    return new Unreadable(reason, detail.append(rule).toString());
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

  private static String inValues(String name) {
    return "values." + Addressed.shown(name);
  }

  private static String ruleOf(IllegalArgumentException broken) {
    String rule = broken.getMessage();
    return rule == null ? "is not allowed" : rule;
  }
}

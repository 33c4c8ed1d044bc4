package org.linli.edge.profile.linli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.ClaimedTime;
import org.linli.edge.profile.Defects;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.UnreadBeside;
import org.linli.edge.profile.UnreadPart;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.CheckedCbor;
import org.linli.edge.profile.format.MendedJson;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Parses one document of Linli JSON, or the same in CBOR, in one pass over its tokens. */
final class EventParser {

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

  private final FieldParser fields;
  private final UnreadBeside unread = new UnreadBeside();
  private final UnreadEntries unreadEntries = new UnreadEntries();

  /** Whether something in the current event, which may have been an alarm, could not be read. */
  private boolean lacks;

  /** An event, and what could not be read in it. */
  private record Noted(DeviceEvent event, Defects defects) {}

  EventParser(JsonParser parser, Format format, Kind kind, DeviceId device, Instant receivedAt) {
    this.parser = parser;
    this.fields = new FieldParser(parser, format);
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
    whole.note(unreadable.defect());
  }

  /**
   * Takes what is wrong with CBOR. Text in another encoding was read all the same; this was not.
   */
  void checked(CheckedCbor document) {
    if (!document.areNamesSure()) {
      fields.namesAreUnsure();
    }
    document.beside().forEach(this::besideAll);
    document.beside().forEach(unread::add);
  }

  /** Takes what is wrong with a document that was mended. */
  void mended(MendedJson document) {
    DocumentFaults faults = faults();
    faults.malformed(new Unreadable(RefusalReason.NOT_JSON, "is no JSON"));
    if (!document.areNamesSure()) {
      fields.namesAreUnsure();
    }
    document.tell(faults);
  }

  private DocumentFaults faults() {
    return new DocumentFaults() {
      @Override
      public void malformed(Unreadable document) {
        beside = beside == null ? document : beside;
      }

      @Override
      public void lacks(Unreadable part) {
        besideAll(part);
        unread.add(part);
      }

      @Override
      public void lacksValue(Unreadable value) {
        besideAll(value);
        unread.add(value.refusal().detail());
      }

      @Override
      public void note(String detail) {
        whole.note(detail);
      }
    };
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
    // Without streams and copies, as this runs for every message.
    if (noted.size() == 1) {
      Noted only = noted.getFirst();
      only.defects().also(whole);
      return only.defects().marked(only.event());
    }
    List<DeviceEvent> events = new ArrayList<>(noted.size());
    for (Noted each : noted) {
      each.defects().also(whole);
      events.addAll(each.defects().marked(each.event()));
    }
    return List.copyOf(events);
  }

  private void document() throws Unreadable {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      noted.add(event());
    } else if (first == JsonToken.START_ARRAY) {
      array();
    } else if (first == null) {
      throw new Unreadable(fields.malformed(), "the message is empty");
    } else {
      // The parser reads a string lazily; its end may be missing.
      parser.finishToken();
      throw fields.refuse(RefusalReason.BAD_FIELD, "", "expected an event or an array of events");
    }
    if (parser.nextToken() != null) {
      throw fields.refuse(fields.malformed(), "", "something follows after the end of the message");
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
    for (Noted each : noted) {
      if (!each.defects().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void array() throws Unreadable {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      position++;
      fields.position(position);
      if (position > LinliJson.MAX_EVENTS) {
        throw fields.refuse(
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
    fields.position(0);
    if (isEmpty) {
      throw fields.refuse(RefusalReason.BAD_FIELD, "", "an array must hold at least one event");
    }
  }

  private void entry() throws Unreadable {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      noted.add(event());
      return;
    }
    Unreadable none = fields.refuse(RefusalReason.BAD_FIELD, "", "expected an event");
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
      throw fields.refuse(RefusalReason.MISSING_FIELD, "type", "is missing");
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
            Defects.withoutMarks(draft.values));
    return new Noted(event, draft.defects);
  }

  private void field(String name, @Nullable JsonToken token, EventDraft draft) throws Unreadable {
    int field =
        switch (name) {
          case "type" -> 1;
          case "time" -> 2;
          case "id" -> 4;
          case "values" -> 8;
          default -> throw noSuchField(name, token);
        };
    if ((draft.seen & field) != 0) {
      throw fields.refuse(RefusalReason.BAD_FIELD, name, "is there twice");
    }
    draft.seen |= field;
    switch (field) {
      case 1 -> draft.type = fields.type(token);
      case 2 -> draft.time = token == JsonToken.VALUE_NULL ? null : fields.time(token);
      case 4 -> draft.id = token == JsonToken.VALUE_NULL ? null : fields.id(token);
      default -> draft.values = fields.values(token, unreadable -> besideIt(unreadable, draft));
    }
  }

  /**
   * In CBOR a wrong count makes the next event of an array the item of a text, which then stands
   * where a name is.
   */
  private Unreadable noSuchField(String name, @Nullable JsonToken token) {
    if (format.isCbor() && position > 0 && token != null && token.isStructStart()) {
      fields.namesAreUnsure();
    }
    return fields.refuseNamed(
        RefusalReason.BAD_FIELD, "", name, "no such field; an event has type, time, id and values");
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
    draft.defects.note(unreadable.defect());
  }
}

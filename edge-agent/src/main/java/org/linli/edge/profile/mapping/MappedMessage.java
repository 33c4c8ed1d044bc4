package org.linli.edge.profile.mapping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StaleEvents;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TimeOrder;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.mapping.Expression.FailedException;
import org.linli.event.EventType;
import org.linli.event.Values;

/**
 * One message as a mapping reads it. All parts are judged before the first one is told, so that an
 * alarm also says which other parts could not be read (decision 0055).
 */
final class MappedMessage {

  /** An alarm that the device says after its end. */
  private record Overtaken(MappedPart.Judged judged, Instant ended) {}

  private final Mapping mapping;
  private final Delivered message;
  private final MessageReading reading;
  private final Map<String, Object> names = new HashMap<>();
  private final Bounds bounds = new Bounds();
  private final UnreadOfMessage unread = new UnreadOfMessage();

  /** How many parts of a device name no point of it. */
  private final Map<String, Integer> unnamed = new HashMap<>();

  /** Ends that are older than the alarm at their point. */
  private final List<MappedPart.Judged> late = new ArrayList<>();

  /** The alarms that the device says after their ends. */
  private final List<Overtaken> over = new ArrayList<>();

  /** What the ids of this message belong to, by device and id. */
  private final Map<String, String> ids = new HashMap<>();

  MappedMessage(Mapping mapping, Delivered message, MessageReading reading) {
    this.mapping = mapping;
    this.message = message;
    this.reading = reading;
    names.put("topic", Arrays.asList(message.levels()));
    names.put("client", message.client());
    names.put("received", message.receivedAt().toEpochMilli());
  }

  void read() throws Unreadable {
    byte[] payload =
        mapping.format() == PayloadFormat.HEX
            ? mapping.text().bytes(message, unread::lacksValue)
            : mapping.text().utf8(message, unread);
    List<MappedPart> parts = parts(payload);
    for (int i = 0; i < parts.size(); i++) {
      MappedPart part = parts.get(i);
      // What it notes is undone where the gateway has the events of that part already.
      reading.ofPart(i + 1, () -> noteHeld(part));
    }
    for (MappedPart part : parts) {
      reading.nextPart();
      unread.tell(reading);
      try {
        tell(part);
      } catch (Unreadable unreadable) {
        beside(unreadable);
      }
    }
    reading.document().nothingBecause(() -> mapping.nothingIn(parts, message));
    Unreadable first = unread.first();
    if (first != null && parts.stream().noneMatch(MappedPart::saysAState)) {
      reading.nextPart();
      reading.mended(first);
    }
  }

  /** In the order of their times, if one of them ends an alarm. */
  private List<MappedPart> parts(byte[] payload) throws Unreadable {
    List<MappedPart> parts = new ArrayList<>();
    for (Object input : inputs(mapping.format().read(payload, unread))) {
      try {
        parts.add(judged(input));
      } catch (Unreadable unreadable) {
        unread.lacks(unreadable);
      }
    }
    return parts.stream().anyMatch(part -> part.says(mapping.held()::isEnd))
        ? TimeOrder.sorted(parts, part -> part.when(reading.receivedAt()))
        : parts;
  }

  /** Before anything is told: the end of one point is none while another part says an alarm. */
  private void noteHeld(MappedPart part) {
    for (MappedPart.Judged judged : part.judged()) {
      if (judged.holds()) {
        EventRule rule = judged.rule();
        if (mapping.held().note(reading, part.subject(), rule, part.named(), judged.said())) {
          late.add(judged);
        }
        Instant ended = reading.overtaken().take(part.subject(), rule.type());
        if (ended != null) {
          over.add(new Overtaken(judged, ended));
        }
      }
    }
  }

  /**
   * As {@link MessageReading#beside}, except that no message is refused that says a state: its end
   * would be lost, and the next alarm would count as a repeat.
   */
  private void beside(Unreadable unreadable) {
    unread.beside(unreadable);
    reading.lacks(unreadable);
  }

  /** The parts of the message; the message itself if the mapping has none. */
  private List<?> inputs(@Nullable Object whole) throws Unreadable {
    if (mapping.each() == null) {
      return Arrays.asList(whole);
    }
    Object parts = give("each", mapping.each(), whole);
    if (!(parts instanceof List<?> list)) {
      return parts == null ? List.of() : List.of(parts);
    }
    if (list.size() > MessageReading.MAX_EVENTS) {
      throw new Unreadable(
          RefusalReason.TOO_LARGE,
          "each: a message may have at most %d parts, the mapping %s finds %d"
              .formatted(MessageReading.MAX_EVENTS, mapping.name(), list.size()));
    }
    return list;
  }

  private MappedPart judged(@Nullable Object input) throws Unreadable {
    Expression device = mapping.device();
    String called = device == null ? "" : Results.text("device", give("device", device, input));
    boolean isCalled = called != null && !called.isEmpty();
    if (!isCalled && !reading.isAddressed()) {
      throw new Unreadable(
          RefusalReason.MISSING_FIELD,
          "device: the mapping " + mapping.name() + " finds in this message no device");
    }
    Subject subject = reading.device(called == null ? "" : called, mapping.kind());
    List<MappedPart.Judged> judged = new ArrayList<>();
    for (EventRule rule : mapping.events()) {
      try {
        judged.add(judged(rule, input));
      } catch (Unreadable unreadable) {
        unread.lacks(unreadable);
      }
    }
    String point = point(input);
    int position =
        point.isEmpty() ? unnamed.merge(subject.device().value(), 1, Integer::sum) - 1 : 0;
    return new MappedPart(input, subject, point, position, judged);
  }

  private MappedPart.Judged judged(EventRule rule, @Nullable Object input) throws Unreadable {
    boolean holds = rule.when() == null || Results.isTrue(give("when", rule.when(), input));
    Object state = null;
    Unreadable unreadable = null;
    if (rule.change() != null) {
      try {
        state = give("change", rule.change(), input);
      } catch (Unreadable unknown) {
        unreadable = unknown;
      }
    }
    ValueCollector measured = new ValueCollector();
    if (holds && rule.type().isMeasurement()) {
      collect(rule, input, measured, unread::lacks);
    }
    Instant time = null;
    Unreadable untimed = null;
    if (rule.time() != null && (holds || state != null)) {
      try {
        time = time(rule.time(), input);
      } catch (Unreadable unknown) {
        untimed = unknown;
      }
    }
    return new MappedPart.Judged(rule, holds, state, unreadable, time, untimed, measured);
  }

  private void tell(MappedPart part) throws Unreadable {
    boolean known = false;
    for (MappedPart.Judged judged : part.judged()) {
      if (judged.holds()) {
        known = true;
        tell(judged, part);
      } else if (judged.state() != null) {
        noteState(judged, part);
      }
    }
    if (!known) {
      switch (mapping.otherwise()) {
        case REFUSE -> {}
        case IGNORE -> reading.passOver();
        case MEASUREMENT -> {
          ValueCollector all = new ValueCollector();
          Results.collect(all, "", part.input());
          reading.measured(part.subject(), null, all.inParts());
        }
      }
    }
  }

  /**
   * The message before, with which the next one is compared, need not have passed {@code when}. One
   * that the expression does not fit says nothing about that state.
   */
  private void noteState(MappedPart.Judged judged, MappedPart part) {
    reading.keepIfRefused();
    mapping
        .changes()
        .noteAt(
            reading,
            part.subject(),
            part.signal(judged.rule()),
            String.valueOf(judged.state()),
            judged.said().of(mapping.held().isEnd(judged.rule().type())));
  }

  private boolean isNews(MappedPart.Judged judged, MappedPart part) {
    if (judged.rule().change() == null) {
      return true;
    }
    Unreadable unreadable = judged.unreadable();
    if (unreadable != null) {
      // That it holds can be read, so it is told; once too often rather than not at all.
      beside(unreadable);
      return true;
    }
    return judged.state() != null
        && mapping
            .changes()
            .isChange(
                reading,
                part.subject(),
                part.signal(judged.rule()),
                String.valueOf(judged.state()),
                judged.said().of(!mapping.held().isEnd(judged.rule().type())));
  }

  /** The name of the point that a part speaks of; empty if it has none. */
  private String point(@Nullable Object input) {
    Points points = mapping.points();
    if (points.named() != null) {
      try {
        String named = Results.text("point", give("point", points.named(), input));
        if (named != null) {
          return named;
        }
      } catch (Unreadable unreadable) {
        unread.lacks(unreadable);
      }
    }
    return points.of(input);
  }

  private void tell(MappedPart.Judged judged, MappedPart part) throws Unreadable {
    EventRule rule = judged.rule();
    boolean isLate = late.contains(judged);
    if (!isLate
        && (!isNews(judged, part) || mapping.held().isHeld(reading, part.subject(), rule.type()))) {
      reading.passOver();
      return;
    }
    Instant time = reading.time(() -> time(judged));
    if (rule.time() != null && time == null) {
      reading.noTime();
    }
    String id = id(rule, part);
    if (rule.type().isMeasurement()) {
      reading.measured(part.subject(), time, judged.measured().inParts());
      return;
    }
    ValueCollector values = new ValueCollector();
    collect(rule, part.input(), values, this::beside);
    if (isLate) {
      values.put(StaleEvents.WAS, rule.type().value());
    } else if (mapping.held().isEnd(rule.type())
        || mapping.held().isEnded(rule.type()) && !reading.wasRetained()) {
      // By each point, and not by the device.
      reading.judged();
    }
    Instant ended = ended(judged);
    if (ended != null && !mapping.held().isRaised(reading, part.subject(), rule.type())) {
      reading.overtaken().tellEnd(part.subject(), rule.type(), ended);
    }
    reading.happened(
        part.subject(),
        isLate ? EventType.MEASUREMENT : rule.type(),
        id,
        time,
        values.isEmpty() ? Values.NONE : values.first());
  }

  /** When an alarm ended that the device says after its end; null if it does not. */
  private @Nullable Instant ended(MappedPart.Judged judged) {
    for (Overtaken alarm : over) {
      if (alarm.judged().equals(judged)) {
        return alarm.ended();
      }
    }
    return null;
  }

  private void collect(
      EventRule rule,
      @Nullable Object input,
      ValueCollector values,
      Consumer<Unreadable> unreadable) {
    Map<String, Expression> given = new LinkedHashMap<>(rule.values());
    if (rule.allValues() != null) {
      given.put("", rule.allValues());
    }
    for (Map.Entry<String, Expression> entry : given.entrySet()) {
      String name = entry.getKey();
      try {
        Results.collect(
            values,
            name,
            give(name.isEmpty() ? "values" : "values." + name, entry.getValue(), input));
      } catch (Unreadable unread) {
        unreadable.accept(unread);
      }
    }
  }

  /**
   * The id of an event. Where a message gives one id to events of two sorts, or of two points, each
   * of them but the first has its own: the same id is one event, and the second would be lost.
   */
  private @Nullable String id(EventRule rule, MappedPart part) {
    Expression given = rule.id();
    if (given == null) {
      return null;
    }
    try {
      String id = Results.text("id", give("id", given, part.input()));
      if (id == null) {
        return null;
      }
      String whose = rule.type() + ":" + part.point();
      String first = ids.putIfAbsent(part.subject().device() + "\n" + id, whose);
      return first == null || first.equals(whose) ? id : whose + ":" + id;
    } catch (Unreadable unreadable) {
      beside(unreadable);
      return null;
    }
  }

  private static @Nullable Instant time(MappedPart.Judged judged) throws Unreadable {
    Unreadable untimed = judged.untimed();
    if (untimed != null) {
      throw untimed;
    }
    return judged.time();
  }

  private @Nullable Instant time(Expression expression, @Nullable Object input) throws Unreadable {
    Object result = give("time", expression, input);
    return switch (result) {
      case null -> null;
      case Number millis -> DeviceTimes.ofSeconds("time", millis.doubleValue() / 1_000);
      case String text -> DeviceTimes.read("time", text, mapping.zone());
      default ->
          throw new Unreadable(
              RefusalReason.BAD_FIELD,
              "time: the mapping gives neither milliseconds nor a text for it");
    };
  }

  private @Nullable Object give(String field, Expression expression, @Nullable Object input)
      throws Unreadable {
    try {
      return expression.evaluate(input, names, bounds);
    } catch (FailedException failed) {
      String rule = "%s: the mapping %s fails on it".formatted(field, mapping.name());
      throw new Unreadable(RefusalReason.BAD_FIELD, rule + ": " + failed.getMessage(), rule);
    }
  }
}

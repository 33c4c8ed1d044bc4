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
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.mapping.Expression.FailedException;
import org.linli.event.Values;

/**
 * One message as a mapping reads it. All parts are judged before the first one is told, so that an
 * alarm also says which other parts could not be read (decision 0055).
 */
final class MappedMessage {

  /** Most parts that could not be read and are named. */
  private static final int MOST_LOST = 4;

  private final Mapping mapping;
  private final Delivered message;
  private final MessageReading reading;
  private final Map<String, Object> names = new HashMap<>();
  private final Bounds bounds = new Bounds();
  private final List<Unreadable> lost = new ArrayList<>();
  private final List<String> mended = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();

  /** The first thing that could not be read; null while everything could. */
  private @Nullable Unreadable unread;

  /** How many parts of a device name no point of it. */
  private final Map<String, Integer> unnamed = new HashMap<>();

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

  /**
   * A part of the message, and its rules.
   *
   * @param point what it names itself; empty if it does not
   * @param position the number of those before it that speak of the same device and name no point
   */
  private record Part(
      @Nullable Object input, Subject subject, String point, int position, List<Judged> judged) {

    boolean saysAState() {
      return judged.stream().anyMatch(each -> each.state() != null);
    }
  }

  /**
   * A rule for one part.
   *
   * @param holds whether the part is such an event
   * @param state what {@code change} gives; null for nothing
   * @param unreadable why the state is not known; null if it is
   * @param measured the values of a measurement; what cannot be read of them is beside all alarms
   */
  private record Judged(
      EventRule rule,
      boolean holds,
      @Nullable Object state,
      @Nullable Unreadable unreadable,
      ValueCollector measured) {}

  void read() throws Unreadable {
    byte[] payload =
        mapping.format() == PayloadFormat.HEX
            ? mapping.text().bytes(message)
            : mapping.text().utf8(message, this::mended);
    List<Part> parts = new ArrayList<>();
    for (Object input : inputs(mapping.format().read(payload, marks::add))) {
      try {
        parts.add(judged(input));
      } catch (Unreadable unreadable) {
        lost(unreadable);
      }
    }
    parts.forEach(this::noteHeld);
    for (Part part : parts) {
      reading.nextPart();
      marks.forEach(reading::note);
      mended.forEach(reading::mark);
      lost.forEach(reading::lacks);
      try {
        tell(part);
      } catch (Unreadable unreadable) {
        beside(unreadable);
      }
    }
    if (unread != null && parts.stream().noneMatch(Part::saysAState)) {
      reading.nextPart();
      reading.mended(unread);
    }
  }

  /** Before anything is told: the end of one point is none while another part says an alarm. */
  private void noteHeld(Part part) {
    for (Judged judged : part.judged()) {
      if (judged.holds()) {
        EventRule rule = judged.rule();
        String point = part.point().isEmpty() ? "#" + part.position() : part.point();
        mapping.held().note(reading, part.subject(), rule.type(), point, kept(rule, part));
      }
    }
  }

  private void mended(Unreadable unreadable) {
    unread = unread == null ? unreadable : unread;
    mended.add(unreadable.refusal().detail());
  }

  /**
   * As {@link MessageReading#beside}, except that no message is refused that says a state: its end
   * would be lost, and the next alarm would count as a repeat.
   */
  private void beside(Unreadable unreadable) {
    unread = unread == null ? unreadable : unread;
    reading.lacks(unreadable);
  }

  private void lost(Unreadable unreadable) {
    unread = unread == null ? unreadable : unread;
    if (lost.size() < MOST_LOST) {
      lost.add(unreadable);
    }
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

  private Part judged(@Nullable Object input) throws Unreadable {
    Expression device = mapping.device();
    String called = device == null ? "" : Results.text("device", give("device", device, input));
    boolean isCalled = called != null && !called.isEmpty();
    if (!isCalled && !reading.isAddressed()) {
      throw new Unreadable(
          RefusalReason.MISSING_FIELD,
          "device: the mapping " + mapping.name() + " finds in this message no device");
    }
    Subject subject = reading.device(called == null ? "" : called, mapping.kind());
    List<Judged> judged = new ArrayList<>();
    for (EventRule rule : mapping.events()) {
      try {
        judged.add(judged(rule, input));
      } catch (Unreadable unreadable) {
        lost(unreadable);
      }
    }
    String point = point(input);
    int position =
        point.isEmpty() ? unnamed.merge(subject.device().value(), 1, Integer::sum) - 1 : 0;
    return new Part(input, subject, point, position, judged);
  }

  private Judged judged(EventRule rule, @Nullable Object input) throws Unreadable {
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
      collect(rule, input, measured, this::lost);
    }
    return new Judged(rule, holds, state, unreadable, measured);
  }

  private void tell(Part part) throws Unreadable {
    boolean known = false;
    for (Judged judged : part.judged()) {
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
  private void noteState(Judged judged, Part part) {
    reading.keepIfRefused();
    mapping
        .changes()
        .note(
            reading,
            part.subject(),
            signal(judged.rule(), part),
            String.valueOf(judged.state()),
            kept(judged.rule(), part));
  }

  private boolean isNews(Judged judged, Part part) {
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
                signal(judged.rule(), part),
                String.valueOf(judged.state()),
                kept(judged.rule(), part));
  }

  private static String signal(EventRule rule, Part part) {
    if (!part.point().isEmpty()) {
      return rule.signal() + "/" + part.point();
    }
    return part.position() == 0 ? rule.signal() : rule.signal() + "#" + (part.position() + 1);
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
        lost(unreadable);
      }
    }
    return points.of(input);
  }

  /** The time of a state that a broker may have kept; null if it did not, or there is none. */
  private @Nullable Instant kept(EventRule rule, Part part) {
    if (!reading.wasRetained() || rule.time() == null) {
      return null;
    }
    try {
      return time(rule.time(), part);
    } catch (Unreadable unreadable) {
      return null;
    }
  }

  private void tell(Judged judged, Part part) throws Unreadable {
    if (!isNews(judged, part)) {
      reading.passOver();
      return;
    }
    EventRule rule = judged.rule();
    if (mapping.held().isHeld(reading, part.subject(), rule.type())) {
      reading.passOver();
      return;
    }
    Expression timed = rule.time();
    Instant time = timed == null ? null : reading.time(() -> time(timed, part));
    String id = id(rule, part);
    if (rule.type().isMeasurement()) {
      reading.measured(part.subject(), time, judged.measured().inParts());
      return;
    }
    ValueCollector values = new ValueCollector();
    collect(rule, part.input(), values, this::beside);
    reading.happened(
        part.subject(), rule.type(), id, time, values.isEmpty() ? Values.NONE : values.first());
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
  private @Nullable String id(EventRule rule, Part part) {
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

  private @Nullable Instant time(Expression expression, Part part) throws Unreadable {
    Object result = give("time", expression, part.input());
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
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "%s: the mapping %s fails on it: %s"
              .formatted(field, mapping.name(), failed.getMessage()));
    }
  }
}

package org.linli.edge.profile.mapping;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.Reading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.edge.profile.mapping.Expression.FailedException;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.program.yaml.YamlPlace;

/**
 * A mapping from a file, as a profile.
 *
 * @param text where in a message the payload is, and in which characters
 * @param each gives the parts of a message that each become events; null for the message itself
 * @param device gives the equipment's own name; null if the address always names it
 * @param otherwise how to treat a part that matches no entry of {@code events}
 * @param place its position in the file
 * @param zone for times without one
 * @param changes the last known states
 */
record Mapping(
    String name,
    List<String> topics,
    PayloadFormat format,
    PayloadText text,
    Kind kind,
    @Nullable Expression each,
    @Nullable Expression device,
    List<EventRule> events,
    Otherwise otherwise,
    YamlPlace place,
    ZoneId zone,
    Changes changes)
    implements Profile {

  /** How to treat a part that matches no entry of {@code events}. */
  enum Otherwise {
    /** It makes the message a dead letter. */
    REFUSE,
    /** It becomes a measurement with everything in it. */
    MEASUREMENT,
    /** It is ignored. */
    IGNORE
  }

  /** The variables of expressions, and the remaining limits of the message. */
  private record Said(Map<String, Object> names, Bounds bounds) {}

  @Override
  public void read(Delivered message, Reading reading) throws Unreadable {
    Object input = format.read(text.of(message));
    Said said = new Said(names(message), new Bounds());
    if (each == null) {
      part(input, said, reading);
      return;
    }
    Object parts = give("each", each, input, said);
    if (parts instanceof List<?> list) {
      if (list.size() > Reading.MAX_EVENTS) {
        throw new Unreadable(
            RefusalReason.TOO_LARGE,
            "each: a message may have at most %d parts, the mapping %s finds %d"
                .formatted(Reading.MAX_EVENTS, name, list.size()));
      }
      for (Object part : list) {
        part(part, said, reading);
      }
    } else if (parts != null) {
      part(parts, said, reading);
    }
  }

  private static Map<String, Object> names(Delivered message) {
    Map<String, Object> names = new HashMap<>();
    names.put("topic", Arrays.asList(message.levels()));
    names.put("client", message.client());
    names.put("received", message.receivedAt().toEpochMilli());
    return names;
  }

  private void part(@Nullable Object input, Said said, Reading reading) throws Unreadable {
    String called =
        device == null ? "" : Results.text("device", give("device", device, input, said));
    boolean isCalled = called != null && !called.isEmpty();
    if (!isCalled && !reading.isAddressed()) {
      throw new Unreadable(
          RefusalReason.MISSING_FIELD,
          "device: the mapping " + name + " finds in this message no device");
    }
    Subject subject = reading.device(called == null ? "" : called, kind);
    boolean known = false;
    for (EventRule rule : events) {
      if (rule.when() == null || Results.isTrue(give("when", rule.when(), input, said))) {
        known = true;
        say(rule, subject, input, said, reading);
      } else if (rule.change() != null) {
        noteState(rule, rule.change(), subject, input, said, reading);
      }
    }
    if (!known) {
      switch (otherwise) {
        case REFUSE -> {}
        case IGNORE -> reading.passOver();
        case MEASUREMENT -> {
          ValueCollector all = new ValueCollector();
          Results.collect(all, "", input);
          reading.measured(subject, null, all.inParts());
        }
      }
    }
  }

  /**
   * The message before, with which the next one is compared, need not have passed {@code when}. One
   * that the expression does not fit says nothing about that state.
   */
  private void noteState(
      EventRule rule,
      Expression change,
      Subject subject,
      @Nullable Object input,
      Said said,
      Reading reading) {
    try {
      Object state = change.evaluate(input, said.names(), said.bounds());
      if (state != null) {
        reading.keepIfRefused();
        changes.note(
            reading,
            subject,
            signal(rule),
            String.valueOf(state),
            kept(rule, input, said, reading));
      }
    } catch (FailedException | Unreadable aboutSomethingElse) {
      // The state stays as it is.
    }
  }

  private String signal(EventRule rule) {
    return events.indexOf(rule) + "/" + rule.type();
  }

  /** The time of a state that a broker may have kept; null if it did not, or there is none. */
  private @Nullable Instant kept(EventRule rule, @Nullable Object input, Said said, Reading reading)
      throws Unreadable {
    return reading.wasRetained() && rule.time() != null
        ? time(give("time", rule.time(), input, said))
        : null;
  }

  private void say(
      EventRule rule, Subject subject, @Nullable Object input, Said said, Reading reading)
      throws Unreadable {
    if (rule.change() != null) {
      Object state = give("change", rule.change(), input, said);
      if (state == null
          || !changes.isChange(
              reading,
              subject,
              signal(rule),
              String.valueOf(state),
              kept(rule, input, said, reading))) {
        reading.passOver();
        return;
      }
    }
    Expression timed = rule.time();
    Instant time =
        timed == null ? null : reading.time(() -> time(give("time", timed, input, said)));
    String id = id(rule, input, said, reading);
    ValueCollector values = new ValueCollector();
    Expression all = rule.allValues();
    if (all != null) {
      reading.beside(() -> Results.collect(values, "", give("values", all, input, said)));
    }
    for (Map.Entry<String, Expression> entry : rule.values().entrySet()) {
      reading.beside(
          () ->
              Results.collect(
                  values,
                  entry.getKey(),
                  give("values." + entry.getKey(), entry.getValue(), input, said)));
    }
    if (rule.type().isMeasurement()) {
      reading.measured(subject, time, values.inParts());
    } else {
      reading.happened(
          subject, rule.type(), id, time, values.isEmpty() ? Values.NONE : values.first());
    }
  }

  private @Nullable String id(EventRule rule, @Nullable Object input, Said said, Reading reading)
      throws Unreadable {
    Expression given = rule.id();
    if (given == null) {
      return null;
    }
    try {
      return Results.text("id", give("id", given, input, said));
    } catch (Unreadable unreadable) {
      reading.beside(unreadable);
      return null;
    }
  }

  private @Nullable Instant time(@Nullable Object result) throws Unreadable {
    return switch (result) {
      case null -> null;
      case Number millis -> DeviceTimes.ofSeconds("time", millis.doubleValue() / 1_000);
      case String text -> DeviceTimes.read("time", text, zone);
      default ->
          throw new Unreadable(
              RefusalReason.BAD_FIELD,
              "time: the mapping gives neither milliseconds nor a text for it");
    };
  }

  private @Nullable Object give(
      String field, Expression expression, @Nullable Object input, Said said) throws Unreadable {
    try {
      return expression.evaluate(input, said.names(), said.bounds());
    } catch (FailedException failed) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "%s: the mapping %s fails on it: %s".formatted(field, name, failed.getMessage()));
    }
  }
}

package org.linli.edge.profile.wired;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * States of inputs whose meaning is known, in formats that have only values. What lasts is an event
 * when it changes; what only happens is one each time that it is said.
 */
public final class WiredStates {

  private final Changes changes;
  private final Conditions conditions;

  public WiredStates(Changes changes) {
    this.changes = changes;
    this.conditions = new Conditions(changes);
  }

  /**
   * What a device said in one message.
   *
   * @param id of the message at the device, from which the events' own ids follow; null for none
   * @param time when it was so
   * @param stillMeans whether a field that told a condition once still does, by the settings
   * @param once what this message has told, so that fields that say the same tell it once
   */
  public record Said(
      MessageReading reading,
      Subject device,
      @Nullable String id,
      StateTime time,
      BiPredicate<String, WiredMeaning> stillMeans,
      Set<String> once) {

    /**
     * @param id of the message at the device, from which the events' own ids follow
     */
    public Said(
        MessageReading reading,
        Subject device,
        @Nullable String id,
        StateTime time,
        BiPredicate<String, WiredMeaning> stillMeans) {
      this(reading, device, id, time, stillMeans, new HashSet<>());
    }

    private void happened(Subject subject, EventType type, String field, Values values)
        throws Unreadable {
      reading.happened(subject, type, own(type, field), time.at(), values);
    }

    private void changed(Subject subject, EventType type, String field, Values values)
        throws Unreadable {
      reading.followed(subject, type, own(type, field), time.at(), values);
    }

    private @Nullable String own(EventType type, String field) {
      return id == null ? null : type + ":" + field + ":" + id;
    }
  }

  /**
   * Tells what the settings say of the values of a measurement.
   *
   * @param whose what the format calls the device; its id counts as well
   * @param at when it was so, by the device; null if it does not say that
   */
  public void read(
      WiredInputs inputs,
      MessageReading reading,
      Subject device,
      String whose,
      @Nullable Instant at,
      List<Values> measured)
      throws Unreadable {
    if (inputs.byPlace().isEmpty()) {
      return;
    }
    StateTime time = StateTime.byDevice(at);
    for (Values part : measured) {
      for (Map.Entry<String, Value> entry : part.byName().entrySet()) {
        Optional<WiredMeaning> meaning =
            meaning(inputs, device, whose, field(entry.getKey(), part));
        if (meaning.isPresent()) {
          // Only here: a hostile message has thousands of parts without any.
          Said said =
              new Said(
                  reading,
                  device,
                  null,
                  time,
                  (input, its) ->
                      meaning(inputs, device, whose, input)
                          .or(() -> meaning(inputs, device, whose, once(input)))
                          .equals(Optional.of(its)));
          read(said, meaning.get(), entry.getKey(), node(entry.getValue()));
        }
      }
    }
  }

  /** Whether a device may say states, so that it is worth looking for them. */
  public static boolean mayBeSaid(WiredInputs inputs, Subject device, String whose) {
    return inputs.areSet(whose) || inputs.areSet(device.device().value());
  }

  /**
   * Whether one of these values is a state: then messages are judged in the order of their times.
   */
  public static boolean areSaid(
      WiredInputs inputs, Subject device, String whose, List<Values> measured) {
    return mayBeSaid(inputs, device, whose)
        && measured.stream()
            .flatMap(part -> part.byName().keySet().stream())
            .anyMatch(name -> meaning(inputs, device, whose, once(name)).isPresent());
  }

  private static Optional<WiredMeaning> meaning(
      WiredInputs inputs, Subject device, String whose, String field) {
    return inputs.meaning(whose, field).or(() -> inputs.meaning(device.device().value(), field));
  }

  private void read(Said said, WiredMeaning meaning, String field, JsonNode value)
      throws Unreadable {
    Optional<Boolean> on = StateWords.isOn(meaning, value);
    if (on.isPresent()) {
      tell(said, meaning, field, value, on.get());
    } else if (!StateWords.isNeither(value)) {
      said.reading()
          .beside(
              new Unreadable(
                  RefusalReason.BAD_FIELD,
                  "%s: says neither on nor off, but the settings say that it is %s"
                      .formatted(field, meaning.word())));
    }
  }

  /** The name without the number that a repeated one has in a measurement. */
  private static String field(String name, Values part) {
    String once = once(name);
    return part.find(once).isPresent() ? once : name;
  }

  private static String once(String name) {
    int dash = name.lastIndexOf('-');
    return dash > 0 && name.substring(dash + 1).matches("\\d{1,4}")
        ? name.substring(0, dash)
        : name;
  }

  private static JsonNode node(Value value) {
    return switch (value) {
      case Value.Whole whole -> JsonNodeFactory.instance.numberNode(whole.number());
      case Value.Real real -> JsonNodeFactory.instance.numberNode(real.number());
      case Value.Truth truth -> JsonNodeFactory.instance.booleanNode(truth.truth());
      case Value.Text text -> JsonNodeFactory.instance.stringNode(text.text());
    };
  }

  /**
   * Tells one state. The meaning is part of the signal: with another setting, it is another state.
   *
   * @param field the input, so that no other one ends what it told
   */
  public void tell(Said said, WiredMeaning meaning, String field, JsonNode value, boolean on)
      throws Unreadable {
    Subject device = said.device();
    Kind kind = meaning.kind();
    Subject subject = kind == null ? device : new Subject(device.device(), kind);
    if (meaning.isMoment()) {
      // Each of several buttons and each of several people counts; a call for help is one.
      if (on
          && said.once()
              .add(meaning + (meaning == WiredMeaning.SOS ? "" : LifeNames.about(field)))) {
        Values values = new ValueCollector().put(field, value).first();
        said.happened(subject, meaning.whenOn(), field, values);
      }
      return;
    }
    boolean news =
        meaning.isCondition()
            ? conditions
                .change(
                    said.reading(),
                    device,
                    meaning.whenOn(),
                    input -> said.stillMeans().test(input, meaning),
                    said.time(),
                    Map.of(field, on))
                .isPresent()
            : changes.isChange(
                said.reading(),
                device,
                Conditions.signal(meaning.whenOn(), field),
                on,
                said.time().of(on));
    EventType type = on ? meaning.whenOn() : meaning.whenOff();
    Values cause = on ? cause(meaning, field, value) : Values.NONE;
    if (news
        && type != null
        && (meaning == WiredMeaning.DOOR || said.once().add(type + " " + cause))) {
      said.changed(subject, type, field, cause);
    }
  }

  /** What is over although the message does not name it, by its field. */
  public List<String> alsoOver(Said said, WiredMeaning meaning, Map<String, Boolean> told) {
    return conditions
        .completed(said.reading(), said.device(), meaning.whenOn(), LifeNames::about, told)
        .keySet()
        .stream()
        .filter(field -> !told.containsKey(field))
        .toList();
  }

  private static Values cause(WiredMeaning meaning, String field, JsonNode value) {
    Values named = LifeNames.cause(meaning, field);
    return named.size() == 0 && value.isString()
        ? LifeNames.cause(meaning, value.stringValue())
        : named;
  }

  /** Whether an input that meant this holds, or may hold because its last state is not known. */
  public boolean mayHold(
      MessageReading reading, Subject device, WiredMeaning meaning, String field) {
    return changes.mayBe(reading, device, Conditions.signal(meaning.whenOn(), field), true);
  }
}

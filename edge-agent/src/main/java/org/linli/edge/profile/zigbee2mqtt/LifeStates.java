package org.linli.edge.profile.zigbee2mqtt;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Conditions;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.WiredMeaning;
import org.linli.edge.profile.wired.LifeNames;
import org.linli.edge.profile.wired.StateWords;
import org.linli.edge.profile.wired.WiredInputs;
import org.linli.edge.profile.wired.WiredStates;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import tools.jackson.databind.JsonNode;

/**
 * States of life safety: smoke, gas, water, falls and calls for help. Zigbee2MQTT has names of its
 * own for them, makers' converters have others ({@link LifeNames}), and in some a text says what
 * the alarm is. Several that tell one condition end it together.
 */
final class LifeStates {

  private static final String GAS = "gas";

  /** Zigbee2MQTT's own names (the page "Exposes" of its documentation). */
  private static final Map<String, WiredMeaning> OWN =
      Map.of(
          "smoke",
          WiredMeaning.SMOKE,
          "water_leak",
          WiredMeaning.WATER,
          GAS,
          WiredMeaning.GAS,
          "carbon_monoxide",
          WiredMeaning.GAS,
          "sos",
          WiredMeaning.SOS,
          "panic",
          WiredMeaning.SOS,
          "emergency",
          WiredMeaning.SOS,
          "fall",
          WiredMeaning.FALL);

  /** Names under which some converters give a level. */
  private static final Set<String> PERHAPS_LEVELS = Set.of(GAS, "carbon_monoxide", "smoke");

  /** What is known of a field that has given a level. */
  private static final String KIND_OF = "kind of ";

  private static final String LEVEL = "level";
  private static final String STATE = "state";

  private static final List<WiredMeaning> ALL =
      List.of(
          WiredMeaning.SMOKE,
          WiredMeaning.WATER,
          WiredMeaning.GAS,
          WiredMeaning.FALL,
          WiredMeaning.SOS);

  private final WiredInputs inputs;
  private final WiredStates wired;
  private final Changes changes;
  private final Conditions conditions;

  LifeStates(WiredInputs inputs, Changes changes) {
    this.inputs = inputs;
    this.wired = new WiredStates(changes);
    this.changes = changes;
    this.conditions = new Conditions(changes);
  }

  /** What one message tells, by meaning and field. */
  private record ReportedStates(
      MessageReading reading,
      String whose,
      Subject device,
      @Nullable Instant time,
      Map<WiredMeaning, Map<String, Boolean>> states,
      Map<WiredMeaning, Values> causes) {

    void add(WiredMeaning meaning, String field, boolean on) {
      add(meaning, field, on, field);
    }

    /**
     * @param said what names the alarm
     */
    void add(WiredMeaning meaning, String field, boolean on, String said) {
      states.computeIfAbsent(meaning, _ -> new LinkedHashMap<>()).put(field, on);
      Values cause = LifeNames.cause(meaning, said);
      if (on && cause.size() > 0) {
        causes.put(meaning, cause);
      }
    }
  }

  /**
   * @param name the device's friendly name; empty for the one in the message's address
   * @param isCalled whether an action in the same message calls for help, which a state beside it
   *     says once more
   */
  void read(
      MessageReading reading,
      String name,
      Subject device,
      JsonNode state,
      @Nullable Instant time,
      boolean isCalled)
      throws Unreadable {
    String whose = name.isEmpty() ? device.device().value() : name;
    ReportedStates told =
        new ReportedStates(
            reading,
            whose,
            device,
            time,
            new EnumMap<>(WiredMeaning.class),
            new EnumMap<>(WiredMeaning.class));
    for (Map.Entry<String, JsonNode> entry : state.properties()) {
      if (!entry.getValue().isNull()) {
        reading.beside(() -> read(told, entry.getKey(), entry.getValue()));
      }
    }
    for (WiredMeaning meaning : ALL) {
      Map<String, Boolean> said = told.states().get(meaning);
      if (said != null) {
        tell(told, meaning, said, isCalled && meaning == WiredMeaning.SOS);
      }
    }
  }

  /** Some bridges write the names in capitals. */
  private static @Nullable WiredMeaning own(String field) {
    return OWN.get(field.toLowerCase(Locale.ROOT));
  }

  private void read(ReportedStates told, String field, JsonNode value) throws Unreadable {
    Optional<WiredMeaning> set = inputs.meaning(told.whose(), field);
    WiredMeaning own = own(field);
    if (set.isPresent() && !ALL.contains(set.get())) {
      set(told, set.get(), field, value);
    } else if (set.isPresent()) {
      certain(told, set.get(), field, value);
    } else if (own != null) {
      if (!isLevel(told, field, value)) {
        certain(told, own, field, value);
      }
    } else {
      Optional<WiredMeaning> named = LifeNames.meaning(field);
      if (named.isPresent() && !ALL.contains(named.get())) {
        wired(told, named.get(), field, value, StateWords.isOn(named.get(), value));
      } else if (named.isPresent()) {
        supposed(told, named.get(), field, value);
      } else if (LifeNames.mayTell(field) && value.isString()) {
        telling(told, field, value);
      }
    }
  }

  /**
   * 1 and 0 are a state, as some firmware writes it, unless the last of the field's values that was
   * neither was another number: then they are levels too.
   */
  private boolean isLevel(ReportedStates told, String field, JsonNode value) {
    if (!PERHAPS_LEVELS.contains(field.toLowerCase(Locale.ROOT))) {
      return false;
    }
    StateChange.Known known = changes.known(told.reading(), told.device(), KIND_OF + field);
    boolean gaveLevels = known != null && known.state().equals(LEVEL);
    double number = value.isNumber() ? value.doubleValue() : 0;
    boolean isState = number == 0 || number == 1;
    if (!isState || gaveLevels && !value.isNumber()) {
      // Not true: it must not outlast other states as an alarm that holds would.
      changes.note(told.reading(), told.device(), KIND_OF + field, isState ? STATE : LEVEL, null);
    }
    return !isState || gaveLevels && value.isNumber();
  }

  private void set(ReportedStates told, WiredMeaning meaning, String field, JsonNode value)
      throws Unreadable {
    wired(told, meaning, field, value, isOn(meaning, field, value));
  }

  private void wired(
      ReportedStates told, WiredMeaning meaning, String field, JsonNode value, Optional<Boolean> on)
      throws Unreadable {
    if (on.isPresent()) {
      WiredStates.Said said =
          new WiredStates.Said(
              told.reading(),
              told.device(),
              null,
              StateTime.byKeeper(told.time()),
              (other, its) -> stillMeans(told, other, its));
      wired.tell(said, meaning, field, value, on.get());
    }
  }

  /** A state on which somebody relies. */
  private static void certain(
      ReportedStates told, WiredMeaning meaning, String field, JsonNode value) throws Unreadable {
    isOn(meaning, field, value).ifPresent(on -> told.add(meaning, field, on));
  }

  private static Optional<Boolean> isOn(WiredMeaning meaning, String field, JsonNode value)
      throws Unreadable {
    Optional<Boolean> on = StateWords.isOn(meaning, value);
    if (on.isEmpty() && !StateWords.isNeither(value)) {
      throw new Unreadable(RefusalReason.BAD_FIELD, field + ": is neither true nor false");
    }
    return on;
  }

  /** What a converter's name says. A number that is neither 0 nor 1 is a level. */
  private static void supposed(
      ReportedStates told, WiredMeaning meaning, String field, JsonNode value) {
    Optional<Boolean> on = StateWords.isOn(meaning, value);
    if (on.isPresent()) {
      told.add(meaning, field, on.get());
    } else if (value.isString() && !StateWords.isNeither(value)) {
      told.reading().mark(field + ": is neither true nor false");
    }
  }

  /** A text may begin what it names, and ends what it named before if it denies that. */
  private void telling(ReportedStates told, String field, JsonNode value) {
    Optional<WiredMeaning> named = StateWords.named(value.stringValue());
    for (WiredMeaning meaning : ALL) {
      if (named.equals(Optional.of(meaning))) {
        told.add(meaning, field, true, value.stringValue());
      } else if (StateWords.isOn(meaning, value).equals(Optional.of(false))
          && hasTold(told, signal(meaning, field))) {
        told.add(meaning, field, false);
      }
    }
  }

  private boolean hasTold(ReportedStates told, String signal) {
    return changes.known(told.reading(), told.device(), signal) != null
        || changes.mayBe(told.reading(), told.device(), signal, true);
  }

  /** The meaning is part of the signal: with another setting, it is another state. */
  private static String signal(WiredMeaning meaning, String field) {
    if (meaning.isCondition()) {
      return Conditions.signal(meaning.whenOn(), field);
    }
    return own(field) == meaning ? field : meaning.word() + "/" + field;
  }

  /** Whether a field may have this meaning by the present settings, and by its name. */
  private boolean stillMeans(ReportedStates told, String field, WiredMeaning meaning) {
    return inputs
        .meaning(told.whose(), field)
        .or(() -> Optional.ofNullable(own(field)))
        .or(() -> LifeNames.meaning(field))
        .map(meaning::equals)
        .orElseGet(() -> LifeNames.mayTell(field));
  }

  private void tell(
      ReportedStates told, WiredMeaning meaning, Map<String, Boolean> said, boolean isToldAlready)
      throws Unreadable {
    Optional<Boolean> changed =
        meaning.isCondition()
            ? conditions.change(
                told.reading(),
                told.device(),
                meaning.whenOn(),
                field -> stillMeans(told, field, meaning),
                said,
                told.time())
            : begun(told, meaning, said);
    if (changed.isEmpty() || isToldAlready) {
      return;
    }
    EventType type = changed.get() ? meaning.whenOn() : meaning.whenOff();
    Kind kind = meaning.kind();
    if (type != null && kind != null) {
      Values cause = changed.get() ? told.causes().getOrDefault(meaning, Values.NONE) : Values.NONE;
      told.reading().happened(new Subject(told.device().device(), kind), type, told.time(), cause);
    }
  }

  /** Whether a call for help or a fall began; its end is no event. */
  private Optional<Boolean> begun(
      ReportedStates told, WiredMeaning meaning, Map<String, Boolean> said) {
    boolean begun = false;
    for (Map.Entry<String, Boolean> each : said.entrySet()) {
      boolean news =
          changes.isChange(
              told.reading(),
              told.device(),
              signal(meaning, each.getKey()),
              each.getValue(),
              StateTime.byKeeper(told.time()).of(each.getValue()));
      begun |= news && each.getValue();
    }
    return begun ? Optional.of(true) : Optional.empty();
  }
}

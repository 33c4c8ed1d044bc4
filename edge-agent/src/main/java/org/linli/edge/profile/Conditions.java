package org.linli.edge.profile;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.Sha256;

/**
 * Conditions that several inputs of a device tell, such as two gases or two water sensors. Each new
 * input that holds is told. The condition ends when the last input that held takes it back, so that
 * no input ends what another one told.
 *
 * <p>Which inputs hold follows from their own states. So there may be as many as the gateway knows
 * states of a device, and one whose state is forgotten or withdrawn keeps no condition alive.
 */
public final class Conditions {

  /** Longer names of inputs are replaced by their hashes. */
  private static final int LONGEST_INPUT = 120;

  private static final String HASHED = "#";

  /** How many inputs that told a condition together with one are remembered. */
  private static final int MOST_BESIDE = 8;

  private static final String BETWEEN_INPUTS = "\n";

  private final Changes changes;

  /** An input that held once, and whose end was said before. */
  private record Over(String signal, KnownStates.Said said) {}

  public Conditions(Changes changes) {
    this.changes = changes;
  }

  /** The signal of an input's state. It has the condition's name, so that another has its own. */
  public static String signal(EventType condition, String input) {
    return beginning(condition)
        + (input.length() <= LONGEST_INPUT ? input : HASHED + Sha256.hexOf(input));
  }

  /**
   * @param condition the event type when it begins
   * @param isInput whether an input that told this condition once still does, by the settings. One
   *     that does not can say no end
   * @param told by input
   * @param at when the device was in that state, as {@link Changes} takes it of who kept it
   * @return true if it began, or began at one more input; false if it ended; empty for no news
   */
  public Optional<Boolean> change(
      MessageReading reading,
      Subject subject,
      EventType condition,
      Predicate<String> isInput,
      Map<String, Boolean> told,
      @Nullable Instant at) {
    return change(reading, subject, condition, isInput, StateTime.byKeeper(at), told);
  }

  /**
   * The same for states of which the device may have said itself when it was in them.
   *
   * @param time when the device was in that state
   */
  public Optional<Boolean> change(
      MessageReading reading,
      Subject subject,
      EventType condition,
      Predicate<String> isInput,
      StateTime time,
      Map<String, Boolean> told) {
    boolean began = false;
    boolean ended = false;
    Over over = null;
    for (Map.Entry<String, Boolean> each : told.entrySet()) {
      String signal = signal(condition, each.getKey());
      if (each.getValue() && Endings.hasEnd(condition)) {
        KnownStates.Said said = Changes.begins(reading, subject, signal, time);
        began |= said == KnownStates.Said.NEWS;
        if (said == KnownStates.Said.OVERTAKEN || over == null && OvertakenAlarms.isOver(said)) {
          over = new Over(signal, said);
        }
      } else if (changes.isChange(
          reading, subject, signal, each.getValue(), time.of(each.getValue()))) {
        began |= each.getValue();
        ended |= !each.getValue();
      }
    }
    if (began || over != null && mayHold(reading, subject, condition, isInput)) {
      reading.overtaken().holds(subject.device(), condition);
    } else if (over != null) {
      reading.overtaken().told(reading, subject.device(), condition, over.signal(), over.said());
    }
    if (began || over != null && over.said() == KnownStates.Said.OVERTAKEN) {
      return Optional.of(true);
    }
    return ended && !mayHold(reading, subject, condition, isInput)
        ? Optional.of(false)
        : Optional.empty();
  }

  /**
   * Adds what is over although the message does not name it: an input that told the condition in
   * the same message as another one, says the same by its name, and is gone from a message that
   * takes that other one back. {@code {"smokeAlarm":true,"tags":{"smoke":"detected"}}} ends with
   * {@code {"smokeAlarm":false,"tags":{}}}.
   *
   * @param about what an input is about by its name
   * @param told by input, before any of it is recorded
   */
  public Map<String, Boolean> completed(
      MessageReading reading,
      Subject subject,
      EventType condition,
      UnaryOperator<String> about,
      Map<String, Boolean> told) {
    Map<String, Boolean> all = new LinkedHashMap<>();
    Map<String, List<String>> alike = alike(about, told);
    for (Map.Entry<String, Boolean> each : told.entrySet()) {
      String input = each.getKey();
      if (each.getValue()) {
        noteBeside(
            reading, subject, condition, alike.getOrDefault(about.apply(input), List.of()), input);
      } else if (holds(reading, subject, condition, input)) {
        StateChange.Known beside = changes.known(reading, subject, beside(condition, input));
        if (beside != null) {
          for (String other : beside.state().split(BETWEEN_INPUTS)) {
            if (!told.containsKey(other) && holds(reading, subject, condition, other)) {
              all.put(other, false);
            }
          }
        }
      }
    }
    all.putAll(told);
    return all;
  }

  /** Inputs that hold by what they are about; not one by one, for a message may have thousands. */
  private static Map<String, List<String>> alike(
      UnaryOperator<String> about, Map<String, Boolean> told) {
    return told.entrySet().stream()
        .filter(each -> each.getValue() && each.getKey().length() <= LONGEST_INPUT)
        .map(Map.Entry::getKey)
        .collect(Collectors.groupingBy(about));
  }

  private void noteBeside(
      MessageReading reading,
      Subject subject,
      EventType condition,
      List<String> alike,
      String input) {
    String others =
        alike.stream()
            .filter(other -> !other.equals(input))
            .limit(MOST_BESIDE)
            .collect(Collectors.joining(BETWEEN_INPUTS));
    StateChange.Known known = changes.known(reading, subject, beside(condition, input));
    if (known == null ? !others.isEmpty() : !known.state().equals(others)) {
      changes.note(reading, subject, beside(condition, input), others, null);
    }
  }

  private boolean holds(
      MessageReading reading, Subject subject, EventType condition, String input) {
    StateChange.Known known = changes.known(reading, subject, signal(condition, input));
    return known != null && known.state().equals("true");
  }

  private static String beside(EventType condition, String input) {
    return "beside " + signal(condition, input);
  }

  private static String beginning(EventType condition) {
    return condition + Signal.OF_CONDITION;
  }

  private boolean mayHold(
      MessageReading reading, Subject subject, EventType condition, Predicate<String> isInput) {
    return changes.names(reading, subject, beginning(condition)).stream()
        .filter(input -> input.startsWith(HASHED) || isInput.test(input))
        .anyMatch(input -> changes.mayBe(reading, subject, beginning(condition) + input, true));
  }
}

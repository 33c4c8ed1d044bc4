package org.linli.edge.profile;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

  private final Changes changes;

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
    for (Map.Entry<String, Boolean> each : told.entrySet()) {
      String signal = signal(condition, each.getKey());
      StateTime its = time.of(each.getValue());
      if (changes.isChange(reading, subject, signal, each.getValue(), its)) {
        began |= each.getValue();
        ended |= !each.getValue();
      }
    }
    if (began) {
      return Optional.of(true);
    }
    return ended && !mayHold(reading, subject, condition, isInput)
        ? Optional.of(false)
        : Optional.empty();
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

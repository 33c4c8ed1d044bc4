package org.linli.edge.profile;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that several inputs of a device tell, such as two gases or two water sensors. Each new
 * input that holds is told. The condition ends when the last input that held takes it back, so that
 * no input ends what another one told.
 */
public final class Conditions {

  private static final String HOLDING = "/holding";

  /** Most inputs of a condition that are told apart. */
  private static final int MOST = 64;

  private final Changes changes;

  public Conditions(Changes changes) {
    this.changes = changes;
  }

  /**
   * @param inputs all that can tell this condition
   * @param told by input
   * @param at when the device was in that state, as {@link Changes} takes it
   * @return true if it began, or began at one more input; false if it ended; empty for no news
   */
  public Optional<Boolean> change(
      Reading reading,
      Subject subject,
      Collection<String> inputs,
      Map<String, Boolean> told,
      @Nullable Instant at) {
    boolean held = holds(reading, subject, inputs);
    boolean known = inputs.stream().anyMatch(input -> !state(reading, subject, input).isEmpty());
    boolean began = false;
    boolean ended = false;
    for (Map.Entry<String, Boolean> each : told.entrySet()) {
      if (changes.isChange(reading, subject, each.getKey(), each.getValue(), at)) {
        began |= each.getValue();
        ended |= !each.getValue();
      }
    }
    if (began) {
      return Optional.of(true);
    }
    return ended && (held || !known) && !holds(reading, subject, inputs)
        ? Optional.of(false)
        : Optional.empty();
  }

  /**
   * As above, for inputs that become known as they come.
   *
   * @param condition unique at the device, and bounded like the input
   */
  public synchronized Optional<Boolean> change(
      Reading reading, Subject subject, String condition, String input, boolean told) {
    if (!changes.isChange(reading, subject, condition + input, told)) {
      return Optional.empty();
    }
    String all = condition + HOLDING;
    Set<String> holding = new TreeSet<>(List.of(state(reading, subject, all).split(",")));
    holding.remove("");
    String mark = Integer.toHexString(input.hashCode());
    boolean other = told ? holding.size() < MOST && holding.add(mark) : holding.remove(mark);
    if (other) {
      changes.note(reading, subject, all, String.join(",", holding), null);
    }
    return told || holding.isEmpty() ? Optional.of(told) : Optional.empty();
  }

  private boolean holds(Reading reading, Subject subject, Collection<String> inputs) {
    return inputs.stream().anyMatch(input -> state(reading, subject, input).equals("true"));
  }

  /** The last known state of a signal; empty if none is known. */
  private String state(Reading reading, Subject subject, String name) {
    StateChange.Known known = changes.known(reading, subject, name);
    return known == null ? "" : known.state();
  }
}

package org.linli.edge.profile.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;

/**
 * A part of a message, and what a mapping's rules say of it.
 *
 * @param point what it names itself; empty if it does not
 * @param position the number of those before it that speak of the same device and name no point
 */
record MappedPart(
    @Nullable Object input, Subject subject, String point, int position, List<Judged> judged) {

  /**
   * A rule for one part.
   *
   * @param holds whether the part is such an event
   * @param state what {@code change} gives; null for nothing
   * @param unreadable why the state is not known; null if it is
   * @param measured the values of a measurement; what cannot be read of them is beside all alarms
   */
  record Judged(
      EventRule rule,
      boolean holds,
      @Nullable Object state,
      @Nullable Unreadable unreadable,
      ValueCollector measured) {}

  boolean saysAState() {
    return judged.stream().anyMatch(each -> each.state() != null);
  }

  /** The name of its point, or its place where it has none. */
  String named() {
    return point.isEmpty() ? "#" + position : point;
  }

  /** The signal of what a rule's {@code change} gives. */
  String signal(EventRule rule) {
    if (!point.isEmpty()) {
      return rule.signal() + "/" + point;
    }
    return position == 0 ? rule.signal() : rule.signal() + "#" + (position + 1);
  }
}

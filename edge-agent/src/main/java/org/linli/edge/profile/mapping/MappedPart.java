package org.linli.edge.profile.mapping;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;

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
   * @param time when the device says that it was so; null if it does not say that
   * @param untimed why that is not known; null if it is
   * @param measured the values of a measurement; what cannot be read of them is beside all alarms
   */
  record Judged(
      EventRule rule,
      boolean holds,
      @Nullable Object state,
      @Nullable Unreadable unreadable,
      @Nullable Instant time,
      @Nullable Unreadable untimed,
      ValueCollector measured) {

    /** As it is compared with what is known. */
    StateTime said() {
      return StateTime.byDevice(time);
    }
  }

  /** Why a mapping finds nothing in a message, if it does not. */
  static String nothing(String mapping, List<MappedPart> parts) {
    if (parts.isEmpty()) {
      return "each: the mapping " + mapping + " finds no part in it";
    }
    return parts.stream().flatMap(part -> part.judged().stream()).anyMatch(Judged::holds)
        ? "the mapping " + mapping + " finds no value in it"
        : "no when of the mapping " + mapping + " fits it; with otherwise: it takes the rest too";
  }

  boolean saysAState() {
    return judged.stream().anyMatch(each -> each.state() != null);
  }

  /** Whether it is an event of such a type. */
  boolean says(Predicate<EventType> type) {
    return judged.stream().anyMatch(each -> each.holds() && type.test(each.rule().type()));
  }

  /** The time by which it is compared with other parts. */
  Instant when(Instant receivedAt) {
    for (Judged each : judged) {
      Instant time = each.time();
      if (each.holds() && time != null) {
        return time;
      }
    }
    return receivedAt;
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

package org.linli.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.linli.event.EventType;

/**
 * When an alert about a device opens and clears. A rule holds no state of a device: the {@link
 * RuleState} goes in and the next one comes out.
 *
 * <p>For any sequence of events and times, {@link Outcome#OPENED} is followed by {@link
 * Outcome#CLEARED} or {@link #closeByHand} before it occurs again.
 *
 * @param type the event that leads to the alert, or whose absence does
 * @param clearedBy the events that clear it; an absence is cleared by {@code type} itself
 * @param onset when it opens
 */
public record Rule(EventType type, Set<EventType> clearedBy, Onset onset) {

  /**
   * The least time from an event to the alert that it makes due, unless the rule's own duration is
   * shorter. When a link returns, a gateway's events arrive in a burst, and the one that prevents
   * the alert may be in the next batch.
   */
  public static final Duration SETTLE = Duration.ofSeconds(5);

  public Rule {
    clearedBy = Set.copyOf(clearedBy);
  }

  /** Whether an event of this type can change anything. */
  public boolean concerns(EventType other) {
    return type.equals(other) || clearedBy.contains(other);
  }

  /** Decides on an event. */
  public Step see(RuleState watch, Occurrence event) {
    if (!concerns(event.type()) || !isNewer(event.position(), watch)) {
      return new Step(watch, Outcome.IGNORED);
    }
    return type.equals(event.type()) ? cause(watch, event) : end(watch, event.position());
  }

  private static boolean isNewer(Position position, RuleState watch) {
    return switch (watch) {
      case RuleState.Unseen() -> true;
      case RuleState.Quiet(Position last) -> position.isAfter(last);
      case RuleState.Counting(Position last, _) -> position.isAfter(last);
      case RuleState.Waiting(Position last, _) -> position.isAfter(last);
      case RuleState.Raised(Position last) -> position.isAfter(last);
    };
  }

  private Step cause(RuleState watch, Occurrence event) {
    Position position = event.position();
    if (watch instanceof RuleState.Raised) {
      return onset instanceof Onset.Absent(Duration duration)
          ? new Step(waiting(event, duration), Outcome.CLEARED)
          : new Step(new RuleState.Raised(position), Outcome.REPEATED);
    }
    return switch (onset) {
      case Onset.AtOnce() -> new Step(new RuleState.Raised(position), Outcome.OPENED);
      case Onset.After(Duration duration) ->
          new Step(
              watch instanceof RuleState.Waiting(_, Instant due)
                  ? new RuleState.Waiting(position, due)
                  : waiting(event, duration),
              Outcome.NOTED);
      case Onset.Absent(Duration duration) -> new Step(waiting(event, duration), Outcome.NOTED);
      case Onset.Repeated(int count, Duration within) -> count(watch, event, count, within);
    };
  }

  /**
   * Counts as elapsed only the time since the gateway took the event, at least zero and at most the
   * whole duration.
   */
  private static RuleState waiting(Occurrence event, Duration duration) {
    Duration lasted = Duration.between(event.takenAt(), event.now());
    Duration left = lasted.isNegative() ? duration : duration.minus(lasted);
    Duration least = SETTLE.compareTo(duration) < 0 ? SETTLE : duration;
    return new RuleState.Waiting(
        event.position(), event.now().plus(left.compareTo(least) < 0 ? least : left));
  }

  private static Step count(RuleState watch, Occurrence event, int count, Duration within) {
    List<Instant> times = new ArrayList<>();
    if (watch instanceof RuleState.Counting(_, List<Instant> earlier)) {
      earlier.stream()
          .filter(time -> Duration.between(time, event.takenAt()).abs().compareTo(within) <= 0)
          .forEach(times::add);
    }
    times.add(event.takenAt());
    return times.size() >= count
        ? new Step(new RuleState.Raised(event.position()), Outcome.OPENED)
        : new Step(new RuleState.Counting(event.position(), times), Outcome.NOTED);
  }

  private static Step end(RuleState watch, Position position) {
    return new Step(
        new RuleState.Quiet(position),
        watch instanceof RuleState.Raised ? Outcome.CLEARED : Outcome.NOTED);
  }

  /** Decides when time has passed: opens what is due; {@link Outcome#IGNORED} otherwise. */
  public Step passTime(RuleState watch, Instant now) {
    return watch instanceof RuleState.Waiting(Position last, Instant due) && !now.isBefore(due)
        ? new Step(new RuleState.Raised(last), Outcome.OPENED)
        : new Step(watch, Outcome.IGNORED);
  }

  /**
   * The state after a person has closed the alert: the next cause opens another one. A new absence
   * counts from {@code now}.
   */
  public RuleState closeByHand(RuleState watch, Instant now) {
    if (!(watch instanceof RuleState.Raised(Position last))) {
      return watch;
    }
    return onset instanceof Onset.Absent(Duration duration)
        ? new RuleState.Waiting(last, now.plus(duration))
        : new RuleState.Quiet(last);
  }
}

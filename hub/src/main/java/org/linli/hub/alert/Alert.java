package org.linli.hub.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;

/**
 * A condition that needs a person.
 *
 * @param id 13 lower-case letters and digits; of two alerts the later one has the greater id
 * @param openedAt by the hub's clock; {@link AlertCause#happenedAt} may be long before
 * @param lastSeenAt when the hub last received a report of its cause
 * @param count how often its cause was reported while it was not resolved, from 1
 * @param assignee who is responsible, which does not mean that they were notified; null for nobody
 * @param timeline everything that was done about it, oldest first
 */
public record Alert(
    String id,
    AlertCause cause,
    Instant openedAt,
    Instant lastSeenAt,
    long count,
    Actor.@Nullable Person assignee,
    AlertState state,
    List<TimelineEntry> timeline) {

  /** Recorded each time that an alert opens, is seen again, or something is done about it. */
  public static final ChangeKind CHANGES = ChangeKind.oneByOne("alert");

  public Alert {
    timeline = List.copyOf(timeline);
  }

  /**
   * @param by the device whose event opens it, or the hub, which detected something
   * @param text what the hub detected; null if a device's event says it all
   */
  static Alert open(String id, AlertCause cause, Instant at, Actor by, @Nullable String text) {
    return new Alert(
        id,
        cause,
        at,
        at,
        1,
        null,
        new AlertState.Open(),
        List.of(
            new TimelineEntry(
                at, Author.of(by), What.OPENED, Channel.HUB, text, cause.event(), null)));
  }

  /**
   * Returns a number that grows with each change: when the alert is seen once more, or its timeline
   * has one more entry.
   */
  public long version() {
    return count + timeline.size();
  }

  public AlertStatus status() {
    return state.status();
  }

  public boolean isResolved() {
    return state instanceof AlertState.Resolved;
  }

  /** Returns the place in which it is the only unresolved alert. */
  AlertKey alertKey() {
    return cause.source().alertKey(cause.key());
  }

  /** Returns whether a person has dealt with it, directly or through a program. */
  boolean isHandled() {
    return timeline.stream()
        .map(entry -> entry.by().actor())
        .anyMatch(
            actor ->
                switch (actor) {
                  case Actor.Person _, Actor.Account _, Actor.Program _ -> true;
                  case Actor.Device _, Actor.Gateway _, Actor.Hub _ -> false;
                });
  }

  /** Returns who acknowledged it, and when. */
  public Optional<Handled> acknowledged() {
    return switch (state) {
      case AlertState.Open() -> Optional.empty();
      case AlertState.Acknowledged(Handled handled) -> Optional.of(handled);
      case AlertState.Resolved(Handled handled, _) -> Optional.ofNullable(handled);
    };
  }

  /** Returns who resolved it, and when. */
  public Optional<Handled> resolved() {
    return state instanceof AlertState.Resolved(_, Handled handled)
        ? Optional.of(handled)
        : Optional.empty();
  }

  Alert seenAgain(Instant at) {
    return seenAgain(at, 1);
  }

  Alert seenAgain(Instant at, long times) {
    return new Alert(id, cause, openedAt, at, count + times, assignee, state, timeline);
  }

  Alert assigned(Actor.Person to, TimelineEntry entry) {
    return new Alert(id, cause, openedAt, lastSeenAt, count, to, state, with(entry));
  }

  Alert noted(TimelineEntry entry) {
    return inState(state, entry);
  }

  Alert acknowledgedBy(TimelineEntry entry) {
    return inState(new AlertState.Acknowledged(new Handled(entry.by().actor(), entry.at())), entry);
  }

  Alert resolvedBy(TimelineEntry entry) {
    return inState(
        new AlertState.Resolved(
            acknowledged().orElse(null), new Handled(entry.by().actor(), entry.at())),
        entry);
  }

  Alert withTimeline(List<TimelineEntry> entries) {
    return new Alert(id, cause, openedAt, lastSeenAt, count, assignee, state, entries);
  }

  private Alert inState(AlertState next, TimelineEntry entry) {
    return new Alert(id, cause, openedAt, lastSeenAt, count, assignee, next, with(entry));
  }

  private List<TimelineEntry> with(TimelineEntry entry) {
    return Stream.concat(timeline.stream(), Stream.of(entry)).toList();
  }
}

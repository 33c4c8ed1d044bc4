package org.linli.hub.alert;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The alerts, for people: to look at, and to do something about. Safe for any thread. What an
 * action changes is durable when it returns, and recorded as {@link Alert#CHANGES}.
 */
@Component
public class Alerts {

  public static final int MAX_COMMENT_LENGTH = 2000;

  /**
   * Past so many entries of an alert's timeline no comment is taken, only what is done about it.
   */
  public static final int MAX_ENTRIES = 200;

  private final AlertRecords records;
  private final AlertBoard board;
  private final RuleBook book;
  private final Registry registry;
  private final AlertRequests requests;
  private final TransactionTemplate transaction;
  private final ChangeRecorder changes;
  private final Clock clock;

  Alerts(
      AlertRecords records,
      AlertBoard board,
      RuleBook book,
      Registry registry,
      AlertRequests requests,
      TransactionTemplate transaction,
      ChangeRecorder changes,
      Clock clock) {
    this.records = records;
    this.board = board;
    this.book = book;
    this.registry = registry;
    this.requests = requests;
    this.transaction = transaction;
    this.changes = changes;
    this.clock = clock;
  }

  /** A page of alerts, newest first. */
  public AlertPage list(AlertQuery query) {
    return records.page(query);
  }

  /** What is not resolved, with the most urgent of it, at most so many. */
  public Unresolved unresolved(int limit) {
    return records.mostUrgent(limit);
  }

  public Optional<Alert> find(String id) {
    return records.find(id);
  }

  /**
   * Says that somebody is handling it.
   *
   * @param comment null or blank for none
   * @return {@code Conflict} when somebody has already, or when it is resolved
   */
  public ActionOutcome acknowledge(
      String id, Author by, Channel channel, @Nullable String comment) {
    return act(
        id,
        by,
        comment,
        alert ->
            switch (alert.state()) {
              case AlertState.Open() ->
                  new Change(alert.acknowledgedBy(entry(by, What.ACKNOWLEDGED, channel, comment)));
              case AlertState.Acknowledged(Handled handled) ->
                  new Standing(What.ACKNOWLEDGED, handled);
              case AlertState.Resolved resolved -> standing(resolved);
            });
  }

  /**
   * Closes it. The same cause, reported again, opens a new alert.
   *
   * @param comment null or blank for none
   * @return {@code Conflict} when it is resolved already
   */
  public ActionOutcome resolve(String id, Author by, Channel channel, @Nullable String comment) {
    return act(
        id,
        by,
        comment,
        alert ->
            alert.state() instanceof AlertState.Resolved resolved
                ? standing(resolved)
                : new Change(alert.resolvedBy(entry(by, What.RESOLVED, channel, comment))));
  }

  /** Adds a remark, whatever the alert's state, up to {@value #MAX_ENTRIES} entries. */
  public ActionOutcome comment(String id, Author by, Channel channel, String comment) {
    if (comment.isBlank()) {
      return new ActionOutcome.Refused("comment", "The comment is empty; say something.");
    }
    return act(
        id,
        by,
        comment,
        alert ->
            alert.timeline().size() < MAX_ENTRIES
                ? new Change(alert.noted(entry(by, What.COMMENTED, channel, comment)))
                : new TooMany());
  }

  /**
   * Does something about an alert unless the same request has done it within the last day.
   *
   * @param request what makes a request the same when it is sent again; null where nothing does
   * @param action one of the other methods here, for the alert {@code id}
   * @return {@code Done} with the alert as it is now where it was done before
   */
  public ActionOutcome once(@Nullable String request, String id, Supplier<ActionOutcome> action) {
    return request == null
        ? action.get()
        : Objects.requireNonNull(transaction.execute(_ -> onceOnly(request, id, action)));
  }

  private ActionOutcome onceOnly(String request, String id, Supplier<ActionOutcome> action) {
    if (requests.isDone(request)) {
      return records
          .findToChange(id)
          .<ActionOutcome>map(ActionOutcome.Done::new)
          .orElseGet(() -> new ActionOutcome.NotFound(id));
    }
    ActionOutcome outcome = action.get();
    if (outcome instanceof ActionOutcome.Done) {
      requests.done(request);
    }
    return outcome;
  }

  /** What an action does to an alert. */
  private sealed interface Effect {}

  private record Change(Alert after) implements Effect {}

  private record TooMany() implements Effect {}

  private record Standing(What what, Handled handled) implements Effect {}

  private static Standing standing(AlertState.Resolved resolved) {
    return new Standing(What.RESOLVED, resolved.handled());
  }

  private TimelineEntry entry(Author by, What what, Channel channel, @Nullable String comment) {
    return new TimelineEntry(
        clock.instant(),
        by,
        what,
        channel,
        comment == null || comment.isBlank() ? null : comment.strip(),
        null,
        null);
  }

  private ActionOutcome act(
      String id, Author by, @Nullable String comment, Function<Alert, Effect> action) {
    if (by.actor() instanceof Actor.Person(String person)
        && registry.findPerson(person).isEmpty()) {
      return new ActionOutcome.Refused(
          "by", "There is no person " + person + " in the community file; name one who is.");
    }
    if (comment != null && comment.length() > MAX_COMMENT_LENGTH) {
      return new ActionOutcome.Refused(
          "comment",
          "The comment has %d characters; shorten it to %d."
              .formatted(comment.length(), MAX_COMMENT_LENGTH));
    }
    return Objects.requireNonNull(transaction.execute(_ -> changed(id, action)));
  }

  private ActionOutcome changed(String id, Function<Alert, Effect> action) {
    board.begin();
    Optional<Alert> found = records.findToChange(id);
    if (found.isEmpty()) {
      return new ActionOutcome.NotFound(id);
    }
    Alert before = found.get();
    return switch (action.apply(before)) {
      case Standing(What what, Handled handled) -> new ActionOutcome.Conflict(what, handled);
      case TooMany() ->
          new ActionOutcome.Refused(
              "comment",
              "The alert has %d entries and takes no more comments; acknowledge or resolve it."
                  .formatted(before.timeline().size()));
      case Change(Alert after) -> {
        board.change(before, after);
        if (after.isResolved() && !before.isResolved()) {
          closeByHand(after);
        }
        for (Alert alert : board.save()) {
          changes.record(Alert.CHANGES, alert.id(), alert.version());
        }
        yield new ActionOutcome.Done(after);
      }
    };
  }

  private void closeByHand(Alert alert) {
    Slot slot = Slot.of(alert);
    Watched before = board.watched(slot);
    if (before != null) {
      book.find(before.kind(), slot.key())
          .ifPresent(
              rule ->
                  board.watch(
                      slot,
                      new Watched(
                          before.kind(),
                          rule.rule().closeByHand(before.watch(), clock.instant()),
                          before.event(),
                          before.happenedAt(),
                          null)));
    }
  }
}

package org.linli.hub.alert;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.alert.watch.RuleBook;
import org.linli.hub.alert.watch.Watched;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.records.Storable;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The alerts, for people to look at and act on. Safe for any thread. A change is durable when the
 * action returns, and is recorded as {@link Alert#CHANGES}.
 */
@Component
public class Alerts {

  public static final int MAX_COMMENT_LENGTH = 2000;

  /**
   * A timeline with this many entries accepts no further comment; what is done about the alert is
   * still added.
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

  /** Returns a page of alerts, newest first. */
  public AlertPage list(AlertQuery query) {
    return records.page(query);
  }

  /**
   * Returns the unresolved alerts: their counts and the most urgent ones, at most {@code limit}.
   *
   * @param community only those of this community; null for all
   */
  public Unresolved unresolved(@Nullable CommunityId community, int limit) {
    return records.mostUrgent(community, limit);
  }

  /** Returns the alert with this id; empty if there is none. */
  public Optional<Alert> find(String id) {
    return records.find(id);
  }

  /**
   * Acknowledges an alert: a person is handling it.
   *
   * @param comment null or blank for none
   * @return {@code Conflict} if it is already acknowledged or resolved
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
                  new Changed(alert.acknowledgedBy(entry(by, What.ACKNOWLEDGED, channel, comment)));
              case AlertState.Acknowledged(Handled handled) ->
                  new AlreadyDone(What.ACKNOWLEDGED, handled);
              case AlertState.Resolved resolved -> alreadyResolved(resolved);
            });
  }

  /**
   * Resolves an alert. If the same cause is reported again, a new alert opens.
   *
   * @param comment null or blank for none
   * @return {@code Conflict} if it is resolved already
   */
  public ActionOutcome resolve(String id, Author by, Channel channel, @Nullable String comment) {
    return act(
        id,
        by,
        comment,
        alert ->
            alert.state() instanceof AlertState.Resolved resolved
                ? alreadyResolved(resolved)
                : new Changed(alert.resolvedBy(entry(by, What.RESOLVED, channel, comment))));
  }

  /** Adds a comment, whatever the alert's state, up to {@value #MAX_ENTRIES} entries. */
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
                ? new Changed(alert.noted(entry(by, What.COMMENTED, channel, comment)))
                : new TooMany());
  }

  /**
   * Runs an action on an alert unless the same request ran it within the last day.
   *
   * @param request identifies a request that is sent again; null if nothing does
   * @param action one of the other methods here, for the alert {@code id}
   * @return the action's outcome; {@code Done} with the alert as it is now if it was done before
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

  /** The effect of an action on an alert. */
  private sealed interface Effect {}

  private record Changed(Alert after) implements Effect {}

  private record TooMany() implements Effect {}

  private record AlreadyDone(What what, Handled handled) implements Effect {}

  private static AlreadyDone alreadyResolved(AlertState.Resolved resolved) {
    return new AlreadyDone(What.RESOLVED, resolved.handled());
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
    if (by.actor() instanceof Actor.Person(var community, var person)
        && registry.find(community).flatMap(its -> its.findPerson(person)).isEmpty()) {
      return new ActionOutcome.Refused(
          "by", "There is no person " + person + " in the community file; name one who is.");
    }
    if (comment != null && comment.length() > MAX_COMMENT_LENGTH) {
      return new ActionOutcome.Refused(
          "comment",
          "The comment has %d characters; shorten it to %d."
              .formatted(comment.length(), MAX_COMMENT_LENGTH));
    }
    if (comment != null && !Storable.is(comment)) {
      return new ActionOutcome.Refused(
          "comment", "The comment has a character U+0000, which cannot be kept; leave it out.");
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
      case AlreadyDone(What what, Handled handled) -> new ActionOutcome.Conflict(what, handled);
      case TooMany() ->
          new ActionOutcome.Refused(
              "comment",
              "The alert has %d entries and takes no more comments; acknowledge or resolve it."
                  .formatted(before.timeline().size()));
      case Changed(Alert after) -> {
        board.change(before, after);
        if (after.isResolved() && !before.isResolved()) {
          closeByHand(after);
        }
        for (Alert alert : board.save()) {
          changes.record(
              Alert.CHANGES, alert.cause().source().community(), alert.id(), alert.version());
        }
        yield new ActionOutcome.Done(after);
      }
    };
  }

  private void closeByHand(Alert alert) {
    AlertKey alertKey = alert.alertKey();
    Watched before = board.watched(alertKey);
    if (before != null) {
      book.find(before.kind(), alertKey.key())
          .ifPresent(
              rule ->
                  board.watch(
                      alertKey,
                      new Watched(
                          before.kind(),
                          rule.rule().closeByHand(before.watch(), clock.instant()),
                          before.event(),
                          before.happenedAt(),
                          null)));
    }
  }
}

package org.linli.hub.alert;

import java.util.Set;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Completes every change of the board: finds who is responsible for alerts that opened and are
 * still open, writes everything and records what changed. Used within the caller's transaction.
 */
@Component
class AlertWriter {

  private static final Logger log = LoggerFactory.getLogger(AlertWriter.class);
  private static final Author HUB = Author.of(Actor.HUB);

  private final AlertBoard board;
  private final OnCall onCall;
  private final ChangeRecorder changes;

  AlertWriter(AlertBoard board, OnCall onCall, ChangeRecorder changes) {
    this.board = board;
    this.onCall = onCall;
    this.changes = changes;
  }

  void write(Set<AlertKey> opened) {
    for (AlertKey alertKey : opened) {
      Alert alert = board.unresolved(alertKey);
      if (alert != null) {
        board.change(alert, assign(alert));
      }
    }
    for (Alert alert : board.save()) {
      record(alert);
    }
  }

  private void record(Alert alert) {
    changes.record(Alert.CHANGES, alert.cause().source().community(), alert.id(), alert.version());
  }

  private Alert assign(Alert alert) {
    return switch (assigneeOf(alert)) {
      case OnCall.Assignment.Assigned(Actor.Person person) ->
          alert.assigned(
              person,
              new TimelineEntry(
                  alert.openedAt(), HUB, What.ASSIGNED, Channel.CONSOLE, null, null, person));
      case OnCall.Assignment.Nobody(String why) ->
          alert.noted(
              new TimelineEntry(
                  alert.openedAt(), HUB, What.UNASSIGNED, Channel.HUB, why, null, null));
    };
  }

  /** Never throws: an alert opens even if the roster fails. */
  private OnCall.Assignment assigneeOf(Alert alert) {
    try {
      return onCall.assigneeOf(alert);
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      log.atError()
          .addKeyValue("alert", alert.id())
          .setCause(defect)
          .log("The responsible person for an alert could not be determined");
      return new OnCall.Assignment.Nobody(OnCall.NOT_FOUND_OUT + defect);
    }
  }
}

package org.linli.hub.alert;

import java.util.Set;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Ends every change of the board: brings somebody to what opened and is still open, writes all of
 * it and tells of it. Within the caller's transaction.
 */
@Component
class Settling {

  private static final Author HUB = Author.of(Actor.HUB);

  private final AlertBoard board;
  private final OnCall onCall;
  private final ApplicationEventPublisher events;

  Settling(AlertBoard board, OnCall onCall, ApplicationEventPublisher events) {
    this.board = board;
    this.onCall = onCall;
    this.events = events;
  }

  void settle(Set<Slot> opened) {
    for (Slot slot : opened) {
      Alert alert = board.unresolved(slot);
      if (alert != null) {
        board.change(alert, bring(alert));
      }
    }
    for (Alert alert : board.save()) {
      events.publishEvent(new AlertChanged(alert));
    }
  }

  private Alert bring(Alert alert) {
    return switch (onCall.whoComesFor(alert)) {
      case OnCall.Answer.Comes(Actor.Person person) ->
          alert.assigned(
              person,
              new TimelineEntry(
                  alert.openedAt(), HUB, What.ASSIGNED, Channel.CONSOLE, null, null, person));
      case OnCall.Answer.Nobody(String why) ->
          alert.noted(
              new TimelineEntry(
                  alert.openedAt(), HUB, What.UNASSIGNED, Channel.HUB, why, null, null));
    };
  }
}

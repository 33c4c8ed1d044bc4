package org.linli.hub.alert;

/** The result of a person's action on an alert. */
public sealed interface ActionOutcome {

  /** The action is done, and durable. */
  record Done(Alert alert) implements ActionOutcome {}

  /** There is no alert with this id. */
  record NotFound(String id) implements ActionOutcome {}

  /**
   * The alert's state does not permit the action.
   *
   * @param what the earlier action that prevents it: acknowledged or resolved
   * @param handled who did that, and when
   */
  record Conflict(TimelineEntry.What what, AlertState.Handled handled) implements ActionOutcome {}

  /**
   * The request has a value that cannot be accepted.
   *
   * @param field {@code by} or {@code comment}
   * @param why a sentence that says what to do
   */
  record Refused(String field, String why) implements ActionOutcome {}
}

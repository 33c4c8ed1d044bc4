package org.linli.hub.alert;

/** What came of something a person did about an alert. */
public sealed interface ActionOutcome {

  /** Done, and durable. */
  record Done(Alert alert) implements ActionOutcome {}

  /** There is no alert with this id. */
  record NotFound(String id) implements ActionOutcome {}

  /**
   * The alert is not in a state for it.
   *
   * @param what was done to it before: acknowledged or resolved
   * @param handled by whom, and when
   */
  record Conflict(TimelineEntry.What what, AlertState.Handled handled) implements ActionOutcome {}

  /**
   * What was given cannot be taken.
   *
   * @param field {@code by} or {@code comment}
   * @param why a sentence that says what to do
   */
  record Refused(String field, String why) implements ActionOutcome {}
}

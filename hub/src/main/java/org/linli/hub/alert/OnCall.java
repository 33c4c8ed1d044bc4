package org.linli.hub.alert;

import org.linli.hub.people.Actor;

/** Determines the person who is responsible for an alert. */
public interface OnCall {

  /**
   * Called once, when the alert opens, within the transaction that opens it. It answers from
   * memory. If it throws, the alert opens without an assignee.
   */
  Assignment assigneeOf(Alert alert);

  /** The beginning of {@link Assignment.Nobody#why} if the lookup itself failed. */
  String NOT_FOUND_OUT = "It could not be found out who comes: ";

  /** The assignee, or nobody. */
  sealed interface Assignment {

    /** This person is responsible. */
    record Assigned(Actor.Person person) implements Assignment {}

    /**
     * Nobody is responsible.
     *
     * @param why a sentence for the alert's timeline
     */
    record Nobody(String why) implements Assignment {}
  }
}

package org.linli.hub.alert;

import org.linli.hub.people.Actor;

/** Knows who is responsible for an alert. */
public interface OnCall {

  /**
   * Called once, when the alert opens, within the transaction that opens it. It answers from
   * memory. If it throws, the alert opens without an assignee.
   */
  Answer whoComesFor(Alert alert);

  /** The beginning of {@link Answer.Nobody#why} if the lookup itself failed. */
  String NOT_FOUND_OUT = "It could not be found out who comes: ";

  /** The person who comes, or nobody. */
  sealed interface Answer {

    /** This person comes. */
    record Comes(Actor.Person person) implements Answer {}

    /**
     * Nobody is responsible.
     *
     * @param why a sentence for the alert's timeline
     */
    record Nobody(String why) implements Answer {}
  }
}

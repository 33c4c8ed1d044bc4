package org.linli.hub.alert;

import org.linli.hub.people.Actor;

/** Knows who comes for an alert. */
public interface OnCall {

  /**
   * Asked once, when the alert opens, within the transaction that opens it. Answers from memory;
   * where it throws, the alert opens for nobody.
   */
  Answer whoComesFor(Alert alert);

  /** How {@link Answer.Nobody#why} begins where asking itself failed. */
  String NOT_FOUND_OUT = "It could not be found out who comes: ";

  /** Who comes. */
  sealed interface Answer {

    /** This person. */
    record Comes(Actor.Person person) implements Answer {}

    /**
     * Nobody is responsible.
     *
     * @param why a sentence for the alert's timeline
     */
    record Nobody(String why) implements Answer {}
  }
}

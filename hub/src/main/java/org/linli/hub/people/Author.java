package org.linli.hub.people;

import org.jspecify.annotations.Nullable;

/**
 * By whom something is done.
 *
 * @param actor who answers for it
 * @param through the program that did it on behalf of the actor; null where the actor did it
 */
public record Author(Actor actor, Actor.@Nullable Program through) {

  /** Of what the actor does without a program in between. */
  public static Author of(Actor actor) {
    return new Author(actor, null);
  }
}

package org.linli.hub.people;

import org.jspecify.annotations.Nullable;

/**
 * The author of something that is done.
 *
 * @param actor who is responsible for it
 * @param through the program that did it on behalf of the actor; null if the actor did it
 */
public record Author(Actor actor, Actor.@Nullable Program through) {

  /** Returns the author of what the actor does without a program in between. */
  public static Author of(Actor actor) {
    return new Author(actor, null);
  }
}

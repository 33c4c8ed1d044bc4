package org.linli.hub.access;

import java.util.Optional;
import org.linli.hub.people.Actor;

/** Knows what those who sign in are called. */
public interface Accounts {

  /** The account's name of today; empty for one that is no more. */
  Optional<String> nameOf(Actor.Account account);
}

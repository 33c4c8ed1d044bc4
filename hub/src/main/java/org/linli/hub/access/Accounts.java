package org.linli.hub.access;

import java.util.Optional;
import org.linli.hub.people.Actor;

/** Knows the names of accounts. */
public interface Accounts {

  /** Returns the account's present name; empty for one that no longer exists. */
  Optional<String> nameOf(Actor.Account account);
}

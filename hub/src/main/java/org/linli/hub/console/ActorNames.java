package org.linli.hub.console;

import java.util.Optional;
import org.linli.hub.access.Accounts;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Looks up the present names of actors. Safe for any thread. */
@Component
public class ActorNames {

  private final Registry registry;
  private final Accounts accounts;

  ActorNames(Registry registry, Accounts accounts) {
    this.registry = registry;
    this.accounts = accounts;
  }

  /**
   * Returns a person's or an account's name; empty for one that is gone, and for an actor without
   * such a name.
   */
  public Optional<String> nameOf(Actor actor) {
    return switch (actor) {
      case Actor.Person(var community, var id) ->
          registry.find(community).flatMap(its -> its.findPerson(id)).map(Person::name);
      case Actor.Account account -> accounts.nameOf(account);
      case Actor.Device _, Actor.Gateway _, Actor.Program _, Actor.Hub _ -> Optional.empty();
    };
  }

  /** Returns whether it is a person or an account that no longer exists. */
  public boolean isGone(Actor actor) {
    return switch (actor) {
      case Actor.Person _, Actor.Account _ -> nameOf(actor).isEmpty();
      case Actor.Device _, Actor.Gateway _, Actor.Program _, Actor.Hub _ -> false;
    };
  }
}

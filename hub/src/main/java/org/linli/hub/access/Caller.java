package org.linli.hub.access;

import java.security.Principal;
import org.linli.hub.people.Actor;

/** The author of a request: the principal of every authenticated request. */
public sealed interface Caller extends Principal {

  /** A program with the API token. It acts for a person, whom it has to name. */
  record Automation() implements Caller {

    private static final Actor.Program API_TOKEN = new Actor.Program("api-token");

    public Actor.Program program() {
      return API_TOKEN;
    }

    @Override
    public String getName() {
      return API_TOKEN.id();
    }
  }

  /**
   * A person with a session.
   *
   * @param id id of the account, which stays when its name changes
   */
  record Person(String id) implements Caller {

    public Actor.Account account() {
      return new Actor.Account(id);
    }

    @Override
    public String getName() {
      return id;
    }
  }
}

package org.linli.hub.access;

import java.security.Principal;

/** Who makes a request: the principal of every request that was let in. */
public sealed interface Caller extends Principal {

  /** A program with the API token. It acts for a person, whom it has to name. */
  record Automation() implements Caller {
    @Override
    public String getName() {
      return "api-token";
    }
  }

  /**
   * A person with a session.
   *
   * @param id by which records name the person
   * @param displayName as the person wants to be called
   */
  record Person(String id, String displayName) implements Caller {
    @Override
    public String getName() {
      return id;
    }
  }
}

package org.linli.hub.console;

import org.linli.hub.access.Accounts;
import org.linli.hub.registry.Registry;

/** The names of actors without Spring. */
public final class NamesOfTests {

  private NamesOfTests() {}

  public static ActorNames of(Registry registry, Accounts accounts) {
    return new ActorNames(registry, accounts);
  }
}

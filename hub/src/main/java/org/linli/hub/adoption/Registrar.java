package org.linli.hub.adoption;

/** Who changes the registry. */
public sealed interface Registrar {

  String id();

  /** Somebody whom the community file names: a supervisor, or maintenance. */
  record Person(String id) implements Registrar {}

  /** An account of the hub, signed in. */
  record Account(String id) implements Registrar {}
}

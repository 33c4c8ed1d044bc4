package org.linli.hub.access.signin;

/**
 * The one local administrator.
 *
 * @param name chosen at the first sign-in; signs in with it and is shown by it
 * @param passwordHash never the password
 */
record Administrator(String id, String name, String passwordHash) {

  /** The id that records name the administrator by. */
  static final String ID = "administrator";
}

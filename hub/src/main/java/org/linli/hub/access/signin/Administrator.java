package org.linli.hub.access.signin;

/**
 * The one local administrator.
 *
 * @param id made once, and kept when name and password change; not one that a community file can
 *     give to a person
 * @param name chosen at the first sign-in; signs in with it and is shown by it
 * @param passwordHash never the password
 */
record Administrator(String id, String name, String passwordHash) {}

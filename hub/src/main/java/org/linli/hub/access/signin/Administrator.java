package org.linli.hub.access.signin;

/**
 * The one local administrator.
 *
 * @param id generated once, and kept when name and password change; never an id that a community
 *     file can give to a person
 * @param name chosen at the first sign-in; used to sign in and shown on pages
 * @param passwordHash never the password
 */
record Administrator(String id, String name, String passwordHash) {}

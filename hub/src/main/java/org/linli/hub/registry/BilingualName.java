package org.linli.hub.registry;

/**
 * What people call something, in the two languages the console speaks: 1 to {@value #MAX_LENGTH}
 * characters each.
 */
public record BilingualName(String zh, String en) {

  public static final int MAX_LENGTH = 100;
}

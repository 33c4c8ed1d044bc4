package org.linli.hub.registry;

/** A name in the two languages of the console: 1 to {@value #MAX_LENGTH} characters each. */
public record BilingualName(String zh, String en) {

  public static final int MAX_LENGTH = 100;
}

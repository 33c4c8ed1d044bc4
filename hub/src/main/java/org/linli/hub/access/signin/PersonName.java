package org.linli.hub.access.signin;

/** A person's display name: 1 to {@value #MAX_LENGTH} characters, no control characters. */
final class PersonName {

  static final int MAX_LENGTH = 60;

  /** The hub itself has this name where people do not see it. */
  private static final String RESERVED = "system";

  private PersonName() {}

  static boolean isValid(String name) {
    return !name.isBlank()
        && !name.equalsIgnoreCase(RESERVED)
        && name.length() <= MAX_LENGTH
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** Returns the typed name, shortened so that it can be kept. */
  static String shortened(String typed) {
    String stripped = typed.strip();
    return stripped.length() <= MAX_LENGTH ? stripped : stripped.substring(0, MAX_LENGTH);
  }
}

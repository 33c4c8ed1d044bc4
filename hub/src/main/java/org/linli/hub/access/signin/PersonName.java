package org.linli.hub.access.signin;

/**
 * How a person wants to be called: 1 to {@value #MAX_LENGTH} characters, none of them a control.
 */
final class PersonName {

  static final int MAX_LENGTH = 60;

  /** The hub itself is called so where people do not see it. */
  private static final String RESERVED = "system";

  private PersonName() {}

  static boolean isValid(String name) {
    return !name.isBlank()
        && !name.equalsIgnoreCase(RESERVED)
        && name.length() <= MAX_LENGTH
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** Whatever somebody typed as a name, short enough to be remembered. */
  static String shortened(String typed) {
    String stripped = typed.strip();
    return stripped.length() <= MAX_LENGTH ? stripped : stripped.substring(0, MAX_LENGTH);
  }
}

package org.linli.hub.alert;

/**
 * Who does something about an alert.
 *
 * @throws IllegalArgumentException from the constructors when the id is empty, has more than
 *     {@value #MAX_LENGTH} characters or control characters
 */
public sealed interface Actor {

  int MAX_LENGTH = 100;

  String id();

  /** Somebody whom the community file has to name. */
  record Person(String id) implements Actor {
    public Person {
      requireName(id);
    }
  }

  /** An account of the hub, signed in; {@value Alerts#SYSTEM} is nobody's account. */
  record Account(String id) implements Actor {
    public Account {
      requireName(id);
      if (id.equals(Alerts.SYSTEM)) {
        throw new IllegalArgumentException(id + " is the hub itself");
      }
    }
  }

  private static void requireName(String id) {
    if (id.isBlank() || id.length() > MAX_LENGTH || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a name has 1 to " + MAX_LENGTH + " characters and no control characters");
    }
  }
}

package org.linli.hub.adoption;

import java.time.Instant;
import java.util.Locale;
import org.linli.hub.people.Author;

/**
 * A change of a device's registration.
 *
 * @param detail what it was, and what it is
 */
public record RegistryChange(Instant at, Author by, What what, String detail) {

  /** What was done: a closed list. */
  public enum What {
    ADOPTED,
    CHANGED,
    REPLACED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the name used in tables and JSON: the constant's name in lower case. */
    public String wireName() {
      return wireName;
    }

    static What ofWireName(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }
}

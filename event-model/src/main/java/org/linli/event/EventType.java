package org.linli.event;

/**
 * What happened, for example {@code door.held-open}: 1 to 64 lower-case letters, digits and hyphens
 * in words joined by dots. A type that {@link EventTypes} does not know is still carried and
 * stored.
 *
 * @throws IllegalArgumentException from the constructor, naming the rule that was broken
 */
public record EventType(String value) implements Comparable<EventType> {

  public static final int MAX_LENGTH = 64;

  /** The type of a reading, which is no event. */
  public static final EventType MEASUREMENT = new EventType("measurement");

  public EventType {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "type has " + value.length() + " characters, 1 to " + MAX_LENGTH + " are allowed");
    }
    char before = '.';
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean word = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (!word && (c != '.' && c != '-' || before == '.' || before == '-')) {
        throw new IllegalArgumentException(
            "type is not words of a-z, 0-9 and hyphens joined by dots, such as door.held-open");
      }
      before = c;
    }
    if (before == '.' || before == '-') {
      throw new IllegalArgumentException("type ends with " + before);
    }
  }

  /**
   * Whether this is a reading and no event; a gateway with a full disk sheds measurements first.
   */
  public boolean isMeasurement() {
    return value.equals(MEASUREMENT.value);
  }

  /** Orders by text. */
  @Override
  public int compareTo(EventType other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

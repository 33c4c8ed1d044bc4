package org.linli.event;

/**
 * What a device calls its event. Device and id identify an event: the same id twice is one event.
 * An id has 1 to 128 characters without control characters and does not start with {@code ~}, which
 * marks ids that Linli derives for devices that give none.
 *
 * @throws IllegalArgumentException from the constructor, naming the rule that was broken
 */
public record EventId(String value) {

  public static final int MAX_LENGTH = 128;

  /** The prefix of ids of events that a gateway makes itself; no device may use it. */
  public static final String MADE_BY_GATEWAY = "linli-";

  public EventId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("id is empty; leave it out instead");
    }
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "id has " + value.length() + " characters, at most " + MAX_LENGTH + " are allowed");
    }
    if (value.charAt(0) == '~') {
      throw new IllegalArgumentException(
          "id starts with ~, which is kept for ids that Linli gives");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            "id has character U+%04X at position %d, which is not allowed"
                .formatted((int) c, i + 1));
      }
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

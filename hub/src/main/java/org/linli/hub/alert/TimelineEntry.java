package org.linli.hub.alert;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;

/**
 * One thing that was done about an alert.
 *
 * @param at by the hub's clock
 * @param channel how it was done or communicated
 * @param text what was said about it; null for nothing
 * @param event id of the event that led to it; null if none did
 * @param whom the person who is responsible; null if this is not about that
 */
public record TimelineEntry(
    Instant at,
    Author by,
    What what,
    Channel channel,
    @Nullable String text,
    @Nullable String event,
    Actor.@Nullable Person whom) {

  /** What was done: a closed list. */
  public enum What {
    OPENED,
    /** A person is responsible. */
    ASSIGNED,
    /** Nobody is responsible. */
    UNASSIGNED,
    ACKNOWLEDGED,
    COMMENTED,
    RESOLVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the name used in tables and JSON: the constant's name in lower case. */
    public String wireName() {
      return wireName;
    }

    static Optional<What> ofWireName(String name) {
      return Arrays.stream(values()).filter(what -> what.wireName.equals(name)).findFirst();
    }

    @Override
    public String toString() {
      return wireName;
    }
  }
}

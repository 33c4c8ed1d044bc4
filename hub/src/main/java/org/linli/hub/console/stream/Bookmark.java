package org.linli.hub.console.stream;

import org.jspecify.annotations.Nullable;

/**
 * A listener's position, as written in the id of an event: {@code 500-83645}. After a copy of the
 * records was restored, the same change ids are used again for other changes, which were recorded
 * at another time.
 *
 * @param change the id of the last change that the listener has
 * @param at when that was recorded, as {@link org.linli.hub.change.Change#at}; null if it is not
 *     known
 */
record Bookmark(long change, @Nullable Long at) {

  /** A position at which no change was ever recorded. */
  static final Bookmark IMPOSSIBLE = new Bookmark(Long.MAX_VALUE, null);

  /** Parses an event's id. */
  static Bookmark parse(String id) {
    int dash = id.indexOf('-', 1);
    try {
      return dash < 0
          ? new Bookmark(Math.max(0, Long.parseLong(id)), null)
          : new Bookmark(
              Math.max(0, Long.parseLong(id.substring(0, dash))),
              Long.parseLong(id.substring(dash + 1)));
    } catch (NumberFormatException notOurs) {
      return IMPOSSIBLE;
    }
  }

  @Override
  public String toString() {
    return at == null ? String.valueOf(change) : change + "-" + at;
  }
}

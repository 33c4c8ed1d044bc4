package org.linli.hub.console.stream;

import org.jspecify.annotations.Nullable;

/**
 * How far a listener has come, as the id of an event says it: {@code 500-83645}. Where a copy of
 * the records was put back, the same change ids come again for other changes; those happened at
 * another moment.
 *
 * @param change the id of the last change that it has
 * @param at when that happened, as {@link org.linli.hub.change.Change#at}; null where it is not
 *     known
 */
record Bookmark(long change, @Nullable Long at) {

  /** After nothing that ever was. */
  static final Bookmark IMPOSSIBLE = new Bookmark(Long.MAX_VALUE, null);

  /** What it says as an event's id. */
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

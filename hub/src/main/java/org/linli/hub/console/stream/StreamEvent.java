package org.linli.hub.console.stream;

import org.jspecify.annotations.Nullable;

/**
 * A change as the stream shows it.
 *
 * @param id id of the change
 * @param at when it was recorded, as {@link org.linli.hub.change.Change#at}
 * @param name the event's name: {@code alert}, {@code device}, {@code gateway}
 * @param data one line of JSON; null for a change of which the stream shows nothing
 */
record StreamEvent(long id, long at, String name, @Nullable String data) {

  Bookmark bookmark() {
    return new Bookmark(id, at);
  }

  int characters() {
    return data == null ? 0 : data.length();
  }
}

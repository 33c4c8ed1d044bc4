package org.linli.hub.console.stream;

import org.jspecify.annotations.Nullable;

/**
 * A change as the stream shows it.
 *
 * @param id of the change
 * @param name the event's name: {@code alert}, {@code device}, {@code gateway}
 * @param data one line of JSON; null for a change of which the stream shows nothing
 */
record StreamEvent(long id, String name, @Nullable String data) {

  int characters() {
    return data == null ? 0 : data.length();
  }
}

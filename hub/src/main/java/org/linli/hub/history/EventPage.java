package org.linli.hub.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events, newest first.
 *
 * @param next where to read on; null if this was the last page
 */
public record EventPage(List<StoredEvent> items, @Nullable EventCursor next) {

  public EventPage {
    items = List.copyOf(items);
  }
}

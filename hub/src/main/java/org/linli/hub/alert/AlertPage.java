package org.linli.hub.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some alerts, newest first, with their timelines.
 *
 * @param next what to ask for the following page with; null on the last one
 */
public record AlertPage(List<Alert> items, @Nullable String next) {

  public AlertPage {
    items = List.copyOf(items);
  }
}

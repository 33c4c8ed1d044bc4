package org.linli.hub.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts, newest first, with their timelines.
 *
 * @param next the cursor for the following page; null on the last one
 */
public record AlertPage(List<Alert> items, @Nullable String next) {

  public AlertPage {
    items = List.copyOf(items);
  }
}

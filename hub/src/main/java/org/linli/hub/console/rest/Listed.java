package org.linli.hub.console.rest;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the {@code cursor} of the following page; null on the last one
 */
public record Listed<T>(List<T> items, @Nullable String next) {

  /** Returns everything on one page. */
  public static <T> Listed<T> all(List<T> items) {
    return new Listed<>(items, null);
  }

  /**
   * Returns a page of a list that is in memory.
   *
   * @param id the id used as cursor; the page begins after the item that has it
   * @throws RefusedRequestException if no item has the cursor
   */
  static <T> Listed<T> page(
      List<T> all, Function<T, String> id, @Nullable String cursor, int limit) {
    int from = 0;
    if (cursor != null) {
      while (from < all.size() && !id.apply(all.get(from)).equals(cursor)) {
        from++;
      }
      if (from == all.size()) {
        throw RefusedRequestException.badField(
            "cursor", "The parameter 'cursor' is not one that this list gave.");
      }
      from++;
    }
    List<T> items = all.subList(from, Math.min(all.size(), from + limit));
    return new Listed<>(items, from + items.size() < all.size() ? id.apply(items.getLast()) : null);
  }
}

package org.linli.hub.intake;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are asked for, newest first.
 *
 * @param reason only with this reason; null for all
 * @param source only with a source that begins so; null for all
 * @param before only those older than the one with this id; null for the newest
 * @param limit the most in one page, 1 to {@value #MAX_LIMIT}
 * @throws IllegalArgumentException from the constructor when {@code limit} is out of range
 */
public record DeadLetterQuery(
    @Nullable String reason, @Nullable String source, @Nullable String before, int limit) {

  public static final int MAX_LIMIT = 1000;

  public DeadLetterQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", 1 to " + MAX_LIMIT + " are allowed");
    }
  }
}

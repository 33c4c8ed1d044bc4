package org.linli.hub.intake.deadletter;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/**
 * Selects one page of dead letters, newest first.
 *
 * @param community only those of this community; null for all, and for those of none
 * @param reason only dead letters with this reason; null for all
 * @param source only dead letters whose source begins with this; null for all
 * @param before only dead letters older than the one with this id; null to begin with the newest
 * @param limit the most in one page, 1 to {@value #MAX_LIMIT}
 * @throws IllegalArgumentException from the constructor when {@code limit} is out of range
 */
public record DeadLetterQuery(
    @Nullable CommunityId community,
    @Nullable String reason,
    @Nullable String source,
    @Nullable String before,
    int limit) {

  public static final int MAX_LIMIT = 1000;

  public DeadLetterQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", 1 to " + MAX_LIMIT + " are allowed");
    }
  }
}

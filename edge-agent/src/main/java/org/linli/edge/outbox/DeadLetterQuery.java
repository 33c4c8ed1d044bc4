package org.linli.edge.outbox;

import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;

/**
 * Selects dead letters.
 *
 * @param limit most that are returned, from 1 to {@value #MOST}
 * @param reason only those with this reason; null for every reason
 * @param source only those whose source begins with this, such as {@code coap://192.0.2.7}; null
 *     for all
 */
public record DeadLetterQuery(int limit, @Nullable RefusalReason reason, @Nullable String source) {

  /** Most dead letters that one query returns. */
  public static final int MOST = 1_000;

  public DeadLetterQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "limit is " + limit + "; it must lie between 1 and " + MOST);
    }
  }

  /** Selects the newest of all. */
  public static DeadLetterQuery newest(int limit) {
    return new DeadLetterQuery(limit, null, null);
  }
}

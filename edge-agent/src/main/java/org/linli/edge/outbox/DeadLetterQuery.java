package org.linli.edge.outbox;

import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;

/**
 * Which dead letters are asked for.
 *
 * @param limit most that are wanted, from 1 to {@value #MOST}
 * @param reason only those refused for it; null for every reason
 * @param source only those whose source begins so, such as {@code coap://192.0.2.7}; null for all
 */
public record DeadLetterQuery(int limit, @Nullable RefusalReason reason, @Nullable String source) {

  /** Most dead letters that one question is answered with. */
  public static final int MOST = 1_000;

  public DeadLetterQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "limit is " + limit + "; it must lie between 1 and " + MOST);
    }
  }

  /** The newest of all. */
  public static DeadLetterQuery newest(int limit) {
    return new DeadLetterQuery(limit, null, null);
  }
}

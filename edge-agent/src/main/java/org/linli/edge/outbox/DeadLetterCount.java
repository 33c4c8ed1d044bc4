package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;

/**
 * How many messages could not be understood.
 *
 * @param kept how many of them are kept
 * @param inAll how many there ever were, over all starts
 * @param newestAt when the newest that is kept came; null where none is
 * @param newestReason why it is one; null where none is kept
 */
public record DeadLetterCount(
    long kept, long inAll, @Nullable Instant newestAt, @Nullable RefusalReason newestReason) {

  public static final DeadLetterCount NONE = new DeadLetterCount(0, 0, null, null);
}

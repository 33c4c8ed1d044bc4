package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;

/**
 * How many messages could not be interpreted.
 *
 * @param kept how many of them are kept
 * @param inAll how many there have been, over all starts
 * @param newestAt when the newest kept one came; null if none is kept
 * @param newestReason the reason of the newest kept one; null if none is kept
 */
public record DeadLetterCount(
    long kept, long inAll, @Nullable Instant newestAt, @Nullable RefusalReason newestReason) {

  public static final DeadLetterCount NONE = new DeadLetterCount(0, 0, null, null);
}

package org.linli.hub.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The embedded history dropped its oldest events before their time, as it had reached its limit.
 * Published outside a transaction, once a minute at most.
 *
 * @param events how many
 * @param limit in bytes
 * @param wholeFrom before this the history is not whole any more; null where only far times went
 */
public record HistoryShortened(long events, long limit, @Nullable Instant wholeFrom, Instant at) {}

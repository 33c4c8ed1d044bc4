package org.linli.hub.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The embedded history reached its size limit and dropped its oldest events before their retention
 * ended. Published outside a transaction, once a minute at most.
 *
 * @param events how many
 * @param limit in bytes
 * @param wholeFrom the history is no longer complete before this time; null if only events with far
 *     times were dropped
 */
public record HistoryShortened(long events, long limit, @Nullable Instant wholeFrom, Instant at) {}

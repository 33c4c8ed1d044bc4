package org.linli.hub.journal;

import java.time.Instant;

/**
 * The history makes progress again, or nothing waits for it. Published outside a transaction: after
 * a standstill, and at the start, because the hub may have ended in one.
 */
public record HistoryMoves(Instant at) {}

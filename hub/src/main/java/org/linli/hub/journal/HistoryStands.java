package org.linli.hub.journal;

import java.time.Instant;

/**
 * Events wait for the history, which has made no progress for a minute. Published outside a
 * transaction, once per standstill.
 *
 * @param waiting events that wait
 */
public record HistoryStands(long waiting, Standstill why, Instant at) {}

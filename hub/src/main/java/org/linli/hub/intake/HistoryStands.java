package org.linli.hub.intake;

import java.time.Instant;

/**
 * Events wait for the history, and for a minute nothing of it went on. Published once until it goes
 * on, outside a transaction.
 *
 * @param waiting events that wait
 */
public record HistoryStands(long waiting, Standstill why, Instant at) {}

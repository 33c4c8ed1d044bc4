package org.linli.hub.intake;

import java.time.Instant;

/**
 * Events wait for the history, and for a minute nothing of it went on. Published once until it goes
 * on, outside a transaction.
 *
 * @param waiting events that wait
 * @param why a sentence or two, with what to do
 */
public record HistoryStands(long waiting, String why, Instant at) {}

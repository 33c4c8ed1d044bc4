package org.linli.hub.history;

import org.linli.hub.journal.HistoryParts;

/**
 * A part of a store, which can be dropped as a whole.
 *
 * @param events how many are in it
 * @param bytes what it takes on the disk
 */
public record StoredPart(HistoryParts.Part part, long events, long bytes) {}

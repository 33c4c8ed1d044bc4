package org.linli.hub.intake;

import org.linli.event.EventType;
import org.linli.hub.journal.HubEvent;

/**
 * A device reported a type that is close to a known one, for the first time ever. Published within
 * the transaction that applies the event.
 *
 * @param event the event with this type
 * @param similarTo the known type
 */
public record SimilarTypeSeen(HubEvent event, EventType similarTo) {}

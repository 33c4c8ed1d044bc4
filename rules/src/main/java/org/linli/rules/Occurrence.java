package org.linli.rules;

import java.time.Instant;
import org.linli.event.EventType;

/**
 * An event as a rule sees it.
 *
 * @param takenAt when the gateway took it, by the gateway's clock
 * @param now when the rule decides, by the clock that is also passed to {@link Rule#passTime}
 */
public record Occurrence(EventType type, Position position, Instant takenAt, Instant now) {}

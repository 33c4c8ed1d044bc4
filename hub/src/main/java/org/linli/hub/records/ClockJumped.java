package org.linli.hub.records;

import java.time.Instant;

/**
 * The hub's clock advanced by much more, or much less, than the elapsed time.
 *
 * @param expected what it would show without the jump
 * @param shows what it shows
 */
public record ClockJumped(Instant expected, Instant shows) {}

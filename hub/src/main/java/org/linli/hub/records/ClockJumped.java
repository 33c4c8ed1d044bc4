package org.linli.hub.records;

import java.time.Instant;

/**
 * The hub's clock went on by much more, or much less, than time did.
 *
 * @param expected what it would show had it gone on
 * @param shows what it shows
 */
public record ClockJumped(Instant expected, Instant shows) {}

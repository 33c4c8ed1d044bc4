package org.linli.edge.outbox;

import java.time.Instant;
import org.linli.edge.intake.Refusal;

/**
 * A message that could not be interpreted, kept for a person.
 *
 * @param size of the whole message in bytes, as far as it was read or announced
 * @param sample its first 1,024 bytes at most
 */
public record DeadLetter(
    long id, Instant at, String source, Refusal refusal, long size, byte[] sample) {}

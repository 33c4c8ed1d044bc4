package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Refusal;

/**
 * A message that could not be interpreted, kept for a person.
 *
 * @param address the topic or path that it was sent to, without invisible characters; null if that
 *     is not known
 * @param emergency why it may report an emergency: a word of life safety, or the kind of the
 *     registered device that sent it; null if it does not
 * @param size of the whole message in bytes, as far as it was read or announced
 * @param sample its first 1,024 bytes at most
 */
public record DeadLetter(
    long id,
    Instant at,
    String source,
    @Nullable String address,
    Refusal refusal,
    @Nullable String emergency,
    long size,
    byte[] sample) {}

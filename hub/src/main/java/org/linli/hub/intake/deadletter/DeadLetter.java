package org.linli.hub.intake.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;

/**
 * Something that could not be applied, stored or used, kept for a person.
 *
 * @param community whose it is; null for none
 * @param source {@code gateway://gateway-1/bulk} for a batch, followed by the device for an event
 * @param reason {@code store-refused} or {@code participant-failed} for an event; for a batch the
 *     reason why it could not be read
 * @param detail a sentence
 * @param size the full size in bytes
 * @param sample Base64 of its first 1,024 bytes
 */
public record DeadLetter(
    String id,
    @Nullable CommunityId community,
    Instant at,
    String source,
    String reason,
    String detail,
    long size,
    String sample) {}

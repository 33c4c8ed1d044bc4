package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.deadletter.DeadLetter;

/**
 * Something that could not be applied, stored or used.
 *
 * @param community whose it is; null for none
 * @param source {@code gateway://gateway-1/bulk} for a batch, followed by the device for an event
 * @param reason {@code store-refused} or {@code participant-failed} for an event; for a batch the
 *     reason why it could not be read
 * @param detail a sentence
 * @param size the full size in bytes
 * @param sample Base64 of its first 1,024 bytes
 */
@Schema(name = "DeadLetter")
record DeadLetterShape(
    String id,
    @Nullable String community,
    Instant at,
    String source,
    String reason,
    String detail,
    long size,
    String sample) {

  static DeadLetterShape of(DeadLetter letter) {
    return new DeadLetterShape(
        letter.id(),
        CommunityNames.of(letter.community()),
        letter.at(),
        letter.source(),
        letter.reason(),
        letter.detail(),
        letter.size(),
        letter.sample());
  }
}

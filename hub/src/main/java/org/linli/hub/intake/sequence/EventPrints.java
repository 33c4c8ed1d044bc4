package org.linli.hub.intake.sequence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Sha256;
import org.linli.event.TakenEvent;

/**
 * Computes a fingerprint of a taken event: 64 bits of SHA-256 over what stays the same whatever
 * epoch it is sent in. That is device, order number, the time when the gateway took it, the time
 * when it happened, type and id. Two events that an outbox took never share all of these. One
 * instance computes any number of fingerprints, on one thread at a time, because looking SHA-256 up
 * takes longer than using it.
 */
final class EventPrints {

  /** Base64 of 64 bits, without padding. */
  static final int LENGTH = 11;

  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final MessageDigest sha256 = Sha256.digest();

  long of(TakenEvent taken) {
    DeviceEvent event = taken.event();
    EventId id = event.id();
    String words = event.device() + "\n" + event.type() + "\n" + (id == null ? "" : id.value());
    sha256.update(
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(taken.order())
            .putLong(event.takenAt().toEpochMilli())
            .putLong(event.time().toEpochMilli())
            .array());
    return ByteBuffer.wrap(sha256.digest(words.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  static String write(long print) {
    return ENCODER.encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(print).array());
  }

  static long read(String text) {
    return ByteBuffer.wrap(Base64.getDecoder().decode(text)).getLong();
  }
}

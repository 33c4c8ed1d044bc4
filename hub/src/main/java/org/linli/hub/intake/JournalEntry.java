package org.linli.hub.intake;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.linli.event.BatchCodec;
import org.linli.event.BatchCodec.Decoded;

/**
 * A batch in the journal, as it came, with what applying it found out.
 *
 * @param events how many of its events were applied
 * @param repeats the bits of those that were applied in an earlier epoch
 * @param late the bits of those that came after something newer of their device
 */
record JournalEntry(
    long id, Instant receivedAt, int events, BitSet repeats, BitSet late, byte[] payload) {

  /** Its events, as they were applied. */
  List<HubEvent> read() {
    return switch (BatchCodec.decode(payload)) {
      case Decoded.Read decoded -> HubEvent.of(decoded.batch(), receivedAt, repeats, late);
      case Decoded.Refused refused ->
          throw new IllegalStateException(
              "Batch %d of the journal cannot be read any more: %s. Was hub.db changed by hand?"
                  .formatted(id, refused.detail()));
    };
  }
}

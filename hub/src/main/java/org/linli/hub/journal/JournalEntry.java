package org.linli.hub.journal;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.BatchCodec.Decoded;

/**
 * A batch in the journal, as it came, with the results of applying it.
 *
 * @param community the community that its gateway belonged to then
 * @param events how many of its events were applied
 * @param repeats the bits of the events that were applied in an earlier epoch
 * @param late the bits of the events that came after something newer of their device
 * @param urgentOf the gateway whose urgent events it has; null for bulk events
 */
record JournalEntry(
    long id,
    CommunityId community,
    Instant receivedAt,
    int events,
    BitSet repeats,
    BitSet late,
    byte[] payload,
    @Nullable GatewayId urgentOf) {

  /** The result of reading it. */
  sealed interface Content {

    /**
     * Its events, as they were applied.
     *
     * @param bytes approximate size in memory
     */
    record Events(List<HubEvent> events, long bytes) implements Content {}

    /** This version can no longer read it as a batch. */
    record Unreadable(String why) implements Content {}
  }

  /** Returns what is left of this entry when it can no longer be read. */
  UnreadableBatch unreadable(String why) {
    return new UnreadableBatch(id, community, receivedAt, events, payload, why);
  }

  Content read() {
    return switch (BatchCodec.decode(payload)) {
      case Decoded.Read decoded ->
          new Content.Events(
              HubEvent.of(community, decoded.batch(), receivedAt, repeats, late),
              UnpackedSize.of(payload, decoded));
      case Decoded.Refused refused -> new Content.Unreadable(refused.detail());
    };
  }
}

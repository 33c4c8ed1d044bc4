package org.linli.hub.journal;

import java.time.Instant;
import org.linli.event.CommunityId;

/**
 * A batch that was applied and that this version can no longer read.
 *
 * @param row its row in the journal
 * @param events how many of its events were applied
 * @param why a sentence
 */
public record UnreadableBatch(
    long row, CommunityId community, Instant receivedAt, int events, byte[] payload, String why) {}

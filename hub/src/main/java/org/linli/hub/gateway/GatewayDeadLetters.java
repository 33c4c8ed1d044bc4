package org.linli.hub.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a gateway could not read, as it last said. It keeps what was in them to itself.
 *
 * @param kept how many of them it keeps
 * @param inAll how many there ever were; never less than are kept
 * @param newestAt when the newest came, by the gateway's clock; null where it did not say
 * @param newestReason why that one could not be read, such as {@code not-json}; null where it did
 *     not say
 */
public record GatewayDeadLetters(
    long kept, long inAll, @Nullable Instant newestAt, @Nullable String newestReason) {}

package org.linli.hub.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's last report on the messages that it could not read. The report does not contain them.
 *
 * @param kept how many of them the gateway keeps
 * @param inAll how many there ever were; never less than are kept
 * @param newestAt when the newest came, by the gateway's clock; null if not reported
 * @param newestReason why that one could not be read, such as {@code not-json}; null if not
 *     reported
 */
public record GatewayDeadLetters(
    long kept, long inAll, @Nullable Instant newestAt, @Nullable String newestReason) {}

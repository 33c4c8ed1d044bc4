package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.GatewayDeadLetters;

/**
 * A gateway's last report on the messages that it could not read; they stay at the gateway.
 *
 * @param kept how many of them it keeps
 * @param inAll how many there ever were
 * @param newestAt when the newest came, by the gateway's clock; null if not reported
 * @param newestReason why that one could not be read; null if not reported
 */
@Schema(name = "GatewayDeadLetters")
record GatewayDeadLettersShape(
    long kept, long inAll, @Nullable Instant newestAt, @Nullable String newestReason) {

  static @Nullable GatewayDeadLettersShape of(@Nullable GatewayDeadLetters said) {
    return said == null
        ? null
        : new GatewayDeadLettersShape(
            said.kept(), said.inAll(), said.newestAt(), said.newestReason());
  }
}

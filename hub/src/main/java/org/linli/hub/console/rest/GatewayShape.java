package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;

/**
 * A gateway, as the API and the stream show it.
 *
 * @param building where it stands; null for one that is in no community file
 * @param status online while it has a connection to this hub, otherwise offline
 * @param since when that began; null where it has not connected since the hub started
 * @param lastHeardAt when its last batch came; null for never
 * @param clockAheadMillis how far its clock is ahead of the hub's, negative where it is behind;
 *     null where it has not said since the hub started
 */
@Schema(name = "Gateway")
public record GatewayShape(
    String id,
    @Nullable String building,
    String status,
    @Nullable Instant since,
    @Nullable Instant lastHeardAt,
    @Nullable Long clockAheadMillis) {

  public static GatewayShape of(GatewayStatus status, Registry registry) {
    return new GatewayShape(
        status.gateway().value(),
        registry.findGateway(status.gateway()).map(Gateway::building).orElse(null),
        status.connected() ? "online" : "offline",
        status.since(),
        status.lastHeardAt(),
        status.clockAhead() == null ? null : status.clockAhead().toMillis());
  }
}

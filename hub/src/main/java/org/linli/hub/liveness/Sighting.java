package org.linli.hub.liveness;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/**
 * The last that was heard of a device.
 *
 * @param saidOffline whether that was its gateway saying that it is gone
 */
record Sighting(Kind kind, GatewayId gateway, Instant lastSeenAt, boolean saidOffline) {}

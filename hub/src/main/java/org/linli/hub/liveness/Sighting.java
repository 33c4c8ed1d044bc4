package org.linli.hub.liveness;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/**
 * The last that was heard of a device.
 *
 * @param saidOffline whether that was its gateway's report that it is offline
 */
record Sighting(Kind kind, GatewayId gateway, Instant lastSeenAt, boolean saidOffline) {}

package org.linli.hub.journal;

import java.time.Instant;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * A gateway sends more names of devices, types or values than the history keeps by name. The events
 * are kept all the same; values with further names make no series. Published outside a transaction,
 * at most once an hour per gateway.
 *
 * @param device the device whose event had the name
 */
public record TooManyNames(GatewayId gateway, DeviceId device, Instant at) {}

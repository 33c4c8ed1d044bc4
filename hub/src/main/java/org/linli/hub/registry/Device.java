package org.linli.hub.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/**
 * A device that the community file names.
 *
 * @param gateway by which it is expected to be heard
 * @param expectEvery how often it reports when it is well; null where nothing is expected of it
 */
public record Device(
    DeviceId id,
    Kind kind,
    String building,
    GatewayId gateway,
    BilingualName name,
    @Nullable Duration expectEvery) {}

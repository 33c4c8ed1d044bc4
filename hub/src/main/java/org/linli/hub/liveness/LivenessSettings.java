package org.linli.hub.liveness;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a device counts as offline.
 *
 * @param missed expected reports in a row that a device may miss before it is offline
 * @param tick time between two looks at which devices have gone
 * @param writeEvery longest time that "last seen" exists in memory only, and can be lost in a crash
 * @param unassignedLimit most devices remembered that are in no community file
 */
@ConfigurationProperties("linli.liveness")
record LivenessSettings(
    @DefaultValue("3") int missed,
    @DefaultValue("1s") Duration tick,
    @DefaultValue("10s") Duration writeEvery,
    @DefaultValue("10000") int unassignedLimit) {}

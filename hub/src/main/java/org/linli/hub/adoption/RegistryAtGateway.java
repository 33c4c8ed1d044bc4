package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;

/**
 * The version of the registry that a gateway holds.
 *
 * @param current the hub's version, such as {@code 1.17}
 * @param held the gateway's version; null if it has none, or has not reported one since the hub
 *     started
 * @param behind whether it differs from the hub's; null if it has not reported one since the hub
 *     started
 * @param problem the reason, if the gateway or the hub gives one: a sentence; otherwise null
 */
public record RegistryAtGateway(
    String current, @Nullable String held, @Nullable Boolean behind, @Nullable String problem) {}

package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;

/**
 * Which registry a gateway goes by.
 *
 * @param current the hub's version, such as {@code 1.17}
 * @param held the gateway's; null where it has none, or has not said since the hub started
 * @param behind whether it is another one; null where it has not said since the hub started
 * @param problem why, where the gateway or the hub says so: a sentence; otherwise null
 */
public record RegistryStanding(
    String current, @Nullable String held, @Nullable Boolean behind, @Nullable String problem) {}

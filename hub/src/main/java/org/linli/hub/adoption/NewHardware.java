package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;

/**
 * The hardware that replaces the old one, as a person entered it and not yet checked: an unassigned
 * device, or the address that it will use.
 *
 * @param with an unassigned device's id
 * @param gateway the gateway that will hear it; if absent, the device's
 */
public record NewHardware(
    @Nullable String with,
    @Nullable String gateway,
    @Nullable String profile,
    @Nullable String address) {}

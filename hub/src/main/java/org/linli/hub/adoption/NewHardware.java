package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;

/**
 * Which hardware takes the place of the old one, as somebody wrote it and not yet checked: an
 * unassigned device, or what it will call itself.
 *
 * @param with an unassigned device's id
 * @param gateway by which it will be heard; without it the device's
 */
public record NewHardware(
    @Nullable String with,
    @Nullable String gateway,
    @Nullable String profile,
    @Nullable String address) {}

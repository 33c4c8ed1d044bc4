package org.linli.hub.adoption;

import org.jspecify.annotations.Nullable;

/**
 * The desired properties of a device, as a person entered them and not yet checked; null for what
 * was left out.
 *
 * @param id another id than it has
 * @param kind a kind's name; if absent, what it seems to be
 * @param expectEvery as in the community file, such as {@code 10m}
 */
public record Wanted(
    @Nullable String id,
    @Nullable String building,
    @Nullable String nameZh,
    @Nullable String nameEn,
    @Nullable String kind,
    @Nullable String expectEvery) {}

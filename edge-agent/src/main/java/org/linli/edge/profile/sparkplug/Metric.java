package org.linli.edge.profile.sparkplug;

import org.jspecify.annotations.Nullable;

/**
 * One metric of a payload, as it was sent (Sparkplug 3.0 section 6.4.6).
 *
 * @param name null if the metric has only an alias
 * @param alias null if there is none
 * @param millis since 1970; null if the payload's time applies
 * @param type of section 6.4.16; 0 if none was given
 * @param value a {@link Long} with the bits of an unsigned 32- or 64-bit number, {@link Float},
 *     {@link Double}, {@link Boolean}, {@link String}, or {@code byte[]}; null if there is none
 * @param isStructure whether the value is a data set, a template or an extension, whose bytes these
 *     are
 */
record Metric(
    @Nullable String name,
    @Nullable Long alias,
    @Nullable Long millis,
    int type,
    boolean isHistorical,
    @Nullable Object value,
    boolean isStructure) {}

package org.linli.hub.history;

import java.time.Instant;

/**
 * The readings of one stretch of a series, summed up.
 *
 * @param time where the stretch begins
 * @param last the newest reading in it
 * @param count how many readings
 */
public record SeriesPoint(
    Instant time, double min, double max, double mean, double last, long count) {}

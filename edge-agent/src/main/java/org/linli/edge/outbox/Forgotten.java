package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Devices that nobody registered and of which nothing is remembered any more, for want of room.
 *
 * @param devices how many, over all starts
 * @param since when it began, by the gateway's clock: in this run, and after a day without any;
 *     null where none was forgotten in this run
 */
public record Forgotten(long devices, @Nullable Instant since) {}

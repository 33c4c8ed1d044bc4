package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Devices that nobody registered and of which nothing is remembered any more, for want of room.
 *
 * @param devices how many, over all starts
 * @param since when it began, by the gateway's clock: in this run, and after a day without any;
 *     null where none was forgotten in this run
 * @param sinceThen how many since then
 * @param newcomer from where the newest name came for which others were forgotten; null where that
 *     is not known
 */
public record Forgotten(
    long devices, @Nullable Instant since, long sinceThen, @Nullable String newcomer) {

  /** None was forgotten, ever. */
  public static final Forgotten NONE = new Forgotten(0, null, 0, null);
}

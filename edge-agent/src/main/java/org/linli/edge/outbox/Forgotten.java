package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Unregistered devices whose state was deleted for lack of room.
 *
 * @param devices how many, over all starts
 * @param since when it began, by the gateway's clock: in this run, and after a day without any;
 *     null if none was forgotten in this run
 * @param sinceThen how many since then
 * @param newcomer source of the newest device for which others were forgotten; null if it is not
 *     known
 */
public record Forgotten(
    long devices, @Nullable Instant since, long sinceThen, @Nullable String newcomer) {

  /** No device was ever forgotten. */
  public static final Forgotten NONE = new Forgotten(0, null, 0, null);
}

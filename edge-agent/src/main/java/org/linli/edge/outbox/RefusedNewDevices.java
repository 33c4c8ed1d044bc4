package org.linli.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Messages of new devices that were refused, because nobody registered them and there is no room to
 * remember them.
 *
 * @param messages how many since the start, of one device or of several
 * @param since when it began, by the gateway's clock; null if there was none for {@value
 *     #LATELY_MINUTES} minutes
 * @param sinceThen how many since then
 * @param newest source of the newest; null if there was none lately
 * @param remembered how many unregistered devices are remembered
 */
public record RefusedNewDevices(
    long messages,
    @Nullable Instant since,
    long sinceThen,
    @Nullable String newest,
    int remembered) {

  /** For how long it is reported after the last one. */
  public static final int LATELY_MINUTES = 10;

  /** None was refused. */
  public static final RefusedNewDevices NONE = new RefusedNewDevices(0, null, 0, null, 0);

  /** More were refused, at this time. */
  public RefusedNewDevices plus(long more, String source, Instant now, int nowRemembered) {
    return new RefusedNewDevices(
        messages + more,
        since == null ? now : since,
        (since == null ? 0 : sinceThen) + more,
        source,
        nowRemembered);
  }

  /** None was refused lately. */
  public RefusedNewDevices over() {
    return new RefusedNewDevices(messages, null, 0, null, remembered);
  }
}

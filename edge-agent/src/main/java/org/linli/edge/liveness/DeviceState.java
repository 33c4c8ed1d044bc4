package org.linli.edge.liveness;

import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * What the gateway has reported about one device, and what it has to report. Guarded by {@code
 * PresenceReporter}.
 *
 * <p>At most one statement is pending. It is offered until it is taken, because only the disk knows
 * whether a failed commit took effect.
 */
final class DeviceState {

  /** At most 63 ticks, two a second. */
  private static final int MOST_DOUBLINGS = 6;

  final DeviceId device;
  final Kind kind;

  /** The reported state on disk. */
  boolean saidOffline;

  /** The current state. */
  boolean isOffline;

  /** The cause of the current state. */
  String why;

  /** The statement that is not on disk yet; null for none. */
  @Nullable DeviceEvent statement;

  /** Whether the outbox has not answered yet. */
  boolean offered;

  private int failures;

  /** Ticks until the statement is offered again, unless its device sends a message. */
  private int looksToPass;

  DeviceState(DeviceId device, Kind kind, boolean saidOffline, String why) {
    this.device = device;
    this.kind = kind;
    this.saidOffline = saidOffline;
    this.isOffline = saidOffline;
    this.why = why;
  }

  /**
   * The disk did not take the statement: it waits 0, 1, 3, 7 and so on ticks, up to half a minute.
   */
  void failed() {
    looksToPass = (1 << failures) - 1;
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
  }

  void succeeded() {
    looksToPass = 0;
    failures = 0;
  }

  /** Whether it may be offered at this tick; to be called once per tick. */
  boolean isDue() {
    if (looksToPass > 0) {
      looksToPass--;
      return false;
    }
    return true;
  }

  /** Whether the entry can be removed. */
  boolean isOrdinary() {
    return !saidOffline && !isOffline && statement == null;
  }
}

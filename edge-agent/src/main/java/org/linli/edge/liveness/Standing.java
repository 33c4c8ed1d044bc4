package org.linli.edge.liveness;

import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * What the gateway has said of one device and what it is to say. Guarded by {@code Presence}.
 *
 * <p>One statement is under way at a time, and it is offered until it is taken, because whether a
 * failed commit took place is known to the disk alone.
 */
final class Standing {

  /** 63 looks, two a second. */
  private static final int MOST_DOUBLINGS = 6;

  final DeviceId device;
  final Kind kind;

  /** What is on disk. */
  boolean saidOffline;

  /** What is true now. */
  boolean isOffline;

  /** Why it is so. */
  String why;

  /** The statement that is not on disk yet. */
  @Nullable DeviceEvent statement;

  /** Whether the outbox has yet to answer. */
  boolean offered;

  private int failures;

  /** Looks that pass before the statement is offered again, unless its device speaks. */
  private int looksToPass;

  Standing(DeviceId device, Kind kind, boolean saidOffline, String why) {
    this.device = device;
    this.kind = kind;
    this.saidOffline = saidOffline;
    this.isOffline = saidOffline;
    this.why = why;
  }

  /**
   * The disk did not take the statement: 0, 1, 3, 7 and so on looks pass, up to a minute's half.
   */
  void failed() {
    looksToPass = (1 << failures) - 1;
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
  }

  void succeeded() {
    looksToPass = 0;
    failures = 0;
  }

  /** Whether it may be offered at this look; asked once at each. */
  boolean isDue() {
    if (looksToPass > 0) {
      looksToPass--;
      return false;
    }
    return true;
  }

  /** Whether there is nothing to remember. */
  boolean isOrdinary() {
    return !saidOffline && !isOffline && statement == null;
  }
}

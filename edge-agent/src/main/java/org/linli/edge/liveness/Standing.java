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

  Standing(DeviceId device, Kind kind, boolean saidOffline, String why) {
    this.device = device;
    this.kind = kind;
    this.saidOffline = saidOffline;
    this.isOffline = saidOffline;
    this.why = why;
  }

  /** Whether there is nothing to remember. */
  boolean isOrdinary() {
    return !saidOffline && !isOffline && statement == null;
  }
}

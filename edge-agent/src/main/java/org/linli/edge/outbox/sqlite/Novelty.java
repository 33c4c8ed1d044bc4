package org.linli.edge.outbox.sqlite;

import org.linli.event.DeviceEvent;

/** Which events of a message, or of a part of one, are new, as they are admitted. */
final class Novelty {

  private boolean anyNew;
  private boolean anyNewAlarm;
  private boolean anyOldAlarm;

  void saw(DeviceEvent event, boolean isNew) {
    boolean isAlarm = !event.type().isMeasurement();
    anyNew |= isNew;
    anyNewAlarm |= isAlarm && isNew;
    anyOldAlarm |= isAlarm && !isNew;
  }

  boolean isAny() {
    return anyNew;
  }

  /**
   * Whether what they told was told before; a measurement beside a repeated alarm tells nothing.
   */
  boolean isRepeat() {
    return !anyNew || anyOldAlarm && !anyNewAlarm;
  }
}

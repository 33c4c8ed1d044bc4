package org.linli.edge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.linli.event.Times;

/**
 * A clock that stays within the times that an event can have. A machine's clock may show any year
 * at all, and the gateway has to keep working when it is wrong.
 */
final class TravellingTime extends Clock {

  private final Clock machine;

  TravellingTime(Clock machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    Instant shown = machine.instant();
    if (!Times.isOutside(shown)) {
      return shown;
    }
    return shown.isBefore(Times.FIRST) ? Times.FIRST : Times.LAST;
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new TravellingTime(machine.withZone(zone));
  }
}

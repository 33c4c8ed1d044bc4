package org.linli.hub.registry;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * Hours in which a person is on duty in a grid, by the community's clock.
 *
 * @param days the days on which the shift starts
 * @param from first minute
 * @param to end, not part of the shift; if it is at or before {@code from}, it is on the next day,
 *     so that 00:00 to 00:00 is the whole day and 19:00 to 07:00 a night
 */
public record DutyShift(
    String grid, String person, Set<DayOfWeek> days, LocalTime from, LocalTime to) {

  public DutyShift {
    days = Set.copyOf(days);
  }

  /** Returns whether the shift goes on past midnight, or up to it. */
  public boolean endsOnTheNextDay() {
    return !to.isAfter(from);
  }
}

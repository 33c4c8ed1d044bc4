package org.linli.hub.dispatch;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.DutyShift;
import org.linli.hub.registry.Person;
import org.springframework.stereotype.Component;

/**
 * Knows who is on duty. It compares the community's own clock with the roster, so that a shift from
 * 19:00 to 07:00 lasts eleven or thirteen hours in the nights in which clocks change, and leaves no
 * gap.
 */
@Component
public class Duty {

  /**
   * Returns the person on duty in a grid at an instant; if two shifts overlap, the first one in the
   * file counts.
   */
  public Optional<Person> onDuty(CommunityRegistry community, String grid, Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, community.community().zone());
    return community.duty().stream()
        .filter(shift -> shift.grid().equals(grid) && covers(shift, local))
        .flatMap(shift -> community.findPerson(shift.person()).stream())
        .findFirst();
  }

  private static boolean covers(DutyShift shift, LocalDateTime local) {
    LocalTime time = local.toLocalTime();
    boolean startsToday = shift.days().contains(local.getDayOfWeek());
    if (!shift.endsOnTheNextDay()) {
      return startsToday && !time.isBefore(shift.from()) && time.isBefore(shift.to());
    }
    boolean startedYesterday = shift.days().contains(local.getDayOfWeek().minus(1));
    return startsToday && !time.isBefore(shift.from())
        || startedYesterday && time.isBefore(shift.to());
  }
}

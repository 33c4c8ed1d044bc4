package org.linli.hub.dispatch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertSource;
import org.linli.hub.alert.OnCall;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.Role;
import org.springframework.stereotype.Component;

/**
 * Assigns an alert to the person on duty in its grid. If nobody is on duty, the device is in no
 * grid, or the alert is about a gateway, it goes to the community's first supervisor. What is about
 * the hub goes to the supervisor of its only community.
 */
@Component
class DutyAssigner implements OnCall {

  private final Duty duty;
  private final Registry registry;

  DutyAssigner(Duty duty, Registry registry) {
    this.duty = duty;
    this.registry = registry;
  }

  private Optional<CommunityRegistry> communityOf(Alert alert) {
    CommunityId community = alert.cause().source().community();
    return community == null ? registry.findOnly() : registry.find(community);
  }

  private Optional<Actor.Person> whoComes(
      CommunityRegistry community, @Nullable String grid, Alert alert) {
    Optional<Person> onDuty =
        grid == null ? Optional.empty() : duty.onDuty(community, grid, alert.openedAt());
    return onDuty
        .or(() -> community.people(Role.SUPERVISOR).stream().findFirst())
        .map(person -> new Actor.Person(community.id(), person.id()));
  }

  @Override
  public Assignment assigneeOf(Alert alert) {
    if (alert.cause().source() instanceof AlertSource.OfHub && registry.findOnly().isEmpty()) {
      return new Assignment.Nobody(
          "The hub has several communities, and none of them is responsible for it.");
    }
    String grid = alert.cause().grid();
    return communityOf(alert)
        .flatMap(community -> whoComes(community, grid, alert))
        .<Assignment>map(Assignment.Assigned::new)
        .orElseGet(
            () ->
                new Assignment.Nobody(
                    grid == null
                        ? switch (alert.cause().source()) {
                              case AlertSource.OfDevice _ -> "The device is in no grid";
                              case AlertSource.OfGateway _ -> "Gateways are the supervisor's";
                              case AlertSource.OfHub _ -> "The hub is the supervisor's";
                            }
                            + ", and the community has no supervisor."
                        : "Nobody is on duty in "
                            + grid
                            + ", and the community has no supervisor."));
  }
}

package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.SteppingClock;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.TestCommunities;

/** Devices with the same id, in two communities of one hub, have nothing to do with each other. */
class NamesakesOfTwoCommunitiesTest {

  private static final GatewayId IN_THE_WEST = new GatewayId("gateway-2");

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private AlertRig hub;

  @BeforeEach
  void open() {
    hub = opened();
  }

  private AlertRig opened() {
    return new AlertRig(
        folder,
        clock,
        TestCommunities.two(),
        alert -> new OnCall.Assignment.Assigned(person(communityOf(alert), "wang")));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static Actor.Person person(CommunityId community, String id) {
    return new Actor.Person(community, id);
  }

  private static CommunityId communityOf(Alert alert) {
    return Objects.requireNonNull(alert.cause().source().community());
  }

  private HubEvent east(String type) {
    return hub.event("door-1", Kind.ACCESS, type);
  }

  private HubEvent west(String type) {
    return moved(east(type));
  }

  /** The same as an event of the community in the west. */
  private static HubEvent moved(HubEvent event) {
    return new HubEvent(
        TestCommunities.WEST,
        event.taken().traceId(IN_THE_WEST, 1),
        IN_THE_WEST,
        1,
        event.lane(),
        event.taken(),
        event.receivedAt(),
        false);
  }

  private Alert of(CommunityId community) {
    return hub.all().stream()
        .filter(alert -> communityOf(alert).equals(community))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachHasItsOwnAlertForItsOwnPeople() {
    hub.apply(east("door.forced"), west("door.forced"), west("door.forced"));

    assertThat(hub.all()).hasSize(2);
    assertThat(of(TestCommunities.EAST).count()).isOne();
    assertThat(of(TestCommunities.WEST).count()).isEqualTo(2);
    assertThat(of(TestCommunities.WEST).assignee()).isEqualTo(person(TestCommunities.WEST, "wang"));
    assertThat(of(TestCommunities.EAST).timeline().getFirst().by().actor().stored())
        .isEqualTo("device:east/door-1");
  }

  @Test
  void whatIsDoneAboutOneChangesNothingForTheOther() {
    hub.apply(east("door.forced"), west("door.forced"));

    hub.alerts.resolve(
        of(TestCommunities.EAST).id(),
        Author.of(person(TestCommunities.EAST, "zhou")),
        Channel.CONSOLE,
        null);

    assertThat(of(TestCommunities.EAST).isResolved()).isTrue();
    assertThat(of(TestCommunities.WEST).isResolved()).isFalse();
  }

  @Test
  void anAlertThatIsDueLaterEndsWithItsOwnDeviceOnly() {
    HubEvent occupied = hub.event("lane-1", Kind.PARKING, "fire-lane.occupied");
    hub.apply(occupied, moved(occupied));
    hub.apply(hub.event("lane-1", Kind.PARKING, "fire-lane.freed"));

    hub.waitFor(Duration.ofHours(1));

    assertThat(hub.all())
        .singleElement()
        .satisfies(alert -> assertThat(communityOf(alert)).isEqualTo(TestCommunities.WEST));
  }

  @Test
  void theyStayApartOverARestart() {
    hub.apply(east("door.forced"), west("door.forced"));
    AlertRig before = hub;
    before.close();
    hub = opened();
    hub.continueAfter(before);

    hub.apply(west("door.forced"));

    assertThat(of(TestCommunities.EAST).count()).isOne();
    assertThat(of(TestCommunities.WEST).count()).isEqualTo(2);
  }

  @Test
  void aPersonIsLookedUpInTheirOwnCommunity() {
    hub.apply(west("door.forced"));

    assertThat(
            hub.alerts.acknowledge(
                of(TestCommunities.WEST).id(),
                Author.of(person(new CommunityId("north"), "wang")),
                Channel.API,
                null))
        .isInstanceOf(ActionOutcome.Refused.class);
  }
}

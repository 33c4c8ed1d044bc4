package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.CommunityId;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.TakenEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

/** A device is the one of its gateway's community, whatever another community calls so. */
class AlertsOfTwoCommunitiesTest {

  private static final GatewayId IN_THE_WEST = new GatewayId("gateway-2");
  private static final DeviceId LIFT = new DeviceId("lift-1");

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private final Registry registry = TestCommunities.two();
  private AlertRig hub;

  @BeforeEach
  void open() {
    hub =
        new AlertRig(
            folder,
            clock,
            registry,
            alert ->
                new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.WEST, "wang")));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private HubEvent inTheWest(HubEvent event, TakenEvent taken) {
    return new HubEvent(
        TestCommunities.WEST,
        taken.traceId(IN_THE_WEST, event.epoch()),
        IN_THE_WEST,
        event.epoch(),
        event.lane(),
        taken,
        event.receivedAt(),
        event.late());
  }

  private HubEvent fireInTheWest(String device) {
    HubEvent event = hub.event(device, Kind.CAMERA, "fire.seen");
    return inTheWest(event, event.taken());
  }

  @Test
  void anAlertHasTheNameAndTheGridOfItsOwnCommunitysDevice() {
    hub.apply(fireInTheWest("door-1"));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause().title().en()).endsWith(": West door");
              assertThat(alert.cause().grid()).isEqualTo("grid-2");
            });
  }

  @Test
  void whatAnotherCommunityRegisteredIsUnregisteredHere() {
    hub.apply(fireInTheWest("lift-1"));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause().title().en()).endsWith(": lift-1");
              assertThat(alert.cause().grid()).isNull();
            });
    UnregisteredKeys unregistered = new UnregisteredKeys(registry);
    assertThat(unregistered.isUnregistered(new DeviceKey(TestCommunities.WEST, LIFT))).isTrue();
    assertThat(unregistered.isUnregistered(new DeviceKey(TestCommunities.EAST, LIFT))).isFalse();
  }

  @Test
  void anAlarmThatNobodyCanReadIsOfTheGatewayIfOnlyAnotherCommunityHasItsDevice() {
    HubEvent event = hub.event("lift-1", Kind.ENVIRONMENT, UnreadableAlarm.TYPE.value());
    DeviceEvent said =
        new DeviceEvent(
            event.taken().event().device(),
            Kind.ENVIRONMENT,
            UnreadableAlarm.TYPE,
            new EventId(EventId.MADE_BY_GATEWAY + 1),
            clock.instant(),
            null,
            clock.instant(),
            new Values(
                Map.of("door", new Value.Text("mqtt"), "reason", new Value.Text("not-json"))));
    hub.applyUnreadable(inTheWest(event, new TakenEvent(1, said)));

    assertThat(hub.all())
        .singleElement()
        .extracting(alert -> alert.cause().source())
        .isEqualTo(new AlertSource.OfGateway(TestCommunities.WEST, IN_THE_WEST));
  }

  @Test
  void listsThoseOfOneCommunity() {
    hub.apply(hub.event("door-1", Kind.CAMERA, "fire.seen"));
    hub.apply(fireInTheWest("door-1"));

    assertThat(hub.all()).hasSize(2);
    assertThat(alerts(TestCommunities.WEST)).containsExactly("Fire seen: West door");
    assertThat(alerts(TestCommunities.EAST)).containsExactly("Fire seen: East door");
    assertThat(hub.alerts.unresolved(TestCommunities.WEST, 9).open()).isOne();
    assertThat(hub.alerts.unresolved(null, 9).open()).isEqualTo(2);
  }

  private List<String> alerts(CommunityId community) {
    AlertQuery query = new AlertQuery(community, Set.of(), Set.of(), null, null, null, 9);
    List<String> listed =
        hub.alerts.list(query).items().stream().map(alert -> alert.cause().title().en()).toList();
    assertThat(hub.alerts.unresolved(community, 9).mostUrgent())
        .extracting(alert -> alert.cause().title().en())
        .isEqualTo(listed);
    return listed;
  }
}

package org.linli.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertCause;
import org.linli.hub.alert.AlertSource;
import org.linli.hub.alert.AlertState;
import org.linli.hub.alert.OnCall;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.linli.rules.Severity;

class DutyAssignerTest {

  /** A Monday, 13:16 in Shanghai. */
  private static final Instant MONDAY = Instant.parse("2026-11-23T05:16:00Z");

  @TempDir Path folder;

  private static OnCall.Assignment whoComes(Registry registry, @Nullable String grid) {
    return whoComes(
        registry,
        new AlertSource.OfDevice(
            registry.communities().getFirst().id(), new DeviceId("camera-1"), Kind.CAMERA),
        "gateway-1",
        grid);
  }

  // NullAway does not see that a nested type is nullable where it reads it from a class file.
  @SuppressWarnings("NullAway")
  private static OnCall.Assignment whoComes(
      Registry registry, AlertSource source, String gateway, @Nullable String grid) {
    AlertCause cause =
        new AlertCause(
            "fire.seen",
            source,
            new EventType("fire.seen"),
            new GatewayId(gateway),
            grid,
            Severity.CRITICAL,
            new BilingualName("发现明火", "Fire seen"),
            "e-1",
            MONDAY,
            null);
    Alert alert = new Alert("1", cause, MONDAY, MONDAY, 1, null, new AlertState.Open(), List.of());
    return new DutyAssigner(new Duty(), registry).assigneeOf(alert);
  }

  private static OnCall.Assignment comes(String id) {
    return comes(TestCommunities.SAMPLE, id);
  }

  private static OnCall.Assignment comes(CommunityId community, String id) {
    return new OnCall.Assignment.Assigned(new Actor.Person(community, id));
  }

  @Test
  void bringsTheWorkerOnDutyInTheGrid() {
    assertThat(whoComes(TestCommunities.sample(), "grid-1")).isEqualTo(comes("wang"));
    assertThat(whoComes(TestCommunities.sample(), "grid-2")).isEqualTo(comes("li"));
  }

  @Test
  void bringsTheSupervisorForADeviceThatIsInNoFile() {
    assertThat(whoComes(TestCommunities.sample(), null)).isEqualTo(comes("zhou"));
  }

  @Test
  void bringsTheSupervisorWhereNobodyIsOnDuty() {
    Registry registry =
        TestCommunities.of(
            folder,
            "Asia/Shanghai",
            """
            people:
              - {id: boss, name: Boss, role: supervisor}
              - {id: p, name: P, role: grid-worker, grids: [grid-1]}
            duty: [{grid: grid-1, person: p, days: [tue], from: "00:00", to: "24:00"}]
            """);
    assertThat(whoComes(registry, "grid-1")).isEqualTo(comes(TestCommunities.HERE, "boss"));
  }

  @Test
  void saysWhyNobodyComes() {
    Registry registry = TestCommunities.of(folder, "Asia/Shanghai", "people: []");
    assertThat(whoComes(registry, "grid-1"))
        .isEqualTo(
            new OnCall.Assignment.Nobody(
                "Nobody is on duty in grid-1, and the community has no supervisor."));
    assertThat(whoComes(registry, null))
        .isEqualTo(
            new OnCall.Assignment.Nobody(
                "The device is in no grid, and the community has no supervisor."));
  }

  /** In both communities there are a grid-1, somebody on duty in it, a wang and a zhou. */
  @Test
  void bringsThePeopleOfTheGatewaysOwnCommunity() {
    Registry registry = TestCommunities.two();
    DeviceId door = new DeviceId("door-1");
    AlertSource east = new AlertSource.OfDevice(TestCommunities.EAST, door, Kind.ACCESS);
    AlertSource west = new AlertSource.OfDevice(TestCommunities.WEST, door, Kind.ACCESS);

    assertThat(whoComes(registry, east, "gateway-1", "grid-1"))
        .isEqualTo(comes(TestCommunities.EAST, "wang"));
    assertThat(whoComes(registry, east, "gateway-1", "grid-2"))
        .isEqualTo(comes(TestCommunities.EAST, "zhou"));
    // By its own clock it is 06:16 there, and nobody is on duty yet.
    assertThat(whoComes(registry, west, "gateway-2", "grid-1"))
        .isEqualTo(comes(TestCommunities.WEST, "wang"));
    AlertSource gateway =
        new AlertSource.OfGateway(TestCommunities.WEST, new GatewayId("gateway-2"));
    assertThat(whoComes(registry, gateway, "gateway-2", null))
        .isEqualTo(comes(TestCommunities.WEST, "wang"));
  }

  @Test
  void bringsNobodyForTheHubOfTwoCommunities() {
    AlertSource hub = new AlertSource.OfHub();

    assertThat(whoComes(TestCommunities.two(), hub, "hub", null))
        .isInstanceOf(OnCall.Assignment.Nobody.class);
    assertThat(whoComes(TestCommunities.sample(), hub, "hub", null)).isEqualTo(comes("zhou"));
  }
}

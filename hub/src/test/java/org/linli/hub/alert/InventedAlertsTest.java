package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.hub.SteppingClock;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.gateway.GatewayThreadFailed;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.Adopted;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.linli.rules.Severity;

/** What somebody who invents devices, or makes alerts come and go, can make the hub keep. */
class InventedAlertsTest {

  private static final int INVENTED = 3_000;

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private final Registry registry = TestCommunities.sample();
  private final int most = new UnregisteredKeys(registry).most();

  @SuppressWarnings("NullAway.Init") // set before each test
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder,
            clock,
            registry,
            alert ->
                new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.SAMPLE, "zhou")));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void invented(Kind kind, String type) {
    apply(IntStream.range(0, INVENTED).mapToObj(i -> hub.event("invented-" + i, kind, type)));
  }

  private void apply(Stream<HubEvent> events) {
    hub.apply(events.toArray(HubEvent[]::new));
  }

  private Stream<Alert> unresolved() {
    return hub
        .alerts
        .list(
            new AlertQuery(
                null,
                Set.of(AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED),
                Set.of(),
                null,
                null,
                null,
                AlertQuery.MAX_LIMIT))
        .items()
        .stream();
  }

  private Alert theOneOf(String source, String key) {
    List<Alert> found =
        unresolved()
            .filter(alert -> alert.cause().source().id().equals(source))
            .filter(alert -> alert.cause().key().equals(key))
            .toList();
    assertThat(found).as(source + " " + key).hasSize(1);
    return found.getFirst();
  }

  private Alert flood(Severity severity) {
    return theOneOf("gateway-1", "gateway.alert-flood/" + severity);
  }

  private long rows(String table) {
    return hub.records.client().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
  }

  @Test
  void sumsUpWhatDevicesReportThatNobodyRegistered() {
    invented(Kind.CARE, "sos.pressed");

    assertThat(unresolved()).hasSize(most + 1);
    Alert flood = flood(Severity.CRITICAL);
    assertThat(flood.count()).isEqualTo(INVENTED - most);
    assertThat(flood.cause().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(flood.cause().title())
        .isEqualTo(
            new BilingualName(
                "未登记设备告警过多：gateway-1（同类告警超过 %d 条）".formatted(most),
                "Too many alerts of unregistered devices: gateway-1 (more than %d of one sort)"
                    .formatted(most)));
    assertThat(flood.timeline().getFirst().text()).contains("invented-" + most + " (sos.pressed)");
    assertThat(flood.timeline())
        .extracting(TimelineEntry::what)
        .containsExactly(What.OPENED, What.ASSIGNED);
    assertThat(rows("rule_watch")).isEqualTo(most);
    assertThat(hub.told).as("each alert once, after its change").hasSize(most + 1);
  }

  @Test
  void opensEveryAlertOfRegisteredDevicesInTheMiddleOfAFlood() {
    invented(Kind.ELEVATOR, "passenger.trapped");
    apply(
        Stream.of("elevator-4-1", "elevator-1-1")
            .map(lift -> hub.event(lift, Kind.ELEVATOR, "passenger.trapped")));
    invented(Kind.ELEVATOR, "passenger.trapped");

    for (String lift : List.of("elevator-4-1", "elevator-1-1")) {
      Alert alert = theOneOf(lift, "passenger.trapped");
      assertThat(alert.timeline())
          .extracting(TimelineEntry::what)
          .containsExactly(What.OPENED, What.ASSIGNED);
    }
    hub.apply(hub.event("elevator-4-1", Kind.ELEVATOR, "passenger.released"));
    hub.apply(hub.event("elevator-4-1", Kind.ELEVATOR, "passenger.trapped"));
    theOneOf("elevator-4-1", "passenger.trapped");
  }

  @Test
  void namesAnUnregisteredDeviceThatComesAfterTheLimit() {
    invented(Kind.ENVIRONMENT, "smoke.detected");
    hub.apply(hub.event("a-real-detector", Kind.ENVIRONMENT, "smoke.detected"));
    hub.apply(hub.event("a-real-detector", Kind.ENVIRONMENT, "smoke.detected"));
    hub.apply(hub.event("another-one", Kind.POWER, "charger.overheated"));

    Alert flood = flood(Severity.CRITICAL);
    assertThat(flood.count()).isEqualTo(INVENTED - most + 2);
    assertThat(flood.timeline())
        .filteredOn(entry -> entry.what() == What.COMMENTED)
        .extracting(TimelineEntry::text)
        .containsExactly("a-real-detector (smoke.detected)");
    theOneOf("another-one", "charger.overheated");
  }

  @Test
  void namesNoMoreDevicesThanAPersonReads() {
    for (int i = 0; i < most + FloodAlerts.MOST_NOTES + 30; i++) {
      hub.apply(hub.event("invented-" + i, Kind.CARE, "fall.detected"));
    }

    assertThat(flood(Severity.CRITICAL).timeline()).hasSize(2 + FloodAlerts.MOST_NOTES);
    assertThat(flood(Severity.CRITICAL).count()).isEqualTo(FloodAlerts.MOST_NOTES + 30);
  }

  @Test
  void countsWhatWouldOpenLaterToo() {
    invented(Kind.PARKING, "fire-lane.occupied");
    hub.apply(hub.event("lane-1", Kind.PARKING, "fire-lane.occupied"));

    assertThat(flood(Severity.MAJOR).count()).isEqualTo(INVENTED - most + 1);
    hub.waitFor(Duration.ofMinutes(4));
    assertThat(unresolved().filter(alert -> alert.cause().key().equals("fire-lane.occupied")))
        .hasSize(most);
  }

  @Test
  void hasRoomAgainWhereAlertsAreClosedOrDevicesRegistered() {
    invented(Kind.CARE, "sos.pressed");
    hub.alerts.resolve(
        theOneOf("invented-0", "sos.pressed").id(),
        Author.of(new Actor.Person(TestCommunities.SAMPLE, "wang")),
        Channel.CONSOLE,
        null);
    hub.apply(hub.event("new-1", Kind.CARE, "sos.pressed"));
    theOneOf("new-1", "sos.pressed");

    hub.apply(hub.event("new-2", Kind.CARE, "sos.pressed"));
    assertThat(unresolved()).noneMatch(alert -> alert.cause().source().id().equals("new-2"));
    Device known = TestCommunities.only(registry).devices().getFirst();
    DeviceId adopted = new DeviceId("new-2");
    registry.use(
        Adopted.at(
            TestCommunities.only(registry),
            new Device(adopted, Kind.CARE, known.building(), known.gateway(), known.name(), null)),
        Map.of());
    hub.apply(hub.event("new-2", Kind.CARE, "sos.pressed"));
    theOneOf("new-2", "sos.pressed");
  }

  @Test
  void standsAsItWasAfterARestart() {
    invented(Kind.CARE, "sos.pressed");
    AlertRig before = hub;
    stop();
    start();
    hub.continueAfter(before);

    hub.apply(hub.event("new-1", Kind.CARE, "sos.pressed"));
    assertThat(unresolved()).hasSize(most + 1);
    assertThat(flood(Severity.CRITICAL).count()).isEqualTo(INVENTED - most + 1);
  }

  @Test
  void forgetsWhatCameAndWentOfInventedDevices() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < INVENTED; i += 25) {
        int from = i;
        String name = "invented-" + round + "-";
        apply(
            IntStream.range(from, from + 25)
                .boxed()
                .flatMap(
                    n ->
                        Stream.of(
                            hub.event(name + n, Kind.ACCESS, "door.forced"),
                            hub.event(name + n, Kind.ACCESS, "door.secured"))));
      }
    }

    assertThat(rows("rule_watch")).isLessThanOrEqualTo(11L * most);
    assertThat(rows("alert")).isBetween(1_000L, 1_100L);
    assertThat(rows("alert_timeline")).isLessThan(3_400);
  }

  @Test
  void keepsTheNewestOfAnAlertThatComesAndGoesAndWhatPeopleHadToDoWith() {
    hub.apply(hub.event("door-2", Kind.ACCESS, "door.forced"));
    hub.apply(hub.event("door-2", Kind.ACCESS, "door.secured"));
    hub.apply(hub.event("door-1", Kind.ACCESS, "door.forced"));
    Alert seenTo = theOneOf("door-1", "door.forced");
    hub.alerts.comment(
        seenTo.id(),
        Author.of(new Actor.Person(TestCommunities.SAMPLE, "wang")),
        Channel.CONSOLE,
        "the lock is loose");
    hub.apply(hub.event("door-1", Kind.ACCESS, "door.secured"));
    for (int i = 0; i < 40; i++) {
      apply(
          IntStream.range(0, 30)
              .boxed()
              .flatMap(
                  n ->
                      Stream.of(
                          hub.event("door-1", Kind.ACCESS, "door.forced"),
                          hub.event("door-1", Kind.ACCESS, "door.secured"))));
    }

    assertThat(rows("alert")).as("1,000 of door-1, the one of Wang, door-2").isEqualTo(1_002);
    assertThat(hub.alerts.find(seenTo.id())).isPresent();
  }

  @Test
  void keepsNoMoreThanItIsToldToAndThoseThatPeopleHadToDoWithLongest() {
    hub.apply(hub.event("door-1", Kind.ACCESS, "door.forced"));
    Alert first = theOneOf("door-1", "door.forced");
    hub.alerts.resolve(
        first.id(),
        Author.of(new Actor.Person(TestCommunities.SAMPLE, "wang")),
        Channel.CONSOLE,
        null);
    hub.apply(hub.event("door-2", Kind.ACCESS, "reader.tampered"));
    for (int i = 0; i < 60; i++) {
      String door = "door-" + (1 + i % 6);
      apply(
          IntStream.range(0, 50)
              .boxed()
              .flatMap(
                  _ ->
                      Stream.of(
                          hub.event(door, Kind.ACCESS, "door.forced"),
                          hub.event(door, Kind.ACCESS, "door.secured"))));
    }

    assertThat(rows("alert")).isEqualTo(AlertRig.KEPT);
    assertThat(hub.alerts.find(first.id())).isPresent();
    theOneOf("door-2", "reader.tampered");
  }

  @Test
  void readsManyUnresolvedAlertsInPieces() {
    Stream<HubEvent> each =
        TestCommunities.only(registry).devices().stream()
            .flatMap(
                device ->
                    Stream.of("battery.low", "device.fault")
                        .map(type -> hub.event(device.id().value(), device.kind(), type)));
    apply(each);
    int all = 2 * TestCommunities.only(registry).devices().size();
    AlertRig before = hub;
    stop();
    start();
    hub.continueAfter(before);
    invented(Kind.CARE, "sos.pressed");

    List<Alert> page = unresolved().toList();
    assertThat(page).hasSizeGreaterThan(Math.min(AlertQuery.MAX_LIMIT - 1, all));
    assertThat(page).allSatisfy(alert -> assertThat(alert.timeline()).hasSize(2));
  }

  @Test
  void opensOneAlertForAllThreadsThatAGatewayInvents() {
    for (int i = 0; i < 200; i++) {
      hub.gateways.failed(
          new GatewayThreadFailed(
              AlertRig.GATEWAY, "thread-" + i, "odd", clock.instant(), clock.instant()));
    }

    assertThat(unresolved()).hasSize(GatewayAlerts.MOST_THREADS + 1);
    assertThat(theOneOf("gateway-1", "gateway.thread-failed/other").count())
        .isEqualTo(200 - GatewayAlerts.MOST_THREADS);
  }

  @Test
  void takesAnEndOfCommentsAndGoesOnTakingWhatIsDone() {
    hub.apply(hub.event("door-1", Kind.ACCESS, "door.forced"));
    String id = theOneOf("door-1", "door.forced").id();
    Author wang = Author.of(new Actor.Person(TestCommunities.SAMPLE, "wang"));
    for (int i = 0; i < Alerts.MAX_ENTRIES; i++) {
      hub.alerts.comment(id, wang, Channel.API, "still here");
    }

    assertThat(hub.alerts.comment(id, wang, Channel.API, "and again"))
        .isEqualTo(
            new ActionOutcome.Refused(
                "comment",
                "The alert has 200 entries and takes no more comments; acknowledge or resolve"
                    + " it."));
    assertThat(hub.alerts.acknowledge(id, wang, Channel.API, null))
        .isInstanceOf(ActionOutcome.Done.class);
    assertThat(hub.alerts.resolve(id, wang, Channel.API, "done"))
        .isInstanceOf(ActionOutcome.Done.class);
  }

  @Test
  void remembersTheNewestRequests() {
    AlertRequests requests =
        new AlertRequests(hub.records.ofCommunities(), hub.records.runningTime());
    hub.records
        .client()
        .sql(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO alert_request (request, at) SELECT 'old-' || i, i - 30000 FROM n
            """)
        .update();

    requests.done("new");

    assertThat(rows("alert_request")).isEqualTo(AlertRequests.MOST + 1L);
    assertThat(requests.isDone("new")).isTrue();
  }
}

package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.hub.SteppingClock;
import org.linli.hub.alert.ActionOutcome.Conflict;
import org.linli.hub.alert.ActionOutcome.Done;
import org.linli.hub.alert.ActionOutcome.NotFound;
import org.linli.hub.alert.ActionOutcome.Refused;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.linli.rules.DefaultRules;
import org.linli.rules.Severity;

class AlertLifeTest {

  private static final Actor.Person WANG_HERSELF = new Actor.Person(TestCommunities.SAMPLE, "wang");
  private static final Author WANG = Author.of(WANG_HERSELF);

  @TempDir Path folder;

  private final Registry registry = TestCommunities.sample();
  private final SteppingClock clock = new SteppingClock(AlertRig.START);

  @SuppressWarnings("NullAway.Init") // set before each test
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder, clock, registry, alert -> new OnCall.Assignment.Assigned(WANG_HERSELF));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void restart() {
    AlertRig before = hub;
    stop();
    start();
    hub.continueAfter(before);
  }

  private HubEvent trapped() {
    return hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped");
  }

  private Alert only() {
    assertThat(hub.all()).hasSize(1);
    return hub.all().getFirst();
  }

  @Test
  void opensWithTheEventAndBringsAPersonInTheSameTransaction() {
    HubEvent event = trapped();
    hub.apply(event);
    Alert alert = only();
    assertThat(alert.id()).matches("[0-9a-z]{13}");
    assertThat(alert.cause().key()).isEqualTo("passenger.trapped");
    assertThat(alert.cause().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.cause().grid()).isEqualTo("grid-1");
    assertThat(alert.cause().title())
        .isEqualTo(new BilingualName("电梯困人：1号楼1号电梯", "Passenger trapped: Building 1 elevator 1"));
    assertThat(alert.status()).isEqualTo(AlertStatus.OPEN);
    assertThat(alert.assignee()).isEqualTo(WANG_HERSELF);
    assertThat(alert.timeline())
        .extracting(TimelineEntry::what)
        .containsExactly(What.OPENED, What.ASSIGNED);
    assertThat(alert.timeline().getFirst().event()).isEqualTo(event.id());
    assertThat(alert.timeline())
        .extracting(TimelineEntry::by)
        .containsExactly(
            Author.of(new Actor.Device(TestCommunities.SAMPLE, new DeviceId("elevator-1-1"))),
            Author.of(Actor.HUB));
    assertThat(hub.told).containsExactly(alert);
  }

  @Test
  void staysOneAlertHoweverOftenItIsReported() {
    hub.apply(trapped());
    clock.advance(Duration.ofSeconds(40));
    hub.apply(trapped(), trapped());
    Alert alert = only();
    assertThat(alert.count()).isEqualTo(3);
    assertThat(alert.openedAt()).isEqualTo(AlertRig.START);
    assertThat(alert.lastSeenAt()).isEqualTo(AlertRig.START.plusSeconds(40));
    assertThat(hub.told).as("told once per batch").hasSize(2);
    restart();
    hub.apply(trapped());
    assertThat(only().count()).as("also across a restart").isEqualTo(4);
  }

  @Test
  void keepsDevicesAndKeysApart() {
    hub.apply(
        trapped(),
        hub.event("elevator-1-1", Kind.ELEVATOR, "overspeed"),
        hub.event("elevator-2-1", Kind.ELEVATOR, "passenger.trapped"));
    assertThat(hub.all()).hasSize(3);
  }

  @Test
  void isResolvedByTheDeviceWhenTheClearingTypeComes() {
    hub.apply(trapped());
    HubEvent released = hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.released");
    clock.advance(Duration.ofMinutes(20));
    hub.apply(released);
    Alert alert = only();
    assertThat(alert.resolved())
        .map(AlertState.Handled::by)
        .contains(new Actor.Device(TestCommunities.SAMPLE, new DeviceId("elevator-1-1")));
    assertThat(alert.timeline().getLast())
        .satisfies(
            entry -> {
              assertThat(entry.what()).isEqualTo(What.RESOLVED);
              assertThat(entry.text()).isEqualTo("passenger.released");
              assertThat(entry.event()).isEqualTo(released.id());
            });
    hub.apply(trapped());
    assertThat(hub.all()).as("the next one is a new alert").hasSize(2);
  }

  @Test
  void clearsEverythingThatOneTypeClears() {
    hub.apply(
        hub.event("elevator-1-1", Kind.ELEVATOR, "door.fault"),
        hub.event("elevator-1-1", Kind.ELEVATOR, "stopped-off-level"),
        hub.event("elevator-1-1", Kind.ELEVATOR, "fault.cleared"));
    assertThat(hub.all()).hasSize(2).allMatch(Alert::isResolved);
    assertThat(hub.all())
        .as("nobody is sent for what was over before anybody could be told")
        .allMatch(alert -> alert.assignee() == null);
  }

  @Test
  void ignoresWhatIsOlderThanWhatItSawForThatDeviceAndKey() {
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", 10));
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.released", 9));
    assertThat(only().isResolved()).as("a late release does not clear").isFalse();
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.released", 12));
    restart();
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", 11));
    assertThat(only().isResolved()).as("a late cause does not open").isTrue();
  }

  @Test
  void opensForABulkEventThatAnUrgentOneOvertookOnTheWay() {
    hub.apply(hub.event("door-1", Kind.ACCESS, "door.forced", 7));
    HubEvent overtaken = hub.event("door-1", Kind.ACCESS, "door.held-open", 6);
    hub.apply(
        new HubEvent(
            overtaken.community(),
            overtaken.id(),
            overtaken.gateway(),
            overtaken.epoch(),
            overtaken.lane(),
            overtaken.taken(),
            overtaken.receivedAt(),
            true));
    assertThat(hub.all())
        .extracting(alert -> alert.cause().key())
        .containsExactlyInAnyOrder("door.forced", "door.held-open");
  }

  @Test
  void rollsBackWithTheTransactionItIsIn() {
    HubEvent first = trapped();
    hub.applyAndRollBack(first);
    assertThat(hub.all()).isEmpty();
    hub.apply(first);
    assertThat(only().count()).as("the same event, given again, opens it").isEqualTo(1);
    hub.applyAndRollBack(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.released"));
    hub.apply(trapped());
    assertThat(only().count()).isEqualTo(2);
    assertThat(only().isResolved()).isFalse();
  }

  @Test
  void isAcknowledgedAndResolvedByName() {
    hub.apply(trapped());
    String id = only().id();
    clock.advance(Duration.ofMinutes(1));
    assertThat(hub.alerts.acknowledge(id, WANG, Channel.CONSOLE, "on my way"))
        .isInstanceOf(Done.class);
    assertThat(hub.alerts.acknowledge(id, WANG, Channel.CONSOLE, null))
        .isEqualTo(
            new Conflict(
                What.ACKNOWLEDGED,
                new AlertState.Handled(WANG_HERSELF, AlertRig.START.plusSeconds(60))));
    assertThat(
            hub.alerts.comment(
                id, Author.of(new Actor.Account("account~1")), Channel.CONSOLE, "firm called"))
        .isInstanceOf(Done.class);
    clock.advance(Duration.ofMinutes(9));
    assertThat(hub.alerts.resolve(id, WANG, Channel.CONSOLE, null)).isInstanceOf(Done.class);
    assertThat(hub.alerts.resolve(id, WANG, Channel.CONSOLE, null)).isInstanceOf(Conflict.class);
    assertThat(hub.alerts.acknowledge(id, WANG, Channel.CONSOLE, null))
        .isInstanceOf(Conflict.class);
    Alert alert = only();
    assertThat(alert.acknowledged()).map(AlertState.Handled::by).contains(WANG_HERSELF);
    assertThat(alert.resolved())
        .contains(new AlertState.Handled(WANG_HERSELF, AlertRig.START.plusSeconds(600)));
    assertThat(alert.timeline())
        .extracting(TimelineEntry::what, TimelineEntry::by, TimelineEntry::text)
        .contains(
            tuple(What.ACKNOWLEDGED, WANG, "on my way"),
            tuple(What.COMMENTED, Author.of(new Actor.Account("account~1")), "firm called"),
            tuple(What.RESOLVED, WANG, null));
    assertThat(hub.told.getLast()).isEqualTo(alert);
    hub.apply(trapped());
    assertThat(hub.all()).as("the same cause opens a new one").hasSize(2);
  }

  @Test
  void keepsWhichProgramActedForThePersonAcrossARestart() {
    hub.apply(trapped());
    Author throughProgram = new Author(WANG_HERSELF, new Actor.Program("api-token"));
    hub.alerts.acknowledge(only().id(), throughProgram, Channel.API, null);
    restart();
    assertThat(only().timeline().getLast().by()).isEqualTo(throughProgram);
    assertThat(only().timeline().get(1).whom()).isEqualTo(WANG_HERSELF);
    assertThat(only().assignee()).isEqualTo(WANG_HERSELF);
  }

  @Test
  void countsOnWhileSomebodySeesToIt() {
    hub.apply(trapped());
    hub.alerts.acknowledge(only().id(), WANG, Channel.CONSOLE, null);
    hub.apply(trapped());
    assertThat(only().count()).isEqualTo(2);
    assertThat(only().status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
  }

  @Test
  void refusesActionsByNobodyOnNothingWithTooManyWords() {
    hub.apply(trapped());
    String id = only().id();
    assertThat(hub.alerts.acknowledge("none", WANG, Channel.API, null))
        .isEqualTo(new NotFound("none"));
    assertThat(
            hub.alerts.acknowledge(
                id,
                Author.of(new Actor.Person(TestCommunities.SAMPLE, "nobody")),
                Channel.API,
                null))
        .isEqualTo(
            new Refused("by", "There is no person nobody in the community file; name one who is."));
    assertThat(hub.alerts.comment(id, WANG, Channel.API, " ")).isInstanceOf(Refused.class);
    assertThat(hub.alerts.comment(id, WANG, Channel.API, "x".repeat(2001)))
        .isEqualTo(new Refused("comment", "The comment has 2001 characters; shorten it to 2000."));
    assertThat(only().status()).isEqualTo(AlertStatus.OPEN);
  }

  @Test
  void findsAlertsByWhatPeopleAskForAPageAtATime() {
    hub.apply(
        trapped(),
        hub.event("elevator-5-1", Kind.ELEVATOR, "passenger.trapped"),
        hub.event("door-5", Kind.ACCESS, "door.forced"),
        hub.event("door-5", Kind.ACCESS, "access.tailgating"),
        hub.event("not-in-any-file", Kind.CAMERA, "fire.seen"));
    hub.alerts.resolve(hub.all().getLast().id(), WANG, Channel.CONSOLE, null);
    assertThat(keys(new AlertQuery(null, Set.of(), Set.of(), "grid-2", null, null, 9))).hasSize(3);
    assertThat(
            keys(new AlertQuery(null, Set.of(), Set.of(), null, Kind.ELEVATOR.wireName(), null, 9)))
        .hasSize(2);
    assertThat(
            keys(new AlertQuery(null, Set.of(AlertStatus.RESOLVED), Set.of(), null, null, null, 9)))
        .hasSize(1);
    assertThat(
            keys(
                new AlertQuery(
                    null, Set.of(), Set.of(Severity.MAJOR, Severity.WARNING), null, null, null, 9)))
        .containsExactly("access.tailgating", "door.forced");
    Set<String> seen = new HashSet<>();
    String before = null;
    do {
      AlertPage page =
          hub.alerts.list(new AlertQuery(null, Set.of(), Set.of(), null, null, before, 2));
      List<String> ids = page.items().stream().map(Alert::id).toList();
      assertThat(ids).isSortedAccordingTo((a, b) -> b.compareTo(a));
      seen.addAll(ids);
      before = page.next();
    } while (before != null);
    assertThat(seen).hasSize(5);
    assertThat(hub.alerts.find(seen.iterator().next())).isPresent();
  }

  private List<String> keys(AlertQuery query) {
    return hub.alerts.list(query).items().stream().map(alert -> alert.cause().key()).toList();
  }

  @Test
  void goesOnCountingIdsWhenTheClockWasSetBack() {
    hub.apply(trapped());
    String first = only().id();
    clock.advance(Duration.ofHours(-3));
    restart();
    hub.apply(hub.event("elevator-2-1", Kind.ELEVATOR, "passenger.trapped"));
    assertThat(hub.all().getFirst().id()).isGreaterThan(first);
  }

  @Test
  void asksTheRecordsNothingForEventsThatConcernNoRule() {
    hub.records.close();
    HubEvent opened = hub.event("door-1", Kind.ACCESS, "door.opened");
    HubEvent measured = hub.event("door-1", Kind.ACCESS, "measurement");
    hub.raising.apply(List.of(opened, measured));
  }

  /** A door station has a camera, and a barrier camera may be covered. */
  @Test
  void opensWhatAMixedDeviceSaysWhateverItWasRegisteredAs() {
    hub.apply(
        hub.event("door-2", Kind.ACCESS, "zone.intruded"),
        hub.event("gate-1", Kind.PARKING, "camera.tampered"),
        hub.event("cam-1", Kind.CAMERA, "door.forced"),
        hub.event("cam-1", Kind.CAMERA, "door.secured"),
        hub.event("cam-2", Kind.CAMERA, "activity.seen"));
    hub.waitFor(Duration.ofHours(25));

    assertThat(hub.all())
        .extracting(alert -> alert.cause().key(), Alert::isResolved)
        .containsExactlyInAnyOrder(
            tuple("zone.intruded", false),
            tuple("camera.tampered", false),
            tuple("door.forced", true));
  }

  @Test
  void hasATitleInBothLanguagesForEverythingThatOpensAnAlert() {
    AlertTitles titles = new AlertTitles(registry);
    assertThat(DefaultRules.all())
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(
                        titles
                            .title(
                                one.rule().type(),
                                new DeviceKey(TestCommunities.SAMPLE, new DeviceId("x")))
                            .en())
                    .doesNotStartWith(one.rule().type().value()));
  }

  @Test
  void takesTheHubsTimeForWhenItOpenedAndTheEventsForWhenItHappened() {
    Instant hourAgo = AlertRig.START.minusSeconds(3600);
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", 1, hourAgo));
    assertThat(only().cause().happenedAt()).isEqualTo(hourAgo);
    assertThat(only().openedAt()).isEqualTo(AlertRig.START);
  }
}

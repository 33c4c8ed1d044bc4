package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.linli.rules.Severity;

/** The alert about messages that may report an emergency and that a gateway could not read. */
class UnreadableAlarmAlertsTest {

  private static final String NOBODYS = "gateway-1";

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private final Registry registry = TestCommunities.sample();
  private final String registered =
      TestCommunities.only(registry).devices().getFirst().id().value();

  @SuppressWarnings("NullAway.Init") // set before each test
  private AlertRig hub;

  private long order;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder,
            clock,
            registry,
            alert ->
                alert.cause().grid() == null
                    ? new OnCall.Assignment.Assigned(
                        new Actor.Person(TestCommunities.SAMPLE, "zhou"))
                    : new OnCall.Assignment.Nobody("not the supervisor"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private HubEvent said(String device, @Nullable String id, long letters) {
    return said(device, id, letters, "", 0);
  }

  private HubEvent said(
      String device, @Nullable String id, long letters, String from, long elsewhere) {
    order++;
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("door", new Value.Text("mqtt"));
    values.put("source", new Value.Text("b7/hall"));
    values.put("reason", new Value.Text("not-json"));
    values.put("word", new Value.Text("smoke"));
    values.put("letters", new Value.Whole(letters));
    if (!from.isEmpty()) {
      values.put("from", new Value.Text(from));
    }
    if (elsewhere > 0) {
      values.put("elsewhere", new Value.Whole(elsewhere));
    }
    TakenEvent taken =
        new TakenEvent(
            order,
            new DeviceEvent(
                new DeviceId(device),
                Kind.ENVIRONMENT,
                UnreadableAlarm.TYPE,
                id == null ? null : new EventId(id),
                clock.instant(),
                null,
                clock.instant(),
                new Values(values)));
    return new HubEvent(
        TestCommunities.SAMPLE,
        taken.traceId(AlertRig.GATEWAY, 1),
        AlertRig.GATEWAY,
        1,
        Lane.URGENT,
        taken,
        clock.instant(),
        false);
  }

  private String id() {
    return EventId.MADE_BY_GATEWAY + order;
  }

  @Test
  void opensOneAlertForTheSupervisorAndCountsTheRest() {
    hub.applyUnreadable(said(NOBODYS, id(), 1), said(NOBODYS, id(), 999));
    hub.applyUnreadable(said(NOBODYS, id(), 1_000));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause().severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alert.cause().key()).isEqualTo("unreadable-alarm");
              assertThat(alert.cause().source())
                  .isEqualTo(new AlertSource.OfGateway(TestCommunities.SAMPLE, AlertRig.GATEWAY));
              assertThat(alert.count()).isEqualTo(2_000);
              assertThat(alert.assignee())
                  .isEqualTo(new Actor.Person(TestCommunities.SAMPLE, "zhou"));
              assertThat(alert.cause().title().zh()).isEqualTo("疑似报警的消息无法读取：gateway-1（来自 b7/hall）");
              assertThat(alert.timeline().getFirst().text())
                  .contains("“smoke”", "not-json", "b7/hall", "dead letter");
            });
  }

  /** Four detectors that nobody can read within two seconds: somebody has to go to each. */
  @Test
  void namesEveryPlaceOnceAndSaysHowManyItCannotName() {
    hub.applyUnreadable(said(NOBODYS, id(), 1));
    String three = "zigbee2mqtt/stairs-smoke, /intake/tasmota/cellar-9, b7/hall";
    hub.applyUnreadable(said(NOBODYS, id(), 3, three, 0));
    hub.applyUnreadable(said(NOBODYS, id(), 2));
    hub.applyUnreadable(said(NOBODYS, id(), 9, "b7/hall, b7/hall-2", 7));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.count()).isEqualTo(15);
              assertThat(notes(alert))
                  .containsExactly(
                      "“zigbee2mqtt/stairs-smoke”, “/intake/tasmota/cellar-9”", "“b7/hall-2” (+7)");
            });
  }

  @Test
  void namesSeveralPlacesOfTheFirstEvent() {
    hub.applyUnreadable(said(NOBODYS, id(), 5, "b7/hall, b7/yard", 2));

    AlertCause cause = hub.all().getFirst().cause();
    assertThat(cause.title().zh()).isEqualTo("疑似报警的消息无法读取：gateway-1（来自 b7/hall 等多处）");
    assertThat(Objects.requireNonNull(cause.values()).find("letter-source"))
        .contains(new Value.Text("b7/hall, b7/yard (+2)"));
    assertThat(hub.all().getFirst().timeline().getFirst().text())
        .contains("sent to “b7/hall”, “b7/yard” (+2).");
    assertThat(notes(hub.all().getFirst())).isEmpty();
  }

  /** No database has to store the character U+0000. */
  @Test
  void aPlaceThatCannotBeStoredAsItIsHasAMarkInIt() {
    hub.applyUnreadable(said(NOBODYS, id(), 1, "b7/ha\0ll", 0));

    Alert alert = hub.all().getFirst();
    assertThat(alert.cause().title().zh()).contains("来自 b7/ha\uFFFDll");
    assertThat(alert.cause().title().en()).contains("from b7/ha\uFFFDll");
    assertThat(alert.timeline().getFirst().text()).contains("“b7/ha\uFFFDll”");
  }

  @Test
  void noInventedPlacesMakeATimelineGrowWithoutEnd() {
    for (int i = 0; i < 100; i++) {
      hub.applyUnreadable(said(NOBODYS, id(), 2, "invented/%d, invented/%dx".formatted(i, i), 0));
    }
    assertThat(hub.all()).singleElement().extracting(Alert::count).isEqualTo(200L);
    assertThat(notes(hub.all().getFirst())).hasSize(20);
  }

  private static List<String> notes(Alert alert) {
    return alert.timeline().stream()
        .filter(entry -> entry.what() == TimelineEntry.What.COMMENTED)
        .map(entry -> String.valueOf(entry.text()))
        .toList();
  }

  /** A gateway tells a flood once a minute. Here each letter is told, which is the worst case. */
  @Test
  void threeThousandInThreeSecondsAreOneAlertThatCountsThem() {
    for (int second = 0; second < 3; second++) {
      HubEvent[] each = new HubEvent[1_000];
      for (int i = 0; i < each.length; i++) {
        each[i] = said(NOBODYS, "linli-flood-" + second + "-" + i, 1);
      }
      hub.applyUnreadable(each);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause().key()).isEqualTo("unreadable-alarm");
              assertThat(alert.count()).isEqualTo(3_000);
              assertThat(alert.assignee())
                  .isEqualTo(new Actor.Person(TestCommunities.SAMPLE, "zhou"));
            });
  }

  @Test
  void opensAnewAfterSomebodyResolvedIt() {
    hub.applyUnreadable(said(NOBODYS, id(), 1));
    hub.alerts.resolve(
        hub.all().getFirst().id(),
        Author.of(new Actor.Person(TestCommunities.SAMPLE, "zhou")),
        Channel.CONSOLE,
        null);
    hub.applyUnreadable(said(NOBODYS, id(), 3));

    List<Alert> all = hub.all();
    assertThat(all)
        .extracting(Alert::status)
        .containsExactly(AlertStatus.OPEN, AlertStatus.RESOLVED);
    assertThat(all.getFirst().count()).isEqualTo(3);
  }

  @Test
  void isOfTheDeviceThatIsRegistered() {
    hub.applyUnreadable(said(registered, id(), 1), said(NOBODYS, id(), 1));
    assertThat(hub.all())
        .extracting(alert -> alert.cause().source().id())
        .containsExactlyInAnyOrder(registered, NOBODYS);
  }

  @Test
  void believesTheGatewayOnly() {
    hub.applyUnreadable(said(registered, null, 1), said(registered, "mine-1", 1));
    hub.applyUnreadable(said(registered, id(), Long.MIN_VALUE));
    assertThat(hub.all()).singleElement().extracting(Alert::count).isEqualTo(1L);
  }
}

package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.UplinkProperties;
import org.linli.hub.SteppingClock;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.gateway.GatewayThreadFailed;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.gateway.TakenOverAgain;
import org.linli.hub.intake.BatchContradicted;
import org.linli.hub.intake.CountsDiffer;
import org.linli.hub.intake.ParticipantFailed;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.records.ClockJumped;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThreads;
import org.linli.rules.Severity;

class GatewayAlertsTest {

  private static final GatewayId OTHER = new GatewayId("gateway-2");

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder,
            clock,
            TestCommunities.sample(),
            alert ->
                new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.SAMPLE, "zhou")));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void differ(GatewayId gateway, long gatewayTaken, long hubTaken) {
    hub.records
        .transactions()
        .executeWithoutResult(
            _ ->
                hub.gateways.differ(
                    new CountsDiffer(
                        gateway, 3, Lane.BULK, 41, gatewayTaken, hubTaken, clock.instant())));
  }

  private void contradict(GatewayId gateway) {
    hub.records
        .transactions()
        .executeWithoutResult(
            _ ->
                hub.gateways.contradicted(
                    new BatchContradicted(gateway, 3, Lane.URGENT, 7, clock.instant())));
  }

  @Test
  void opensOneAlertThatNamesBothCountsAndBringsSomebody() {
    differ(AlertRig.GATEWAY, 1203, 1199);

    assertThat(hub.all()).hasSize(1);
    Alert alert = hub.all().getFirst();
    assertThat(alert.cause().source())
        .isEqualTo(new AlertSource.OfGateway(TestCommunities.SAMPLE, AlertRig.GATEWAY));
    assertThat(alert.cause().severity()).isEqualTo(Severity.MAJOR);
    assertThat(alert.cause().title())
        .isEqualTo(
            new BilingualName(
                "网关与平台计数不符：gateway-1（网关 1,203，平台 1,199）",
                "Counts of gateway and hub differ: gateway-1 (gateway 1,203, hub 1,199)"));
    assertThat(alert.timeline())
        .extracting(TimelineEntry::what)
        .containsExactly(What.OPENED, What.ASSIGNED);
    assertThat(alert.timeline().getFirst().text()).contains("1203", "1199", "sequence 41");
    assertThat(hub.told).containsExactly(alert);
  }

  @Test
  void countsWhatIsNoticedAgainUntilAPersonClosesIt() {
    differ(AlertRig.GATEWAY, 12, 11);
    differ(AlertRig.GATEWAY, 15, 13);
    differ(OTHER, 2, 1);
    assertThat(hub.all()).hasSize(2);
    Alert first = hub.all().getLast();
    assertThat(first.count()).isEqualTo(2);

    hub.alerts.resolve(
        first.id(),
        Author.of(new Actor.Person(TestCommunities.SAMPLE, "wang")),
        Channel.CONSOLE,
        "disk replaced");
    differ(AlertRig.GATEWAY, 19, 16);
    assertThat(hub.all()).as("the next one is a new alert").hasSize(3);
  }

  @Test
  void opensAnotherForAnotherHistoryAndFindsBothByTheirKind() {
    contradict(AlertRig.GATEWAY);
    contradict(AlertRig.GATEWAY);
    differ(AlertRig.GATEWAY, 12, 11);
    hub.apply(hub.event("door-1", Kind.ACCESS, "door.forced"));

    assertThat(
            hub.alerts
                .list(new AlertQuery(null, Set.of(), Set.of(), null, AlertSource.GATEWAY, null, 9))
                .items())
        .extracting(alert -> alert.cause().key() + " " + alert.count())
        .containsExactly("gateway.counts-differ 1", "gateway.history-differs 2");
  }

  private void fail(GatewayId gateway, String participant, long events) {
    hub.records
        .transactions()
        .executeWithoutResult(
            _ ->
                hub.gateways.failed(
                    new ParticipantFailed(
                        participant,
                        gateway,
                        events,
                        new DeviceId("door-1"),
                        "~gateway-1~1~door-1~7",
                        "java.lang.ArithmeticException: / by zero",
                        clock.instant())));
  }

  @Test
  void opensOneForEachPartOfTheHubThatFailsAndCountsTheEvents() {
    fail(AlertRig.GATEWAY, "alerts", 1);
    fail(AlertRig.GATEWAY, "alerts", 4);
    fail(AlertRig.GATEWAY, "device-status", 2);
    fail(OTHER, "alerts", 3);

    assertThat(hub.all())
        .extracting(
            alert -> alert.cause().gateway() + " " + alert.cause().key() + " " + alert.count())
        .containsExactly(
            "gateway-2 gateway.participant-failed/alerts 3",
            "gateway-1 gateway.participant-failed/device-status 2",
            "gateway-1 gateway.participant-failed/alerts 5");
    Alert first = hub.all().getLast();
    assertThat(first.cause().title())
        .isEqualTo(
            new BilingualName(
                "平台处理事件出错：gateway-1（告警，首个设备 door-1）",
                "Hub cannot use events: gateway-1 (alerts, first of door-1)"));
    assertThat(first.timeline())
        .extracting(TimelineEntry::what)
        .containsExactly(What.OPENED, What.ASSIGNED);
    assertThat(first.timeline().getFirst().text())
        .contains("alerts failed with 1 events", "~gateway-1~1~door-1~7", "/ by zero");
  }

  @Test
  void letsAGatewayComeOnlineWhereNoAlertCanBeOpened() {
    hub.records.client().sql("DROP TABLE alert_timeline").update();

    hub.shared.shared(new IdentityShared(AlertRig.GATEWAY, "a", "b", clock.instant()));
    hub.shared.look();

    assertThat(hub.records.client().sql("SELECT COUNT(*) FROM alert").query(Integer.class).single())
        .isZero();
  }

  @Test
  void opensForAnIdentityThatIsSharedWithoutATransactionOfTheCaller() {
    hub.shared.shared(new IdentityShared(AlertRig.GATEWAY, "a", "b", clock.instant()));
    hub.shared.shared(new IdentityShared(AlertRig.GATEWAY, "b", "a", clock.instant()));

    hub.shared.takenOver(
        new TakenOverAgain(
            AlertRig.GATEWAY, "192.0.2.7", 6, Duration.ofMinutes(5), clock.instant()));
    hub.shared.look();

    assertThat(hub.all())
        .extracting(alert -> alert.cause().title().zh() + " " + alert.count())
        .containsExactly("两个网关使用同一身份：gateway-1（两个程序交替连接） 3");
  }

  private void takeOver(int times) {
    for (int i = 0; i < times; i++) {
      hub.shared.takenOver(
          new TakenOverAgain(
              AlertRig.GATEWAY, "192.0.2.7", 6, Duration.ofMinutes(5), clock.instant()));
    }
  }

  @Test
  void writesAnIdentityThatIsSharedOnceAMinuteHoweverOftenItIsNoticed() {
    takeOver(100);
    hub.shared.look();
    takeOver(50);
    hub.shared.look();
    assertThat(hub.told).extracting(Alert::count).containsExactly(100L);

    clock.advance(SharedIdentities.EVERY);
    hub.shared.look();
    clock.advance(SharedIdentities.EVERY);
    hub.shared.look();

    assertThat(hub.told).extracting(Alert::count).containsExactly(100L, 150L);
  }

  @Test
  void writesWhatWasNoticedOnceTheRecordsTakeIt() {
    hub.records.client().sql("ALTER TABLE alert_timeline RENAME TO away").update();
    takeOver(3);
    hub.shared.look();
    hub.records.client().sql("ALTER TABLE away RENAME TO alert_timeline").update();
    takeOver(2);
    clock.advance(SharedIdentities.EVERY);
    hub.shared.look();

    assertThat(hub.all()).extracting(Alert::count).containsExactly(5L);
  }

  @Test
  void keepsWhateverACauseIsMadeOf() {
    String half = "\ud83d".repeat(2_000);
    hub.gateways.failed(
        new GatewayThreadFailed(
            AlertRig.GATEWAY, "uplink", half, clock.instant(), clock.instant()));

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.cause().values())
                    .isEqualTo(new Particulars().with("cause", "?".repeat(1_024)).values()));
  }

  @Test
  void isThereAgainAfterARestart() {
    contradict(AlertRig.GATEWAY);
    Alert before = hub.all().getFirst();
    stop();
    start();

    contradict(AlertRig.GATEWAY);
    assertThat(hub.all()).hasSize(1);
    assertThat(hub.all().getFirst().id()).isEqualTo(before.id());
    assertThat(hub.all().getFirst().cause()).isEqualTo(before.cause());
  }

  @Test
  void opensAnAlertOfTheHubForEachOfItsThreadsThatFails() {
    LivingThreads threads = new LivingThreads(clock);
    ThreadAlerts alerts = new ThreadAlerts(hub.gateways, threads, clock);
    Guard journal = threads.guard("journal");
    journal.failed(new NoClassDefFoundError("org/linli/Gone"));
    threads.guard("refeed").failed(new StackOverflowError());
    threads.guard("gateway-gateway-1", "gateway-1").failed(new AssertionError("odd"));

    alerts.look();
    alerts.look();
    journal.failed(new NoClassDefFoundError("org/linli/Gone"));
    alerts.look();

    assertThat(hub.all())
        .extracting(
            alert -> alert.cause().source().id(),
            alert -> alert.cause().title().zh(),
            alert -> alert.cause().title().en(),
            Alert::count)
        .containsExactlyInAnyOrder(
            tuple("hub", "平台后台任务出错（journal）", "A task of the hub failed (journal)", 2L),
            tuple("hub", "平台后台任务出错（refeed）", "A task of the hub failed (refeed)", 1L),
            tuple(
                "gateway-1",
                "平台处理网关数据出错：gateway-1（gateway-gateway-1）",
                "The hub failed at a gateway's data: gateway-1 (gateway-gateway-1)",
                1L));
    assertThat(threads.untold()).isEmpty();
  }

  @Test
  void opensOneAlertForAFailureThatAGatewayTellsAgainAndAgain() {
    GatewayThreadFailed told =
        new GatewayThreadFailed(
            AlertRig.GATEWAY,
            "uplink",
            "java.lang.StackOverflowError",
            clock.instant(),
            clock.instant());
    hub.gateways.failed(told);
    hub.gateways.failed(told);

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.count()).isEqualTo(1);
              assertThat(alert.cause().source())
                  .isEqualTo(new AlertSource.OfGateway(TestCommunities.SAMPLE, AlertRig.GATEWAY));
              assertThat(alert.cause().title().zh()).isEqualTo("网关后台任务出错：gateway-1（uplink）");
              assertThat(alert.timeline().getFirst().text())
                  .contains("uplink", "java.lang.StackOverflowError");
            });
  }

  @Test
  void opensOneAlertForDevicesThatAGatewayForgets() {
    GatewayThreadFailed told =
        new GatewayThreadFailed(
            AlertRig.GATEWAY,
            UplinkProperties.DEVICES_FORGOTTEN,
            "",
            clock.instant(),
            clock.instant());
    hub.gateways.failed(told);
    hub.gateways.failed(told);

    assertThat(hub.all())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.count()).isEqualTo(1);
              assertThat(alert.cause().type().value()).isEqualTo("gateway.devices-forgotten");
              assertThat(alert.cause().title().zh()).isEqualTo("网关不再记住部分未登记设备：gateway-1（未登记设备过多）");
              assertThat(alert.timeline().getFirst().text()).contains("nobody registered");
            });
  }

  @Test
  void saysThatTheClockOfTheHubJumped() {
    Instant before = Instant.parse("2026-11-23T12:00:00Z");
    hub.gateways.jumped(new ClockJumped(before, before.plus(Duration.ofDays(400))));

    Alert alert = hub.all().getFirst();
    assertThat(alert.cause().source()).isEqualTo(new AlertSource.OfHub());
    assertThat(alert.cause().title().zh()).isEqualTo("平台时钟跳变（应为 2026-11-23 20:00）");
    assertThat(alert.timeline().getFirst().text())
        .startsWith("The hub's clock shows 2027-12-28 20:00 where 2026-11-23 20:00 was expected.");
    assertThat(alert.cause().values())
        .isEqualTo(
            new Particulars()
                .with("shows-at", Instant.parse("2027-12-28T12:00:00Z"))
                .with("expected-at", before)
                .values());
  }
}

package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.profile.UnregisteredDevice;
import org.linli.edge.registry.Registry;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Values;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.program.thread.Failure;
import org.linli.program.thread.LivingThreads;

class UplinkTest {

  @TempDir Path folder;

  private final FakeHub hub = new FakeHub();
  private TestOutbox box;
  private SqliteOutbox outbox;
  private Registry registry;
  private Uplink uplink;

  private final LivingThreads threads = new LivingThreads(Clock.systemUTC());

  @BeforeEach
  void open() {
    hub.open();
    box = new TestOutbox(folder);
    outbox = box.outbox();
    registry = new Registry(new AgentSettings(folder, TestOutbox.GATEWAY));
    uplink = uplink(Map.of());
  }

  private Uplink uplink(Map<String, String> settings) {
    return uplink(settings, Clock.systemUTC());
  }

  private Uplink uplink(Map<String, String> settings, Clock clock) {
    return new Uplink(
        outbox,
        outbox,
        hub.address(),
        new AgentSettings(folder, TestOutbox.GATEWAY),
        TestSettings.quick(settings),
        registry,
        Optional::empty,
        Optional.empty(),
        clock,
        threads);
  }

  @AfterEach
  void close() {
    uplink.stop();
    box.close();
    hub.close();
  }

  @Test
  void bringsEverythingInOrderOnce() throws Exception {
    List<String> ids = box.takeBulk(1, 120);
    uplink.start();
    ids.addAll(box.takeBulk(121, 150));

    box.awaitEmpty();
    assertThat(hub.applied()).isEqualTo(ids);
    assertThat(hub.statuses()).containsExactly("online");
    assertThat(hub.sentAt())
        .as("one with each batch, and one with the status")
        .hasSize(hub.heard().size() + 1);
    assertThat(uplink.state().link()).isEqualTo(UplinkState.HubLink.CONNECTED);
    assertThat(uplink.state().lastReceiptAt()).isNotNull();
  }

  @Test
  void saysBehindEachBatchHowManyOfItsLaneStillWait() throws Exception {
    box.takeBulk(1, 120);
    uplink.start();

    box.awaitEmpty();
    assertThat(hub.heard().size()).isGreaterThan(1);
    assertThat(hub.waitingBehind())
        .as("each row here is one event")
        .isEqualTo(hub.heard().stream().map(batch -> 120 - batch.last()).toList());
  }

  @Test
  void saysWithEverythingHowManyDeadLettersThereAre() throws Exception {
    box.refuse(RefusalReason.TOO_LARGE);
    box.refuse(RefusalReason.NOT_JSON);
    uplink.start();
    box.takeBulk(1, 1);
    box.awaitEmpty();
    box.refuse(RefusalReason.NOT_CBOR);
    box.takeBulk(2, 2);
    box.awaitEmpty();

    long noon = TestOutbox.NOON.toEpochMilli();
    assertThat(hub.deadLetters())
        .as("beside the status and the batches")
        .startsWith(
            List.of(
                "dead-letters=2",
                "dead-letters-in-all=2",
                "dead-letter-newest=" + noon,
                "dead-letter-newest-reason=not-json"))
        .endsWith(
            List.of(
                "dead-letters=3",
                "dead-letters-in-all=3",
                "dead-letter-newest=" + noon,
                "dead-letter-newest-reason=not-cbor"));
  }

  @Test
  void saysWhichOfItsThreadsFailedLast() throws Exception {
    threads.guard("mappings").failed(new NoClassDefFoundError("org/linli/Gone"));
    Failure failure = threads.untold().getFirst();
    uplink.start();
    box.takeBulk(1, 1);
    box.awaitEmpty();

    assertThat(hub.failures())
        .isNotEmpty()
        .containsOnly(
            failure.at().toEpochMilli()
                + " mappings java.lang.NoClassDefFoundError: org/linli/Gone");
  }

  @Test
  void goesOnAfterAnErrorThatNobodyExpected() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    Uplink stumbling =
        uplink(
            Map.of(),
            new Clock() {
              private final Clock system = Clock.systemUTC();

              @Override
              public ZoneId getZone() {
                return system.getZone();
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return system.withZone(zone);
              }

              @Override
              public Instant instant() {
                if (broken.get() && Thread.currentThread().getName().equals("uplink")) {
                  throw new StackOverflowError("as the test wants it");
                }
                return system.instant();
              }
            });
    stumbling.start();
    try {
      await().until(() -> !threads.untold().isEmpty());
      broken.set(false);
      box.takeBulk(1, 3);
      box.awaitEmpty();
      assertThat(threads.untold().getFirst().thread()).isEqualTo("uplink");
    } finally {
      broken.set(false);
      stumbling.stop();
    }
  }

  @Test
  void saysThatThereAreNoDeadLetters() throws Exception {
    uplink.start();
    box.takeBulk(1, 1);
    box.awaitEmpty();
    assertThat(hub.deadLetters()).containsOnly(List.of("dead-letters=0", "dead-letters-in-all=0"));
  }

  @Test
  void reportsWhichRegistryItGoesByAndWhoIsNotInItOnceTheHubHasSpoken() throws Exception {
    registry.met(
        new UnregisteredDevice(
            "zigbee2mqtt",
            "cellar/leak",
            KindFrom.PROFILE,
            new DeviceEvent(
                new DeviceId("cellar:leak"),
                Kind.ENVIRONMENT,
                EventType.MEASUREMENT,
                null,
                TestOutbox.NOON,
                null,
                TestOutbox.NOON,
                Values.NONE)));
    uplink.start();
    box.takeBulk(1, 1);
    box.awaitEmpty();
    assertThat(hub.reports()).as("an older hub would close the connection").isEmpty();

    RegistryContent content = RegistryContent.EMPTY;
    GatewayRegistry told =
        new GatewayRegistry(
            TestOutbox.GATEWAY,
            new RegistryVersion(1, 7, GatewayRegistryCodec.digest(content)),
            content);
    hub.tell(GatewayRegistryCodec.encode(told));
    hub.tell(new byte[] {1, 2, 3});

    await().until(() -> hub.reports().size() == 2);
    EquipmentReport first = hub.reports().getFirst();
    assertThat(first.holds()).isEqualTo(told.version());
    assertThat(first.problem()).isNull();
    assertThat(first.unregistered())
        .extracting(UnregisteredEquipment::address)
        .containsExactly("cellar/leak");
    assertThat(hub.reports().getLast().holds()).isEqualTo(told.version());
    assertThat(hub.reports().getLast().problem()).contains("version 1.7 stays in use");
    box.takeBulk(2, 3);
    box.awaitEmpty();
  }

  @Test
  void keepsWhatIsSentUntilTheHubSaysThatItHasIt() throws Exception {
    hub.hold();
    uplink.start();
    box.takeBulk(1, 3);

    await().until(() -> !hub.heard().isEmpty());
    await().during(Duration.ofMillis(200)).until(() -> outbox.ledger().queued() == 3);

    hub.release();
    box.awaitEmpty();
  }

  @Test
  void sendsAgainWhatWasNotReceiptedAndTheHubAppliesItOnce() throws Exception {
    hub.loseReceipts(2);
    uplink.start();
    List<String> ids = box.takeBulk(1, 2);

    box.awaitEmpty();
    assertThat(hub.applied()).isEqualTo(ids);
    assertThat(hub.heard().size()).isGreaterThan(2);
  }

  @Test
  void goesOnWhereItWasWhenTheHubComesBack() throws Exception {
    uplink.start();
    List<String> ids = box.takeBulk(1, 5);
    box.awaitEmpty();

    hub.goAway();
    await().until(() -> uplink.state().link() == UplinkState.HubLink.AWAY);
    ids.addAll(box.takeBulk(6, 10));
    assertThat(outbox.ledger().queued()).isEqualTo(5);

    hub.open();
    box.awaitEmpty();
    assertThat(hub.applied()).isEqualTo(ids);
    assertThat(outbox.epoch()).isEqualTo(1);
  }

  @Test
  void saysWhatToDoWhenAnotherAgentTookOverAndComesBackByItself() throws Exception {
    uplink.start();
    await().until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);
    int attempts = hub.attempts();

    hub.takeOver();
    await().until(() -> hub.attempts() > attempts);
    List<String> ids = box.takeBulk(1, 2);
    box.awaitEmpty();
    assertThat(hub.applied()).isEqualTo(ids);
    assertThat(uplink.state().problem()).contains("gateway-1", "LINLI_GATEWAY_ID");
    assertThat(new UplinkHealth(uplink).health().getStatus().getCode()).isEqualTo("DOWN");
    assertThat(hub.instances()).as("one run, one name").hasSize(1);
  }

  @Test
  void goesBackToWhatTheHubExpects() throws Exception {
    hub.hold();
    uplink.start();
    box.takeBulk(1, 2);
    await().until(() -> !hub.heard().isEmpty());
    hub.say(new Receipt.Expected(1, Lane.BULK, 1));
    await().until(() -> hub.heard().stream().filter(batch -> batch.first() == 1).count() >= 2);

    hub.release();
    box.awaitEmpty();
    assertThat(hub.applied()).containsExactly("b1", "b2");
  }

  @Test
  void haltsARejectedLaneKeepsItsEventsAndLetsTheOtherGoOn() throws Exception {
    hub.reject(Optional.of(Lane.BULK));
    uplink.start();
    box.takeBulk(1, 2);
    box.take(TestOutbox.FORCED, "u1");

    await().until(() -> hub.applied().equals(List.of("u1")));
    await().untilAsserted(() -> assertThat(uplink.state().problem()).contains("bulk lane"));
    assertThat(new UplinkHealth(uplink).health().getStatus().getCode()).isEqualTo("DOWN");
    assertThat(laneQueue(Lane.BULK)).isEqualTo(2);

    hub.reject(Optional.empty());
    box.awaitEmpty();
    assertThat(hub.applied()).containsExactly("u1", "b1", "b2");
    await().untilAsserted(() -> assertThat(uplink.state().problem()).isNull());
  }

  private long laneQueue(Lane lane) {
    return Optional.ofNullable(outbox.ledger().lanes().get(lane))
        .map(Ledger.LaneFigures::queued)
        .orElseThrow();
  }

  @Test
  void saysWhatToDoWhenTheHubDoesNotKnowIt() throws Exception {
    hub.refuse(true);
    uplink.start();
    await().until(() -> hub.attempts() >= 2);
    assertThat(uplink.state().problem()).contains("gateway-1").contains("community file");

    hub.refuse(false);
    List<String> ids = box.takeBulk(1, 1);
    box.awaitEmpty();
    assertThat(hub.applied()).isEqualTo(ids);
  }

  @Test
  void letsAnUrgentEventWaitForOneBulkBatchAtMost() throws Exception {
    uplink = uplink(Map.of("linli.uplink.in-flight", "1"));
    box.takeBulk(1, 300);
    hub.hold();
    uplink.start();
    await().until(() -> !hub.heard().isEmpty());
    box.take(TestOutbox.FORCED, "u1");
    hub.release();

    box.awaitEmpty();
    assertThat(hub.heard().stream().map(Batch::lane).limit(3))
        .containsExactly(Lane.BULK, Lane.URGENT, Lane.BULK);
  }

  @Test
  void givesUpAConnectionOverWhichNothingIsAcknowledged() throws Exception {
    uplink.start();
    await().until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);
    int attempts = hub.attempts();
    hub.acknowledge(false);
    box.takeBulk(1, 1);
    await().until(() -> hub.attempts() > attempts);

    hub.acknowledge(true);
    box.awaitEmpty();
    assertThat(hub.applied()).containsExactly("b1");
  }

  @Test
  void saysGoodbye() {
    uplink.start();
    await().until(() -> uplink.state().link() == UplinkState.HubLink.CONNECTED);
    uplink.stop();

    assertThat(hub.statuses()).containsExactly("online", "offline");
    assertThat(uplink.isRunning()).isFalse();
  }
}

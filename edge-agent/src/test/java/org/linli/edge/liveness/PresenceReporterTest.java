package org.linli.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.FutureReply;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;

/** With a real outbox and a clock that the test moves. */
class PresenceReporterTest {

  private static final Instant NOW = Instant.parse("2026-11-23T05:16:00Z");
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long OTHER_DOOR = 0;

  @TempDir private Path folder;
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicBoolean diskRefuses = new AtomicBoolean();
  private SqliteOutbox outbox;
  private PresenceReporter presence;

  @BeforeEach
  void open() {
    outbox =
        SqliteOutbox.open(
            folder,
            new GatewayId("gateway-1"),
            OutboxSettings.DEFAULTS,
            InstantSource.fixed(NOW),
            new LivingThreads(InstantSource.system()),
            () -> {
              if (diskRefuses.get()) {
                throw new IllegalStateException("the disk refuses");
              }
            });
    presence =
        new PresenceReporter(
            new LivenessSettings(3),
            new PresenceSettings(GRACE),
            outbox::offer,
            outbox.saidOffline(),
            InstantSource.fixed(NOW),
            nanoTime::get);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void saysOfflineOnceTheGraceIsOverAndOnlineBeforeWhatTheDeviceSaysNext() {
    speak("door-1", 1);
    presence.broken(1, "reset");
    pass(GRACE.minusNanos(1));
    assertThat(said()).containsExactly("door-1 door.opened");
    pass(Duration.ofNanos(1));
    assertThat(said()).containsExactly("door-1 door.opened", "door-1 device.offline");

    speak("door-1", 2);
    assertThat(said())
        .containsExactly(
            "door-1 door.opened",
            "door-1 device.offline",
            "door-1 device.online",
            "door-1 door.opened");
    DeviceEvent offline = events().get(1);
    assertThat(offline.values()).isEqualTo(new Values(Map.of("why", text("reset"))));
    assertThat(offline.time()).isEqualTo(NOW);
    assertThat(List.of(offline, events().get(2)))
        .allSatisfy(made -> assertThat(made.givenId().orElseThrow().value()).startsWith("linli-"));
    assertThat(outbox.ledger().balances()).isTrue();
    assertThat(outbox.ledger().taken()).isEqualTo(4);
  }

  @Test
  void aDeviceWhoseConnectionsBreakAgainAndAgainIsDoubtedOnce() {
    for (int connection = 1; connection <= 1_000; connection++) {
      speak("door-1", connection);
      presence.broken(connection, "reset");
      speak("door-" + connection, connection);
      presence.broken(connection, "reset");
    }
    assertThat(presence.doubts()).isLessThanOrEqualTo(3);
  }

  @Test
  void saysNothingOfADeviceThatIsHeardAgainInTimeOverWhateverDoor() {
    speak("door-1", 1);
    speak("door-2", 1);
    presence.broken(1, "keep-alive");
    speak("door-1", 2);
    speak("door-2", OTHER_DOOR);
    pass(GRACE);
    assertThat(said()).noneMatch(line -> line.contains("device."));
  }

  @Test
  void saysNothingWhenAnOldConnectionEndsAfterTheDeviceSpokeOverANewerOne() {
    speak("door-1", 1);
    speak("door-1", 2);
    presence.broken(1, "taken-over");
    pass(GRACE.multipliedBy(2));
    assertThat(said()).noneMatch(line -> line.contains("device."));
    presence.broken(2, "reset");
    pass(GRACE);
    assertThat(said()).endsWith("door-1 device.offline").hasSize(3);
  }

  @Test
  void saysNothingOfOthersThanThoseThatSpokeOverTheConnection() {
    speak("door-1", 1);
    speak("door-2", 2);
    speak("door-3", OTHER_DOOR);
    presence.broken(1, "reset");
    pass(GRACE);
    assertThat(said()).filteredOn(line -> line.contains("device.")).hasSize(1);
  }

  @Test
  void takesAWillForNoSignOfLife() {
    speak("door-1", 1);
    presence.broken(1, "reset");
    speak("door-1", Origin.WILL);
    pass(GRACE);
    assertThat(said()).endsWith("door-1 device.offline");
  }

  @Test
  void saysOfflineNeverTwiceInARow() {
    speak("door-1", 1);
    presence.broken(1, "reset");
    pass(GRACE);
    presence.broken(1, "reset");
    pass(GRACE);
    pass(GRACE);
    assertThat(said()).containsExactly("door-1 door.opened", "door-1 device.offline");
  }

  @Test
  void remembersAcrossARestartWhatItSaid() {
    speak("door-1", 1);
    presence.broken(1, "reset");
    pass(GRACE);
    outbox.close();
    open();
    speak("door-1", 1);
    presence.broken(1, "reset");
    pass(GRACE);
    assertThat(said())
        .containsExactly(
            "door-1 door.opened",
            "door-1 device.offline",
            "door-1 device.online",
            "door-1 door.opened",
            "door-1 device.offline");
  }

  @Test
  void saysItOnceTheDiskTakesItAgainAndThenWhatIsTrueByThen() {
    speak("door-1", 1);
    presence.broken(1, "reset");
    diskRefuses.set(true);
    pass(GRACE);
    FutureReply refused = new FutureReply();
    Interpreted understood = understood("door-1", Origin.over(2, false), refused);
    List<Interpreted> offered = presence.heard(understood);
    offered.subList(0, offered.size() - 1).forEach(outbox::offer);
    diskRefuses.set(false);
    await()
        .untilAsserted(
            () -> {
              presence.tick();
              assertThat(said())
                  .containsExactly(
                      "door-1 door.opened", "door-1 device.offline", "door-1 device.online");
            });
  }

  @Test
  void leavesWhatFollowsAStatementToTheNextTick() {
    List<Interpreted> offered = new ArrayList<>();
    PresenceReporter reporter =
        new PresenceReporter(
            new LivenessSettings(3),
            new PresenceSettings(GRACE),
            offered::add,
            outbox.saidOffline(),
            InstantSource.fixed(NOW),
            nanoTime::get);
    reporter.heard(understood("door-1", Origin.over(1, false), new FutureReply()));
    reporter.broken(1, "reset");
    nanoTime.addAndGet(GRACE.toNanos());
    reporter.tick();
    Interpreted heard = understood("door-1", Origin.over(2, false), new FutureReply());
    assertThat(reporter.heard(heard)).containsExactly(heard);

    offered.getFirst().message().reply().taken();

    assertThat(offered).as("offered while the outbox answers").hasSize(1);
    reporter.tick();
    assertThat(offered)
        .extracting(it -> ((Interpreted.Understood) it).events().getFirst().type().value())
        .containsExactly("device.offline", "device.online");
  }

  @Test
  void forgetsTheLongestSilentBeyondItsLimit() {
    for (int door = 1; door <= 4; door++) {
      speak("door-" + door, 1);
    }
    presence.broken(1, "reset");
    pass(GRACE);
    assertThat(said())
        .filteredOn(line -> line.contains("device."))
        .containsExactlyInAnyOrder(
            "door-2 device.offline", "door-3 device.offline", "door-4 device.offline");
  }

  private void speak(String device, long connection) {
    speak(device, Origin.over(connection, false));
  }

  private void speak(String device, Origin origin) {
    FutureReply reply = new FutureReply();
    Interpreted understood = understood(device, origin, reply);
    presence.heard(understood).forEach(outbox::offer);
    assertThat(reply.await()).isEqualTo("taken");
  }

  private static Interpreted understood(String device, Origin origin, FutureReply reply) {
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device),
            Kind.ACCESS,
            new EventType("door.opened"),
            null,
            NOW,
            null,
            NOW,
            Values.NONE);
    return new Interpreted.Understood(
        new Message(
                "mqtt://x",
                new Address.Device(Address.Format.LINLI_JSON, "access", device),
                new byte[9],
                NOW,
                reply)
            .with(origin, null),
        List.of(event));
  }

  /** Lets time pass, and what is due be said and committed. */
  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
    presence.tick();
    // One writer in the order of offering: once this is refused, what was offered before is done.
    FutureReply marker = new FutureReply();
    outbox.offer(
        new Interpreted.Refused(
            understood("marker", Origin.NO_CONNECTION, marker).message(),
            new Refusal(RefusalReason.NOT_JSON, "marker")));
    marker.await();
  }

  private List<String> said() {
    return events().stream().map(event -> event.device() + " " + event.type()).toList();
  }

  private List<DeviceEvent> events() {
    List<DeviceEvent> events = new ArrayList<>();
    Optional<Batch> next = outbox.next(Lane.BULK, 0, Batch.MAX_EVENTS);
    while (next.isPresent()) {
      next.get().events().stream().map(TakenEvent::event).forEach(events::add);
      next = outbox.next(Lane.BULK, next.get().last(), Batch.MAX_EVENTS);
    }
    return events;
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }
}

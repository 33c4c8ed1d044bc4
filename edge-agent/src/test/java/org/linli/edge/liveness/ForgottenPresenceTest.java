package org.linli.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
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
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/** What the gateway says of devices while its disk takes no new ones, or nothing. */
class ForgottenPresenceTest {

  private static final Instant NOW = Instant.parse("2026-11-23T05:16:00Z");
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final OutboxSettings SETTINGS =
      new OutboxSettings(
          10_000,
          DataSize.ofMegabytes(1),
          256,
          Duration.ofHours(24),
          1_000,
          DataSize.ofMegabytes(22),
          Duration.ofDays(30),
          DataSize.ofKilobytes(64));
  private static final int REMEMBERED = SETTINGS.rememberedUnregistered();
  private static final int INVENTED = 50;

  @TempDir private Path folder;
  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicInteger offers = new AtomicInteger();
  private SqliteOutbox outbox;
  private PresenceReporter presence;

  @BeforeEach
  void open() {
    outbox =
        SqliteOutbox.open(
            folder,
            new GatewayId("gateway-1"),
            SETTINGS,
            InstantSource.fixed(NOW),
            new LivingThreads(InstantSource.system()),
            () -> {});
    presence =
        new PresenceReporter(
            new LivenessSettings(5_000),
            new PresenceSettings(GRACE),
            said -> {
              offers.incrementAndGet();
              outbox.offer(said);
            },
            outbox.saidOffline(),
            InstantSource.fixed(NOW),
            nanoTime::get);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void nothingIsSaidOfDevicesThatTheOutboxDoesNotRemember() {
    assertThat(offer(devices("known-", REMEMBERED))).isEqualTo("taken");
    speak("known-1", "taken");
    for (int i = 0; i < INVENTED; i++) {
      speak("invented-" + i, "unavailable");
    }
    presence.broken(1, "turned-away");
    nanoTime.addAndGet(GRACE.toNanos());
    tick();
    assertThat(offers).hasValue(INVENTED + 1);
    for (int second = 0; second < 60; second++) {
      tick();
    }

    assertThat(offers).as("nothing is left to be said").hasValue(INVENTED + 1);
    assertThat(
            outbox.next(Lane.BULK, 0, 5_000).orElseThrow().events().stream()
                .map(TakenEvent::event)
                .filter(event -> event.type().value().equals("device.offline"))
                .map(event -> event.device().value()))
        .containsExactly("known-1");
  }

  @Test
  void whatTheDiskDoesNotTakeIsTriedAgainAfterLongerAndLongerPauses() {
    speak("door-1", "taken");
    presence.broken(1, "reset");
    outbox.close();
    nanoTime.addAndGet(GRACE.toNanos());
    for (int halfSecond = 0; halfSecond < 1_000; halfSecond++) {
      presence.tick();
    }
    assertThat(offers.get()).isBetween(10, 30);
  }

  private void tick() {
    presence.tick();
    // One writer in the order of offering: once this is answered, what was offered before is too.
    FutureReply marker = new FutureReply();
    outbox.offer(
        new Interpreted.Refused(
            message("marker", marker), new Refusal(RefusalReason.NOT_JSON, "marker")));
    marker.await();
  }

  private static List<DeviceEvent> devices(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> event(prefix + i)).toList();
  }

  private String offer(List<DeviceEvent> events) {
    FutureReply reply = new FutureReply();
    outbox.offer(new Interpreted.Understood(message("many", reply), events));
    return reply.await();
  }

  private void speak(String device, String answer) {
    FutureReply reply = new FutureReply();
    Interpreted said = new Interpreted.Understood(message(device, reply), List.of(event(device)));
    List<Interpreted> offered = presence.heard(said);
    offers.addAndGet(offered.size() - 1);
    offered.forEach(outbox::offer);
    assertThat(reply.await()).isEqualTo(answer);
  }

  private static Message message(String device, FutureReply reply) {
    return new Message(
            "mqtt://x",
            new Address.Device(Address.Format.LINLI_JSON, "access", device),
            new byte[9],
            NOW,
            reply)
        .with(Origin.over(1, false), null);
  }

  private static DeviceEvent event(String device) {
    return new DeviceEvent(
        new DeviceId(device),
        Kind.ACCESS,
        new EventType("door.opened"),
        null,
        NOW,
        null,
        NOW,
        Values.NONE);
  }
}

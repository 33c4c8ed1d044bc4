package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;

/** A real outbox of gateway-1, into which a test puts events of a door. */
final class TestOutbox implements AutoCloseable {

  static final GatewayId GATEWAY = new GatewayId("gateway-1");

  /** Travels urgent. */
  static final EventType FORCED = new EventType("door.forced");

  /** Travels in bulk. */
  static final EventType OPENED = new EventType("door.opened");

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final int NOISE_BYTES = 75;

  private final Random random = new Random(7);
  private final SqliteOutbox outbox;

  TestOutbox(Path folder) {
    outbox =
        SqliteOutbox.open(
            folder,
            GATEWAY,
            OutboxSettings.DEFAULTS,
            Clock.systemUTC(),
            new LivingThreads(InstantSource.system()),
            CommitGate.OPEN);
  }

  SqliteOutbox outbox() {
    return outbox;
  }

  /** Takes one event and waits until it is on disk; each call makes one outbox row. */
  void take(EventType type, String id) throws Exception {
    take(List.of(event(type, new EventId(id), Values.NONE)));
  }

  /** Takes bulk events, named b and a number, each as one row. */
  List<String> takeBulk(int from, int to) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      ids.add("b" + i);
      take(OPENED, "b" + i);
    }
    return ids;
  }

  /** Until the hub has everything and the ledger says so. */
  void awaitEmpty() {
    await().atMost(Duration.ofSeconds(20)).until(() -> outbox.ledger().queued() == 0);
    assertThat(outbox.ledger()).satisfies(ledger -> assertThat(ledger.balances()).isTrue());
  }

  /** Takes events, each with some 100 bytes that cannot be compressed, as one row. */
  void takeNoise(EventType type, int events) throws Exception {
    List<DeviceEvent> many = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      byte[] noise = new byte[NOISE_BYTES];
      random.nextBytes(noise);
      String text = Base64.getEncoder().encodeToString(noise);
      many.add(event(type, null, new Values(Map.of("noise", new Value.Text(text)))));
    }
    take(many);
  }

  private static DeviceEvent event(EventType type, @Nullable EventId id, Values values) {
    return new DeviceEvent(new DeviceId("door-1"), Kind.ACCESS, type, id, NOON, null, NOON, values);
  }

  private void take(List<DeviceEvent> events) throws Exception {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Message message =
        new Message(
            "test://door-1",
            new Address.Device(Address.Format.LINLI_JSON, "access", "door-1"),
            new byte[0],
            NOON,
            new Answer(taken));
    outbox.offer(new Interpreted.Understood(message, events));
    assertThat(taken.get(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Takes a message that nobody can read and waits until it is on disk. */
  void refuse(RefusalReason reason) throws Exception {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Message message =
        new Message(
            "test://door-1",
            new Address.Device(Address.Format.LINLI_JSON, "access", "door-1"),
            new byte[] {'?'},
            NOON,
            new Answer(taken));
    outbox.offer(new Interpreted.Refused(message, new Refusal(reason, "a secret of the device")));
    assertThat(taken.get(10, TimeUnit.SECONDS)).isFalse();
  }

  private record Answer(CompletableFuture<Boolean> said) implements Reply {
    @Override
    public void taken() {
      said.complete(true);
    }

    @Override
    public void refused(Refusal refusal) {
      said.complete(false);
    }

    @Override
    public void unavailable(String why) {
      said.complete(false);
    }
  }

  @Override
  public void close() {
    outbox.close();
  }
}

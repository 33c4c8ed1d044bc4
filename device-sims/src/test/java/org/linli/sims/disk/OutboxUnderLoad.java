package org.linli.sims.disk;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/**
 * A process with the real outbox: it offers numbered events for ever, or until it is told to end,
 * while a hub within it takes batches and receipts them.
 *
 * <pre>
 *   taken ID                                      a device was told so
 *   away ID                                       it was told to come again
 *   batch EPOCH LANE FIRST LAST BEFORE DIGEST ID…  the hub has this, and the outbox is told so next
 *   empty BALANCES SHED                           nothing waits any more, and it ends
 * </pre>
 */
final class OutboxUnderLoad {

  static final GatewayId GATEWAY = new GatewayId("gateway-1");

  private static final int IN_FLIGHT = 40;
  private static final int EVENTS_IN_BATCH = 60;
  private static final int URGENT_EVERY = 5;
  private static final int DEVICES = 7;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** So that checkpoints come often, and with them writes to the file itself. */
  private static final OutboxSettings SETTINGS =
      new OutboxSettings(
          10_000,
          DataSize.ofKilobytes(512),
          256,
          Duration.ofHours(24),
          1_000,
          DataSize.ofMegabytes(64),
          Duration.ofDays(1),
          DataSize.ofKilobytes(256));

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final SqliteOutbox outbox;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final Map<Lane, Long> hubHas = new EnumMap<>(Lane.class);

  private OutboxUnderLoad(SqliteOutbox outbox) {
    this.outbox = outbox;
  }

  /**
   * @param arguments the data folder; a word that makes this run's ids its own, or "" to offer
   *     nothing and end when nothing waits; the sequences that the hub has of urgent and bulk
   */
  public static void main(String[] arguments) throws InterruptedException {
    OutboxUnderLoad load =
        new OutboxUnderLoad(
            SqliteOutbox.open(
                Path.of(arguments[0]),
                GATEWAY,
                SETTINGS,
                Clock.systemUTC(),
                new LivingThreads(InstantSource.system()),
                CommitGate.OPEN));
    load.hubHas.put(Lane.URGENT, Long.valueOf(arguments[2]));
    load.hubHas.put(Lane.BULK, Long.valueOf(arguments[3]));
    String run = arguments[1];
    Thread.ofPlatform().daemon().start(() -> load.beHub(!run.isEmpty()));
    if (!run.isEmpty()) {
      load.offerForEver(run);
    }
    load.inFlight.acquire(IN_FLIGHT + 1);
  }

  private void offerForEver(String run) {
    for (long number = 1; ; number++) {
      inFlight.acquireUninterruptibly();
      offer(run + "-" + number, number);
    }
  }

  private void offer(String id, long number) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    DeviceId device = new DeviceId("lift-" + number % DEVICES);
    DeviceEvent event =
        new DeviceEvent(
            device,
            Kind.ELEVATOR,
            new EventType(number % URGENT_EVERY == 0 ? "passenger.trapped" : "trip.completed"),
            new EventId(id),
            now,
            null,
            now,
            new Values(Map.of("text", new Value.Text("%09d".formatted(number).repeat(20)))));
    outbox.offer(
        new Interpreted.Understood(
            new Message(
                "mqtt://" + device,
                new Address.Device(Address.Format.LINLI_JSON, "elevator", device.value()),
                new byte[200],
                now,
                new Answer(id, number)),
            List.of(event)));
  }

  /** What a device does with its answer. */
  private final class Answer implements Reply {
    private final String id;
    private final long number;

    Answer(String id, long number) {
      this.id = id;
      this.number = number;
    }

    @Override
    public void taken() {
      out.println("taken " + id);
      inFlight.release();
    }

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError(refusal);
    }

    /** The device comes again a little later, with the same id. */
    @Override
    public void unavailable(String why) {
      out.println("away " + id);
      Thread.ofVirtual()
          .start(
              () -> {
                pause();
                offer(id, number);
              });
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beHub(boolean forEver) {
    while (!settled()) {
      pause();
    }
    while (true) {
      boolean took = false;
      for (Lane lane : Lane.values()) {
        took |= take(lane);
      }
      if (!took) {
        if (!forEver && outbox.ledger().queued() == 0) {
          out.println("empty " + outbox.ledger().balances() + " " + outbox.ledger().shed());
          Runtime.getRuntime().halt(0);
        }
        pause();
      }
    }
  }

  private boolean settled() {
    try {
      outbox.settle(hubHas);
      return true;
    } catch (OutboxUnavailableException e) {
      return false;
    }
  }

  private boolean take(Lane lane) {
    Optional<Batch> next;
    try {
      next = outbox.next(lane, hubHas.getOrDefault(lane, 0L), EVENTS_IN_BATCH);
    } catch (OutboxUnavailableException e) {
      return false;
    }
    if (next.isEmpty()) {
      return false;
    }
    Batch batch = next.get();
    out.println(
        "batch %d %s %d %d %s %s %s"
            .formatted(
                batch.epoch(),
                lane,
                batch.first(),
                batch.last(),
                batch.before(),
                batch.digest(),
                batch.events().stream()
                    .map(event -> event.traceId(GATEWAY, batch.epoch()))
                    .collect(Collectors.joining(" "))));
    hubHas.put(lane, batch.last());
    outbox.receipted(lane, batch.last());
    return true;
  }
}

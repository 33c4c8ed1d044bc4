package org.linli.sims.disk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.intake.SteppedHub;
import org.linli.hub.records.TestRecords;
import org.linli.program.thread.LivingThreads;

/**
 * A process with a hub's real records and its real history: one gateway gives it batches for ever,
 * and what was applied is carried into the history; or it is asked what it has.
 *
 * <pre>
 *   stands SEQUENCE    where the watermark is when it starts
 *   applied SEQUENCE   the gateway hears this, and deletes
 *   carried SEQUENCE   the journal has let everything up to here go
 *   has NUMBER         an event in the history, when it is asked
 *   shown              all of them
 * </pre>
 */
final class HubUnderLoad {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  static final int EVENTS_IN_BATCH = 5;
  private static final int BATCHES_BETWEEN_CARRYING = 7;
  private static final int DEVICES = 3;
  private static final int PAGE = 500;
  private static final Instant START = Instant.parse("2026-11-23T04:00:00Z");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final @Nullable QuestDbStore history;
  private final List<Long> kept = new ArrayList<>();
  private final SteppedHub hub;

  private HubUnderLoad(Path folder, boolean withHistory) {
    TestRecords records = new TestRecords(folder);
    history =
        withHistory
            ? QuestDbStore.open(
                folder.resolve("questdb"),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                new LivingThreads(Clock.systemUTC()))
            : null;
    hub =
        new SteppedHub(
            records,
            events -> {},
            history == null
                ? events -> events.forEach(event -> kept.add(event.taken().order()))
                : history::append,
            event -> {});
  }

  /**
   * @param arguments the data folder; whether there is a history, or all stays in the journal; the
   *     last event that must be there, when it is asked
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean withHistory = Boolean.parseBoolean(arguments[1]);
    HubUnderLoad load = new HubUnderLoad(Path.of(arguments[0]), withHistory);
    if (arguments.length == 2) {
      load.applyForEver(withHistory);
    } else {
      load.show(Long.parseLong(arguments[2]));
    }
    Runtime.getRuntime().halt(0);
  }

  private long stands() {
    return hub.statements(GATEWAY).stream()
        .filter(statement -> statement.lane() == Lane.BULK)
        .mapToLong(Receipt.Applied::sequence)
        .findFirst()
        .orElse(0);
  }

  private void applyForEver(boolean carries) {
    long sequence = stands();
    out.println("stands " + sequence);
    if (carries) {
      hub.carry();
    }
    while (true) {
      sequence++;
      hub.deliver(
          GATEWAY,
          Lane.BULK,
          List.of(BatchCodec.encode(batch(sequence))),
          Instant.now(),
          answer -> {
            if (answer instanceof Receipt.Applied applied) {
              out.println("applied " + applied.sequence());
            } else {
              throw new IllegalStateException(answer.toString());
            }
          });
      if (carries && sequence % BATCHES_BETWEEN_CARRYING == 0) {
        hub.carry();
        out.println("carried " + sequence);
      }
    }
  }

  private static Batch batch(long sequence) {
    List<TakenEvent> events = new ArrayList<>();
    for (int i = 1; i <= EVENTS_IN_BATCH; i++) {
      long number = (sequence - 1) * EVENTS_IN_BATCH + i;
      // An hour apart, so that days of the history begin while it runs.
      Instant at = START.plusSeconds(number * 600);
      events.add(
          new TakenEvent(
              number,
              new DeviceEvent(
                  new DeviceId("lift-" + number % DEVICES),
                  Kind.ELEVATOR,
                  EventType.MEASUREMENT,
                  new EventId("e" + number),
                  at,
                  null,
                  at,
                  new Values(Map.of("n", new Value.Whole(number))))));
    }
    return new Batch(
        GATEWAY,
        1,
        Lane.BULK,
        sequence,
        sequence,
        digest(sequence - 1),
        digest(sequence),
        new LaneLedger(sequence * EVENTS_IN_BATCH, 0),
        List.of(),
        events);
  }

  private static Digest digest(long sequence) {
    return sequence == 0
        ? Digest.NONE
        : new Digest(ByteBuffer.allocate(Digest.LENGTH).putLong(sequence).putInt(7).array());
  }

  /** What is applied and not carried yet is carried first, as every start does. */
  private void show(long last) throws InterruptedException {
    out.println("stands " + stands());
    hub.carry();
    List<Long> numbers = numbers();
    for (int tries = 0; tries < 100 && numbers.size() < last; tries++) {
      Thread.sleep(100);
      numbers = numbers();
    }
    numbers.forEach(number -> out.println("has " + number));
    out.println("shown");
  }

  private List<Long> numbers() {
    if (history == null) {
      return kept;
    }
    List<Long> numbers = new ArrayList<>();
    Optional<EventQuery> query = Optional.of(EventQuery.newest(PAGE));
    while (query.isPresent()) {
      EventQuery asked = query.get();
      EventPage page = history.find(asked);
      page.items().forEach(event -> numbers.add(event.order()));
      query = Optional.ofNullable(page.next()).map(asked::after);
    }
    return numbers;
  }
}

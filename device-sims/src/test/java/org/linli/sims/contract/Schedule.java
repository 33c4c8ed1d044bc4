package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.uplink.SteppedUplink;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.records.TestRecords;

/**
 * One gateway and its hub, led through a schedule. Beside them goes a model of sets and counters
 * only: what devices were told is taken, what the participants at the hub were given, and what both
 * sides say they gave up.
 */
final class Schedule implements AutoCloseable {

  private static final Instant BEGIN = Instant.parse("2026-11-23T05:16:00Z");
  private static final Duration EACH_STEP = Duration.ofMillis(250);
  private static final int MOST_ROUNDS = 400;
  private static final Step.Event ONE_MORE = new Step.Event(1, 0, Step.Sort.URGENT);
  private static final Map<String, String> UPLINK = Map.of("linli.uplink.batch-events", "4");

  private final AgentSide agent;
  private final HubSide hub;
  private final SimulatedLink link = new SimulatedLink();
  private final Set<Happened> happened = EnumSet.noneOf(Happened.class);

  /** All that devices were ever told is taken, whatever disk it was on. */
  private final Set<Long> everTaken = new HashSet<>();

  private Memory memory = new Memory();
  private long now;
  private long lastNumber;
  private @Nullable SteppedUplink uplink;
  private @Nullable Copied copied;

  /** A copy of the disk and what it knows. */
  private record Copied(Path disk, Memory memory) {}

  /** What a schedule really came to. */
  enum Happened {
    CONNECTED,
    REPEATED_ID,
    REPEATED_BATCH,
    OVERTAKEN,
    SHED,
    NEW_EPOCH,
    AGENT_CRASH,
    HUB_CRASH,
    HISTORY_CRASH,
    CORRUPTION,
    RESTORE,
    EXCUSED,
    RECOGNISED,
    NO_ROOM
  }

  Schedule(Path root, TestRecords records, GatewayId gateway) {
    agent = new AgentSide(root, gateway, this::clock);
    hub = new HubSide(records, gateway, this::clock);
  }

  private Instant clock() {
    return BEGIN.plusNanos(now);
  }

  Set<Happened> happened() {
    return happened;
  }

  void take(List<Step> steps) {
    for (Step step : steps) {
      take(step);
      now += EACH_STEP.toNanos();
      wake();
      compareBooks();
    }
    drain();
    if (happened.contains(Happened.NO_ROOM)) {
      assertThat(agent.offer(List.of(ONE_MORE), lastNumber + 1, true))
          .as("there is room again once the hub has everything")
          .isTrue();
      noteTaken(List.of(ONE_MORE));
      drain();
    }
    compareEnd();
  }

  private void take(Step step) {
    switch (step) {
      case Step.Offer(var events, boolean isLarge) -> offer(events, isLarge);
      case Step.Connect(boolean isHeard) -> {
        connect();
        if (isHeard) {
          hearAll();
        }
      }
      case Step.Cut() -> cut();
      case Step.DeliverBatch deliver -> deliver(deliver);
      case Step.DeliverReceipt deliver -> deliver(deliver);
      case Step.Flow(int batches) -> flow(batches);
      case Step.LoseBatch() -> lose(link.up);
      case Step.LoseReceipt() -> lose(link.down);
      case Step.CorruptBatch corrupt -> corrupt(corrupt);
      case Step.TimePasses(int seconds) -> {
        now += Duration.ofSeconds(seconds).toNanos();
        agent.awaitWriter();
      }
      case Step.HubDies(boolean isCommitted) -> hubDies(isCommitted);
      case Step.Carry(Step.Store store) -> carry(store);
      case Step.AgentDies() -> goOnWith(new Copied(agent.copy(), memory));
      case Step.AgentDiesTaking(var events) -> {
        Path disk = agent.copyWhileTaking(events, lastNumber + 1);
        lastNumber += events.size();
        goOnWith(new Copied(disk, memory));
      }
      case Step.Copy() -> copied = new Copied(agent.copy(), memory.copy());
      case Step.Restore() -> restore();
    }
  }

  private void offer(List<Step.Event> events, boolean isLarge) {
    Ledger before = agent.outbox().ledger();
    if (!agent.offer(events, lastNumber + 1, isLarge)) {
      // All that waits may have been sent under this numbering, and stays for the hub's digest.
      happened.add(Happened.NO_ROOM);
      lastNumber += events.size();
      return;
    }
    noteTaken(events);
    if (agent.outbox().ledger().shed() > before.shed()) {
      happened.add(Happened.SHED);
    }
  }

  private void noteTaken(List<Step.Event> events) {
    for (Step.Event event : events) {
      long number = ++lastNumber;
      long repeated = memory.repeated;
      memory.offered(number, event);
      if (memory.repeated > repeated) {
        happened.add(Happened.REPEATED_ID);
      } else {
        everTaken.add(number);
      }
    }
  }

  private void connect() {
    if (uplink == null) {
      link.clear();
      SteppedUplink fresh =
          new SteppedUplink(agent.outbox(), UPLINK, new OverLink(), this::clock, () -> now);
      uplink = fresh;
      fresh.begin();
      happened.add(Happened.CONNECTED);
    }
  }

  /** Batches go into the link; the hub hears at once that the gateway is there. */
  private final class OverLink implements SteppedUplink.Wire {
    @Override
    public void announce() {
      link.down.addAll(hub.statements());
    }

    @Override
    public BooleanSupplier send(Lane lane, byte[] batch) {
      SimulatedLink.Upward sent = new SimulatedLink.Upward(lane, batch);
      link.up.add(sent);
      return () -> sent.acknowledged;
    }
  }

  private void cut() {
    link.clear();
    if (uplink != null) {
      agent.outbox().parted();
      uplink = null;
    }
  }

  private void wake() {
    if (uplink != null) {
      endIfTold(uplink.wake());
    }
  }

  private void endIfTold(Optional<String> end) {
    if (end.isPresent()) {
      cut();
    }
  }

  private void deliver(Step.DeliverBatch deliver) {
    if (link.up.isEmpty()) {
      return;
    }
    SimulatedLink.Upward batch = takeFrom(link.up, deliver.ahead());
    List<SimulatedLink.Upward> arriving = new ArrayList<>();
    for (int copy = 0; copy < deliver.copies(); copy++) {
      arriving.add(batch);
    }
    if (deliver.copies() > 1) {
      happened.add(Happened.REPEATED_BATCH);
    }
    if (!deliver.isTogether()) {
      arriving.forEach(one -> arrive(List.of(one)));
      return;
    }
    Optional<SimulatedLink.Upward> next =
        link.up.stream().filter(other -> other.lane == batch.lane).findFirst();
    next.ifPresent(
        other -> {
          link.up.remove(other);
          arriving.add(other);
        });
    arrive(arriving);
  }

  private void arrive(List<SimulatedLink.Upward> batches) {
    Lane lane = batches.getFirst().lane;
    link.down.addAll(hub.deliver(lane, batches.stream().map(one -> one.batch).toList()));
    batches.forEach(one -> one.acknowledged = true);
  }

  private void deliver(Step.DeliverReceipt deliver) {
    if (link.down.isEmpty()) {
      return;
    }
    byte[] receipt = takeFrom(link.down, deliver.ahead());
    for (int copy = 0; copy < deliver.copies() && uplink != null; copy++) {
      hear(receipt);
    }
  }

  private void hear(byte[] receipt) {
    long epoch = agent.outbox().epoch();
    endIfTold(Objects.requireNonNull(uplink).heard(receipt));
    agent.awaitWriter();
    if (agent.outbox().epoch() > epoch) {
      happened.add(Happened.NEW_EPOCH);
    }
  }

  private <T> T takeFrom(List<T> queue, int ahead) {
    int at = Math.min(ahead, queue.size() - 1);
    if (at > 0) {
      happened.add(Happened.OVERTAKEN);
    }
    return queue.remove(at);
  }

  private void flow(int batches) {
    for (int i = 0; i < batches; i++) {
      if (!link.up.isEmpty()) {
        arrive(List.of(link.up.removeFirst()));
      }
      hearAll();
    }
  }

  private void hearAll() {
    while (!link.down.isEmpty() && uplink != null) {
      hear(link.down.removeFirst());
    }
  }

  private static void lose(List<?> queue) {
    if (!queue.isEmpty()) {
      queue.removeFirst();
    }
  }

  private void corrupt(Step.CorruptBatch corrupt) {
    if (link.up.isEmpty()) {
      return;
    }
    SimulatedLink.Upward sent = link.up.removeFirst();
    byte[] other = sent.batch.clone();
    other[corrupt.at() % other.length] ^= (byte) corrupt.bits();
    if (BatchCodec.decode(other) instanceof BatchCodec.Decoded.Read read) {
      assertThat(read)
          .as("a batch of which a byte is wrong")
          .isEqualTo(BatchCodec.decode(sent.batch));
    }
    int applied = hub.applied().size();
    arrive(List.of(new SimulatedLink.Upward(sent.lane, other)));
    if (BatchCodec.decode(other) instanceof BatchCodec.Decoded.Refused) {
      assertThat(hub.applied()).hasSize(applied);
      happened.add(Happened.CORRUPTION);
    }
    sent.acknowledged = true;
  }

  private void hubDies(boolean isCommitted) {
    if (!link.up.isEmpty()) {
      SimulatedLink.Upward batch = link.up.removeFirst();
      if (isCommitted) {
        hub.deliver(batch.lane, List.of(batch.batch));
        hub.restart();
      } else {
        hub.dieWith(batch.lane, List.of(batch.batch));
      }
      happened.add(Happened.HUB_CRASH);
    } else {
      hub.restart();
    }
    cut();
  }

  private void carry(Step.Store store) {
    if (hub.carry(store) && store == Step.Store.TAKES_UNHEARD) {
      happened.add(Happened.HISTORY_CRASH);
      cut();
    }
  }

  private void goOnWith(Copied disk) {
    cut();
    agent.goOnWith(disk.disk());
    memory = disk.memory();
    happened.add(Happened.AGENT_CRASH);
  }

  private void restore() {
    if (copied == null) {
      copied = new Copied(agent.copy(), memory.copy());
      return;
    }
    if (memory.taken.keySet().stream()
        .anyMatch(number -> !copied.memory().taken.containsKey(number) && !hub.has(number))) {
      happened.add(Happened.EXCUSED);
    }
    cut();
    agent.goOnWith(copied.disk());
    memory = copied.memory().copy();
    happened.add(Happened.RESTORE);
  }

  private boolean isRestored() {
    return happened.contains(Happened.RESTORE);
  }

  private void compareBooks() {
    new Books(memory, agent.outbox(), hub, isRestored()).compare();
  }

  /** Nothing goes wrong any more, until all that waits is at the hub. */
  private void drain() {
    for (int round = 0; !isQuiet(); round++) {
      assertThat(round)
          .as("rounds until all is quiet: %s", agent.outbox().ledger())
          .isLessThan(MOST_ROUNDS);
      connect();
      flow(8);
      now += uplink == null ? 0 : Math.min(uplink.sleepNanos(), Duration.ofMinutes(1).toNanos());
      agent.awaitWriter();
      wake();
    }
    hub.carry(Step.Store.TAKES);
  }

  private boolean isQuiet() {
    Ledger ledger = agent.outbox().ledger();
    return ledger.queued() == 0
        && link.isEmpty()
        && ledger.lanes().values().stream()
            .allMatch(figures -> figures.receiptedSequence() == figures.sequence());
  }

  private void compareEnd() {
    compareBooks();
    new Outcome(memory, everTaken, agent.outbox(), hub, isRestored()).compare();
    if (hub.figures().duplicate() > 0 && happened.contains(Happened.NEW_EPOCH)) {
      happened.add(Happened.RECOGNISED);
    }
  }

  @Override
  public void close() {
    agent.close();
  }
}

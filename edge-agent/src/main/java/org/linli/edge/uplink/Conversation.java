package org.linli.edge.uplink;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange with the hub over one connection, on one thread: announce the gateway, receive the
 * hub's watermarks, then send waiting rows and delete receipted ones.
 *
 * <p>The urgent lane is checked before every batch, so that an urgent event waits for one bulk
 * batch at most. {@link BulkAllowance} limits how much bulk may be in transit.
 */
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** The interval at which it wakes up and gives a sign of life. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private static final int LONGEST_REJECTED_PAUSE = 16;
  private static final int LONGEST_STATEMENT_WAIT = 32;
  private static final Duration DOUBT = Duration.ofSeconds(1);

  private final UplinkQueue outbox;
  private final UplinkSettings settings;
  private final HubSender link;
  private final Signals signals;
  private final CurrentUplinkState standing;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RateCap cap;
  private final RegistryTalk registry;
  private final Handshake handshake;
  private final Map<Lane, LaneWindow> windows = new EnumMap<>(Lane.class);
  private final BulkAllowance allowance = new BulkAllowance();
  private boolean settled;
  private boolean progressed;
  private boolean takenOver;
  private long heardAt;
  private long lingerUntil;
  private long resumeAt = Long.MAX_VALUE;
  private int rejectedPause = 1;
  private long announceAt = Long.MAX_VALUE;
  private int statementWait = 1;

  Conversation(
      UplinkQueue outbox,
      UplinkSettings settings,
      HubSender link,
      Signals signals,
      CurrentUplinkState standing,
      InstantSource clock,
      LongSupplier nanoTime,
      RateCap cap,
      RegistryTalk registry) {
    this.outbox = outbox;
    this.settings = settings;
    this.link = link;
    this.signals = signals;
    this.standing = standing;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.cap = cap;
    this.registry = registry;
    this.handshake = new Handshake(outbox);
    for (Lane lane : Lane.values()) {
      windows.put(lane, new LaneWindow(lane, settings.inFlight(), settings.receiptWait()));
    }
  }

  /**
   * Runs until the connection cannot be used any more.
   *
   * @param signOfLife called every few seconds
   * @return the reason
   */
  String hold(Runnable signOfLife) throws MqttException, InterruptedException {
    begin();
    while (true) {
      signOfLife.run();
      Optional<String> end = step(signals.poll(sleepNanos()));
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** Announces the gateway. The hub answers with its watermarks. */
  void begin() throws MqttException {
    standing.asking(windows);
    announce();
  }

  /**
   * Repeats the announcement until the hub has sent its watermarks, first after the receipt wait,
   * then after twice as long each time: the hub may have died before it answered.
   */
  private void announce() throws MqttException {
    registry.besideSaid();
    link.announce();
    announceAt = nanoTime.getAsLong() + settings.receiptWait().toNanos() * statementWait;
    statementWait = Math.min(statementWait * 2, LONGEST_STATEMENT_WAIT);
  }

  /**
   * Handles a signal, or what is due without one, and sends what may be sent.
   *
   * @return why the connection cannot be used any more; empty if it can
   */
  Optional<String> step(@Nullable HubSignal signal) throws MqttException {
    Optional<String> end = signal == null ? Optional.empty() : take(signal);
    if (end.isEmpty() && settled) {
      end = overdue();
      if (end.isEmpty()) {
        send();
        registry.say(link);
      }
    } else if (end.isEmpty() && nanoTime.getAsLong() - announceAt >= 0) {
      announce();
    }
    return end;
  }

  /** Whether the hub receipted anything over this connection. */
  boolean progressed() {
    return progressed;
  }

  /** Whether it ended because another agent connected with this gateway's identity. */
  boolean takenOver() {
    return takenOver;
  }

  private Optional<String> take(HubSignal signal) {
    return switch (signal) {
      case HubSignal.Committed committed -> Optional.empty();
      case HubSignal.RegistryReceived(byte[] message) -> {
        registry.heard(message);
        yield Optional.empty();
      }
      case HubSignal.Lost(String why) -> Optional.of(why);
      case HubSignal.TakenOver() -> {
        takenOver = true;
        yield Optional.of("another agent took over");
      }
      case HubSignal.ReceiptReceived(Receipt receipt) -> {
        standing.heard(clock.instant());
        heardAt = nanoTime.getAsLong();
        yield settled ? answered(receipt) : stated(receipt);
      }
    };
  }

  private Optional<String> stated(Receipt receipt) {
    if (receipt instanceof Receipt.Applied statement && handshake.complete(statement)) {
      restart(handshake.settle());
    }
    return Optional.empty();
  }

  private void restart(Map<Lane, Long> hubHas) {
    windows.forEach((lane, window) -> window.restart(hubHas.getOrDefault(lane, 0L)));
    settled = true;
    standing.connected(windows);
  }

  private Optional<String> answered(Receipt receipt) {
    LaneWindow window = window(receipt.lane());
    return switch (window.heard(receipt, outbox.epoch())) {
      case LaneWindow.Step.Nothing nothing -> Optional.empty();
      case LaneWindow.Step.Delete delete -> {
        outbox.receipted(receipt.lane(), delete.sequence());
        measure(receipt.lane(), delete);
        rejectedPause = 1;
        progressed = true;
        standing.moved(windows);
        yield Optional.empty();
      }
      case LaneWindow.Step.NewEpoch(long above, String why) -> {
        handshake.startEpoch(above, why);
        restart(Map.of());
        yield Optional.empty();
      }
      case LaneWindow.Step.PassOver(String why) -> {
        tellOfUnnamed(why);
        yield Optional.empty();
      }
      case LaneWindow.Step.Doubt(String why, int times) -> {
        tellOfUnnamed(why);
        window.doubt(nanoTime.getAsLong() + DOUBT.toNanos() * times);
        yield Optional.empty();
      }
      case LaneWindow.Step.AskAgain(String why) -> Optional.of(why);
      case LaneWindow.Step.Halt(String why) -> {
        limited.atError("halt").addKeyValue("lane", receipt.lane()).log("{}", why);
        resumeAt = nanoTime.getAsLong() + settings.rejectedPause().toNanos() * rejectedPause;
        rejectedPause = Math.min(rejectedPause * 2, LONGEST_REJECTED_PAUSE);
        standing.moved(windows);
        yield Optional.empty();
      }
    };
  }

  /** Rate-limited, because behind a broker a client may send many of them. */
  private static void tellOfUnnamed(String why) {
    limited
        .atWarn("unnamed")
        .log("Perhaps somebody else publishes by this gateway's topics: {}", why);
  }

  private void measure(Lane lane, LaneWindow.Step.Delete delete) {
    if (lane == Lane.BULK && delete.bytes() > 0) {
      allowance.receipted(
          delete.bytes(),
          delete.events(),
          delete.underWay(),
          delete.sentAt(),
          nanoTime.getAsLong());
    }
  }

  private Optional<String> overdue() {
    long now = nanoTime.getAsLong();
    if (now >= resumeAt) {
      resumeAt = Long.MAX_VALUE;
      if (windows.values().stream().anyMatch(LaneWindow::followsAnotherHistory)) {
        return Optional.of("it follows another history and is asked how far it is");
      }
      windows.values().stream()
          .filter(window -> window.halted() != null)
          .forEach(LaneWindow::resume);
      standing.moved(windows);
    }
    for (LaneWindow window : windows.values()) {
      if (window.overdue(now, heardAt) instanceof LaneWindow.Step.AskAgain(String why)) {
        return Optional.of(why);
      }
    }
    return Optional.empty();
  }

  private void send() throws MqttException {
    boolean sent = true;
    while (sent) {
      sent = sendNext(Lane.URGENT, settings.batchEvents()) || sendBulk();
    }
  }

  private boolean sendBulk() throws MqttException {
    if (!waits(Lane.BULK, window(Lane.BULK))) {
      lingerUntil = 0;
      return false;
    }
    if (!bulkMayGo()) {
      return false;
    }
    long now = nanoTime.getAsLong();
    if (lingerUntil == 0) {
      lingerUntil = now + settings.linger().toNanos();
    }
    if (now < lingerUntil || cap.waitNanos(now) > 0) {
      return false;
    }
    return sendNext(Lane.BULK, allowance.batchEvents(settings.batchEvents()));
  }

  /** Whether bulk waits only for its time. */
  private boolean bulkMayGo() {
    LaneWindow window = window(Lane.BULK);
    return waits(Lane.BULK, window) && window.hasRoom() && allowance.allows(window.bytesUnderWay());
  }

  private boolean sendNext(Lane lane, int most) throws MqttException {
    LaneWindow window = window(lane);
    if (!window.hasRoom() || !waits(lane, window)) {
      return false;
    }
    Optional<Packed> next = pack(lane, window.sentTo(), most);
    if (next.isEmpty()) {
      return false;
    }
    Batch batch = next.get().batch();
    byte[] bytes = next.get().bytes();
    long now = nanoTime.getAsLong();
    Backlog behind = behind(batch);
    registry.besideSaid();
    window.sent(batch, bytes.length, now, link.send(lane, bytes, behind));
    cap.sent(bytes.length, now);
    standing.moved(windows);
    return true;
  }

  private record Packed(Batch batch, byte[] bytes) {}

  /**
   * Encodes the next batch. If it is too large, a single row is tried. A single row that is too
   * large is given up, so that it does not block its lane for good.
   */
  private Optional<Packed> pack(Lane lane, long after, int most) {
    Optional<Batch> next = outbox.next(lane, after, most);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Batch batch = next.get();
    try {
      return Optional.of(new Packed(batch, BatchCodec.encode(batch)));
    } catch (IllegalArgumentException tooLarge) {
      limited
          .atError("cannot-travel")
          .addKeyValue("lane", lane)
          .addKeyValue("first", batch.first())
          .addKeyValue("last", batch.last())
          .addKeyValue("why", tooLarge.getMessage())
          .log("A batch cannot travel; its rows are sent one by one, or given up");
    }
    if (most == 0) {
      outbox.giveUpRow(lane, batch.last());
    }
    return batch.events().isEmpty() && most == 0 ? Optional.empty() : pack(lane, after, 0);
  }

  private Backlog behind(Batch batch) {
    Ledger.LaneFigures figures = outbox.ledger().lanes().get(batch.lane());
    if (figures == null) {
      return new Backlog(0, null);
    }
    long taken = figures.taken() - batch.ledger().taken();
    long left = Math.max(0, taken - (figures.shed() - batch.ledger().shed()));
    return new Backlog(
        left,
        left == 0 || batch.events().isEmpty() ? null : batch.events().getLast().event().takenAt());
  }

  private boolean waits(Lane lane, LaneWindow window) {
    Ledger.LaneFigures figures = outbox.ledger().lanes().get(lane);
    return figures != null && figures.sequence() > window.sentTo();
  }

  private LaneWindow window(Lane lane) {
    LaneWindow window = windows.get(lane);
    if (window == null) {
      throw new IllegalStateException("there is a window for every lane");
    }
    return window;
  }

  /** Time until something is due without a signal; 0 if something is overdue. */
  long sleepNanos() {
    long now = nanoTime.getAsLong();
    long wake = now + LONGEST_SLEEP.toNanos();
    if (settled) {
      wake = Math.min(Math.min(wake, resumeAt), registry.dueAt(now));
      for (LaneWindow window : windows.values()) {
        wake = Math.min(wake, window.dueAt());
      }
      if (bulkMayGo()) {
        wake = Math.min(wake, Math.max(lingerUntil, now + cap.waitNanos(now)));
      }
    } else {
      wake = Math.min(wake, announceAt);
    }
    return Math.max(0, wake - now);
  }
}

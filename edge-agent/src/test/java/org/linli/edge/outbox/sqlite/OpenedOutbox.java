package org.linli.edge.outbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.Reserve.UsableSpace;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/** An outbox on disk that can be closed and opened again, with a clock and a gate to be set. */
final class OpenedOutbox implements AutoCloseable {

  static final GatewayId GATEWAY = new GatewayId("gateway-7");

  private static final Duration MINUTE = Duration.ofMinutes(1);

  final AtomicReference<Instant> now = new AtomicReference<>(Offered.AT);
  private final Path folder;
  private final OutboxSettings settings;
  private volatile CommitGate gate = CommitGate.OPEN;
  private volatile UsableSpace space = UsableSpace.ofTheDisk();
  private final KnownDevices registry;
  private final LongSupplier nanoTime;
  private LivingThreads threads;
  private SqliteOutbox outbox;

  OpenedOutbox(Path folder) {
    this(folder, OutboxSettings.DEFAULTS);
  }

  OpenedOutbox(Path folder, OutboxSettings settings) {
    this(folder, settings, KnownDevices.NONE, System::nanoTime);
  }

  OpenedOutbox(Path folder, OutboxSettings settings, KnownDevices registry, LongSupplier nanoTime) {
    this.folder = folder;
    this.settings = settings;
    this.registry = registry;
    this.nanoTime = nanoTime;
    this.threads = new LivingThreads(InstantSource.system(), nanoTime);
    this.outbox = open();
  }

  static OutboxSettings settings(int waitingEvents, DataSize waitingBytes, int deadLetters) {
    return new OutboxSettings(
        waitingEvents,
        waitingBytes,
        256,
        Duration.ofHours(24),
        deadLetters,
        OutboxSettings.DEFAULTS.quota(),
        OutboxSettings.DEFAULTS.maxAge(),
        OutboxSettings.DEFAULTS.reserve());
  }

  static OutboxSettings settings(int waitingEvents, DataSize waitingBytes, DataSize quota) {
    return new OutboxSettings(
        waitingEvents,
        waitingBytes,
        256,
        Duration.ofHours(24),
        1_000,
        quota,
        OutboxSettings.DEFAULTS.maxAge(),
        OutboxSettings.DEFAULTS.reserve());
  }

  /** An outbox of a size that a test can fill. */
  static OutboxSettings small(DataSize quota, Duration maxAge, DataSize reserve) {
    return new OutboxSettings(
        10_000, DataSize.ofKilobytes(64), 256, Duration.ofHours(24), 1_000, quota, maxAge, reserve);
  }

  /** A disk that does not say how much room it has, as some network and FUSE file systems. */
  void saysNothingOfItsRoom() {
    space =
        folder -> {
          throw new IOException("a disk that does not say how much is free");
        };
  }

  /** A disk on which so much is free, whatever is written. */
  void hasRoomFor(long bytes) {
    space = _ -> bytes;
  }

  private SqliteOutbox open() {
    return SqliteOutbox.open(
        folder,
        GATEWAY,
        settings,
        now::get,
        threads,
        () -> gate.beforeCommit(),
        registry,
        place -> space.of(place));
  }

  SqliteOutbox outbox() {
    return outbox;
  }

  LivingThreads threads() {
    return threads;
  }

  void gate(CommitGate other) {
    gate = other;
  }

  void reopen() {
    close();
    threads = new LivingThreads(InstantSource.system(), nanoTime);
    outbox = open();
  }

  /** Lets time pass while it runs: a minute, and a commit, and so on. */
  void run(Duration time) {
    Duration left = time;
    while (left.isPositive()) {
      Duration step = left.compareTo(MINUTE) < 0 ? left : MINUTE;
      left = left.minus(step);
      now.updateAndGet(before -> before.plus(step));
      outbox.sessions().release(0, 0).join();
    }
  }

  /** What the device was told to one message with these events. */
  String offer(DeviceEvent... events) {
    Offered offered = new Offered();
    return offer(offered, offered.of(events));
  }

  String offer(Offered offered, Interpreted message) {
    outbox.offer(message);
    return offered.awaitAnswer();
  }

  List<TakenEvent> waiting(Lane lane) {
    return outbox.next(lane, 0, Batch.MAX_EVENTS).map(Batch::events).orElse(List.of());
  }

  static List<String> ids(List<TakenEvent> events) {
    return events.stream().map(event -> event.traceId(GATEWAY, 1)).toList();
  }

  /** As somebody sees it who opens the file beside the agent. */
  long number(String sql) {
    try (Connection connection = connect()) {
      return OutboxDatabase.number(connection, sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = connect()) {
      OutboxDatabase.execute(connection, sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
  }

  @Override
  public void close() {
    outbox.close();
  }
}

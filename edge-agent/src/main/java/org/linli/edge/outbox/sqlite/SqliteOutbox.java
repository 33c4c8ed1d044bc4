package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterCount;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.outbox.Forgotten;
import org.linli.edge.outbox.GivenUp;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Losses;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.OutboxState;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.outbox.RefusedNewDevices;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.outbox.SaidOffline;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.edge.outbox.sqlite.Reserve.UsableSpace;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.StatesOnDisk;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.DataFolderRefusedException;
import org.linli.program.folder.FolderOwner;
import org.linli.program.thread.LivingThreads;

/**
 * The outbox in one SQLite file, {@code outbox.db}, beside {@code outbox.lock} in the data folder.
 *
 * <pre>
 *   offer ─▶ WaitingRoom ─▶ CommitLoop ─▶ GroupWriter ─▶ outbox.db ─▶ RowReader ─▶ next
 *            (bounded)      (one thread)   (one fsync)                             (uplink)
 *                               └─▶ Reply, after the fsync
 * </pre>
 */
public final class SqliteOutbox implements Outbox, UplinkQueue, OutboxReport, AutoCloseable {

  /** The owner of an agent's data folder. */
  public static final FolderOwner OWNER =
      new FolderOwner(
          "agent",
          "outbox.lock",
          Set.of("outbox", "pictures", "mappings", "registry", "broker-session"));

  private final OutboxParts parts;
  private final WaitingRoom waiting;
  private final OutboxReader reader;
  private final CommitLoop loop;
  private final Transfer transfer;
  private volatile DeadLetterCount deadLetterCount = DeadLetterCount.NONE;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SqliteOutbox(OutboxParts parts) {
    this.parts = parts;
    waiting = parts.waiting();
    reader = parts.reader();
    loop = parts.loop();
    transfer = new Transfer(parts);
  }

  /**
   * Opens the outbox of a data folder, creates both if they are missing, and starts the writer.
   *
   * @param folder the data folder; locked until {@link #close}
   * @param gateway the gateway whose batches these are
   * @param clock the time for what is recorded; its progress also measures how long the agent runs
   * @param threads starts the writer thread
   * @param gate passed by every group commit; {@link CommitGate#OPEN} except in tests
   * @throws DataFolderRefusedException when the folder cannot be created or written, or another
   *     agent uses it
   * @throws OutboxNotOpenedException when {@code outbox.db} is something else, newer, or damaged
   */
  public static SqliteOutbox open(
      Path folder,
      GatewayId gateway,
      OutboxSettings settings,
      InstantSource clock,
      LivingThreads threads,
      CommitGate gate) {
    return open(folder, gateway, settings, clock, threads, gate, KnownDevices.NONE);
  }

  /**
   * The same, with registered devices.
   *
   * @param registry the devices that are never forgotten
   */
  public static SqliteOutbox open(
      Path folder,
      GatewayId gateway,
      OutboxSettings settings,
      InstantSource clock,
      LivingThreads threads,
      CommitGate gate,
      KnownDevices registry) {
    return open(folder, gateway, settings, clock, threads, gate, registry, RecentSpace.ofTheDisk());
  }

  static SqliteOutbox open(
      Path folder,
      GatewayId gateway,
      OutboxSettings settings,
      InstantSource clock,
      LivingThreads threads,
      CommitGate gate,
      KnownDevices registry,
      UsableSpace space) {
    DataFolder claimed = DataFolder.claim(folder, OWNER);
    boolean opened = false;
    try {
      SqliteOutbox outbox =
          new SqliteOutbox(
              OutboxParts.open(claimed, gateway, settings, clock, threads, gate, registry, space));
      opened = true;
      return outbox;
    } finally {
      if (!opened) {
        OutboxParts.release(claimed);
      }
    }
  }

  @Override
  public void offer(Interpreted interpreted) {
    switch (waiting.enter(interpreted)) {
      case WaitingRoom.Admission.Open(var turnedAway) ->
          turnedAway.forEach(other -> turnAway(other, "too much waits for the gateway's disk"));
      case WaitingRoom.Admission.Closed() -> turnAway(interpreted, "the gateway is stopping");
    }
  }

  private static void turnAway(Interpreted interpreted, String why) {
    interpreted.notKept();
    interpreted.message().reply().unavailable(why);
  }

  @Override
  public long epoch() {
    return loop.committed().epoch();
  }

  @Override
  public long startEpoch(long above) {
    return transfer.startEpoch(above);
  }

  @Override
  public Optional<Batch> next(Lane lane, long after, int maxEvents) {
    return transfer.next(lane, after, maxEvents);
  }

  @Override
  public void giveUpRow(Lane lane, long sequence) {
    transfer.giveUpRow(lane, sequence);
  }

  @Override
  public void receipted(Lane lane, long sequence) {
    transfer.receipted(lane, sequence);
  }

  @Override
  public void settle(Map<Lane, Long> hubHas) {
    transfer.settle(hubHas);
  }

  @Override
  public void parted() {
    parts.hubIsThere().set(false);
  }

  @Override
  public void onCommit(Runnable listener) {
    loop.onCommit(listener);
  }

  @Override
  public Ledger ledger() {
    return loop.committed().ledger();
  }

  /**
   * {@inheritDoc}
   *
   * @throws OutboxUnavailableException when the disk refuses
   */
  @Override
  public Map<Lane, Instant> oldestWaiting() {
    return reader.oldestWaiting();
  }

  /**
   * {@inheritDoc}
   *
   * @throws OutboxUnavailableException when the disk refuses
   */
  @Override
  public Losses losses(int most) {
    return reader.losses(most);
  }

  /**
   * {@inheritDoc}
   *
   * @throws OutboxUnavailableException when the disk refuses
   */
  @Override
  public List<DeadLetter> deadLetters(DeadLetterQuery query) {
    return reader.deadLetters(query);
  }

  @Override
  public DeadLetterCount deadLetterCount() {
    long refused = ledger().refused();
    DeadLetterCount known = deadLetterCount;
    if (known.inAll() != refused) {
      known = reader.deadLetterCount(refused);
      deadLetterCount = known;
    }
    return known;
  }

  /** The sessions of MQTT clients, in the same file and by the same writer. */
  public DeviceSessions sessions() {
    return parts.sessions();
  }

  /** The last commands of devices, in the same file and by the same writer. */
  public Commands commands() {
    return parts.commands();
  }

  /** The devices that this gateway had reported offline when the outbox was opened. */
  public SaidOffline saidOffline() {
    return parts::saidOffline;
  }

  /** The known states of devices, as they were when the outbox was opened. */
  public StatesOnDisk states() {
    return parts.states();
  }

  @Override
  public OutboxState state() {
    return loop.state();
  }

  /** Why the writer counts as dead, as a sentence for a person; null if it does not. */
  @Nullable String silence() {
    return parts.heartbeat().problem();
  }

  @Override
  public boolean knowsFreeSpace() {
    return loop.knowsFreeSpace();
  }

  @Override
  public Optional<GivenUp> givenUpLately() {
    return parts.loop().givenUpLately();
  }

  @Override
  public Map<GatewayTrouble, Instant> troubles() {
    return parts.troubles().now();
  }

  @Override
  public RefusedNewDevices refusedNewDevices() {
    return loop.refusedNewDevices();
  }

  @Override
  public Forgotten forgotten() {
    return loop.forgotten();
  }

  @Override
  public Repeats repeats() {
    return parts.repeats();
  }

  /** Events of a lane that wait for the hub's receipt. */
  long queued(Lane lane) {
    return loop.committed().lane(lane).queued();
  }

  /** Group commits since the start. */
  long commits() {
    return loop.commits();
  }

  /** The total time of these commits. */
  long commitNanos() {
    return loop.commitNanos();
  }

  OutboxDatabase database() {
    return parts.database();
  }

  /**
   * Accepts nothing more, commits and answers what waits, and leaves the file without a write-ahead
   * log. Closing twice has no further effect.
   */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      parts.close();
    }
  }
}

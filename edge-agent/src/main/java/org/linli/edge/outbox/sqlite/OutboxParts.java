package org.linli.edge.outbox.sqlite;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Sha256;
import org.linli.program.folder.DataFolder;
import org.linli.program.thread.Guard;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of an open outbox, and the order in which they are opened and closed.
 *
 * @param hubIsThere whether the hub is connected, as the uplink last reported to the writer
 * @param saidOffline the devices that had been reported offline when it was opened
 * @param guards of the writer and of its answers
 * @param heartbeat of the writer
 * @param troubles the current problems, for the hub
 * @param repeats what devices said again since it was opened
 * @param states the known states of devices when it was opened
 */
record OutboxParts(
    DataFolder folder,
    OutboxDatabase database,
    WaitingRoom waiting,
    OutboxReader reader,
    CommitLoop loop,
    LivingThread thread,
    SqliteSessions sessions,
    SqliteCommands commands,
    Map<DeviceId, Kind> saidOffline,
    AtomicBoolean hubIsThere,
    LivingThreads threads,
    List<Guard> guards,
    Heartbeat heartbeat,
    OutboxTroubles troubles,
    Repeats repeats,
    StatesAtStart states)
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OutboxParts.class);
  private static final String WRITER = "outbox-writer";

  /** A longer commit counts as hung. */
  private static final Duration LONGEST_COMMIT = Duration.ofSeconds(30);

  /**
   * Opens the database, creates the parts that use it, and starts the writer.
   *
   * @param folder claimed by this agent; after an exception the caller releases it
   * @param space reports the free space of the disk
   * @throws OutboxNotOpenedException when {@code outbox.db} is something else, newer, or damaged
   */
  static OutboxParts open(
      DataFolder folder,
      GatewayId gateway,
      OutboxSettings settings,
      InstantSource clock,
      LivingThreads threads,
      CommitGate gate,
      KnownDevices registry,
      Reserve.UsableSpace space) {
    Reserve reserve = new Reserve(folder.path(), settings.reserve().toBytes(), space, clock);
    reserve.releaseWhereNeeded();
    OutboxDatabase database = OutboxDatabase.open(folder, settings);
    Heartbeat heartbeat = threads.heartbeat(WRITER, LONGEST_COMMIT);
    try {
      WaitingRoom waiting = new WaitingRoom(settings);
      Guard guard = threads.guard(WRITER);
      Guard answering = threads.guard("outbox-answers");
      MessageDigest sha256 = Sha256.digest();
      AtomicBoolean hubIsThere = new AtomicBoolean();
      Repeats repeats = new Repeats();
      SqliteCommands commands = new SqliteCommands(waiting);
      // Both have to come before the writer, which counts them and relies on the table.
      StatesAtStart states =
          new StatesAtStart(StateTable.begin(database.writer()), settings.states());
      UnreadableAlarms.begin(database.writer());
      Set<String> clients = SessionTable.begin(database.writer(), settings);
      CommitLoop loop =
          new CommitLoop(
              database,
              waiting,
              connection -> {
                commands.stand(CommandTable.read(connection));
                return new GroupWriter(
                    connection,
                    gateway,
                    settings,
                    clock,
                    gate,
                    sha256,
                    reserve,
                    hubIsThere,
                    registry,
                    repeats);
              },
              clock,
              reserve,
              guard,
              answering,
              heartbeat,
              hubIsThere::get);
      SqliteSessions sessions = new SqliteSessions(waiting, clients);
      Map<DeviceId, Kind> saidOffline = OfflineTable.read(database.writer());
      return new OutboxParts(
          folder,
          database,
          waiting,
          new OutboxReader(database, gateway),
          loop,
          threads.start(LivingThreads.Make.PLATFORM, guard, own -> loop.run()),
          sessions,
          commands,
          saidOffline,
          hubIsThere,
          threads,
          List.of(guard, answering),
          heartbeat,
          new OutboxTroubles(loop, reserve, heartbeat, clock),
          repeats,
          states);
    } catch (SQLException e) {
      heartbeat.close();
      closeQuietly(database);
      throw OutboxDatabase.notOpened(database.file(), e.getMessage());
    }
  }

  /** Lets the writer commit and answer what waits, and leaves the file without a log beside it. */
  @Override
  public void close() {
    waiting.close();
    // What it could not commit is not acknowledged, and the devices send it again.
    threads.farewell().endLast("outbox", this::finish);
  }

  private void finish() {
    thread.join();
    guards.forEach(threads::forget);
    synchronized (database.reader()) {
      closeQuietly(database);
    }
    release(folder);
  }

  private static void closeQuietly(OutboxDatabase database) {
    try {
      database.close();
    } catch (SQLException e) {
      log.atWarn().addKeyValue("why", e.getMessage()).log("the outbox was not closed in order");
    }
  }

  /** Releases the folder for another agent. */
  static void release(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      log.atWarn().addKeyValue("why", e.getMessage()).log("the data folder was not released");
    }
  }
}

package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.HistoryStartException;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.PartNotes;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.StoredPart;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.Standstill;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.registry.DeviceKey;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history in an embedded QuestDB: durable when {@link #append} returns, readable a moment later
 * (metric {@code linli.history.visible}).
 *
 * <p>QuestDB does not recover from every disk error. A writer that failed to open can stay behind
 * in its pool; from then on nothing is accepted, or what was accepted never becomes readable. The
 * hub therefore closes the database and opens it again if {@value #FAILURES_TO_REOPEN} batches in a
 * row failed, or nothing became readable for a minute, although the folder can be written. While
 * the disk is still in trouble the database stays open, so that it can be read.
 */
public final class QuestDbStore implements HistoryStore {

  private static final Logger log = LoggerFactory.getLogger(QuestDbStore.class);

  private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);
  private static final int FAILURES_TO_REOPEN = 2;

  private final Path folder;
  private final BoundedNames names;
  private final PartNotes notes;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final LockedFiles files;
  private final Duration housekeeping;
  private final LivingThreads threads;
  private final QueryThreads queries;

  /** The write lock is held to reopen, the read lock to use what is open. */
  private final ReadWriteLock opening = new ReentrantReadWriteLock();

  private final AtomicInteger failures = new AtomicInteger();
  private @Nullable Opened opened;
  private boolean closed;

  private record Opened(
      Engine engine,
      Applier applier,
      Appender appender,
      Parts parts,
      QuestDbEvents events,
      QuestDbSeries series) {

    void close() {
      applier.close();
      engine.close();
    }
  }

  private QuestDbStore(
      Path folder,
      BoundedNames names,
      PartNotes notes,
      InstantSource clock,
      MeterRegistry meters,
      LivingThreads threads,
      LockedFiles files,
      Duration housekeeping) {
    this.notes = notes;
    this.threads = threads;
    this.folder = folder;
    this.names = names;
    this.clock = clock;
    this.meters = meters;
    this.files = files;
    this.housekeeping = housekeeping;
    this.queries = new QueryThreads(folder, threads);
    this.opened = opened();
  }

  private Opened opened() {
    Engine engine = Engine.open(folder, files, names);
    Applier applier = new Applier(engine, meters, threads, housekeeping, this::stoodStill);
    applier.start();
    return new Opened(
        engine,
        applier,
        new Appender(engine, applier, names, notes, clock, meters),
        new Parts(engine, applier),
        new QuestDbEvents(engine, names.devices()),
        new QuestDbSeries(engine, names.devices()));
  }

  /**
   * Opens the history in a folder, which is created if it is missing. One process at a time may do
   * so; the data folder's lock ensures that. No device is registered.
   *
   * @throws HistoryStartException when it cannot be opened, or this Java cannot run it
   */
  public static QuestDbStore open(
      Path folder, InstantSource clock, MeterRegistry meters, LivingThreads threads) {
    return open(
        folder, BoundedNames.ofNobody(clock, meters), PartNotes.NONE, clock, meters, threads);
  }

  /**
   * Opens the history with registered devices, and with parts that may be dropped.
   *
   * @throws HistoryStartException when it cannot be opened, or this Java cannot run it
   * @throws org.linli.hub.history.OvergrownHistoryException when it has far more names than the
   *     heap should carry
   */
  public static QuestDbStore open(
      Path folder,
      BoundedNames names,
      PartNotes notes,
      InstantSource clock,
      MeterRegistry meters,
      LivingThreads threads) {
    // Before any class of QuestDB is loaded: loading alone writes into an object.
    ObjectHeaders.requireUsual();
    QuestDbLog.silence();
    return new QuestDbStore(
        folder, names, notes, clock, meters, threads, new LockedFiles(), HOUSEKEEPING);
  }

  static QuestDbStore open(
      Path folder,
      InstantSource clock,
      MeterRegistry meters,
      LivingThreads threads,
      LockedFiles files,
      Duration housekeeping) {
    return new QuestDbStore(
        folder,
        BoundedNames.ofNobody(clock, meters),
        PartNotes.NONE,
        clock,
        meters,
        threads,
        files,
        housekeeping);
  }

  /** The events count as older than all others. */
  @Override
  public void append(List<HubEvent> batch) {
    append(batch, 0);
  }

  @Override
  public void append(List<HubEvent> batch, long row) {
    if (failures.get() >= FAILURES_TO_REOPEN && FolderProbe.canBeWritten(folder)) {
      reopen();
    }
    opening.readLock().lock();
    try {
      Opened now = opened;
      if (now == null) {
        throw new StoreUnavailableException(
            "The history in " + folder + " is not open; it is opened anew before the next try");
      }
      now.appender().append(batch, row);
      failures.set(0);
    } catch (StoreUnavailableException e) {
      failures.incrementAndGet();
      throw e;
    } finally {
      opening.readLock().unlock();
    }
    names.tell();
  }

  /**
   * Returns true: QuestDB changes files in place, and does not detect torn writes
   * (docs/reliability-disk.md).
   */
  @Override
  public boolean needsArchive() {
    return true;
  }

  /** Starts another thread, because reopening has to wait for the thread that calls this. */
  private void stoodStill() {
    threads.start(LivingThreads.Make.DAEMON, "history-reopen", thread -> reopenStandingStill());
  }

  private void reopenStandingStill() {
    if (!FolderProbe.canBeWritten(folder)) {
      return;
    }
    try {
      reopen();
    } catch (StoreUnavailableException e) {
      // The next batch tries again.
      failures.set(FAILURES_TO_REOPEN);
      log.atError()
          .addKeyValue("reason", e.getMessage())
          .log("The history stands still and cannot be opened anew now");
    }
  }

  private void reopen() {
    opening.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      Opened before = opened;
      opened = null;
      if (before != null) {
        before.close();
      }
      int locked = files.unlockAll();
      opened = opened();
      failures.set(0);
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("locked", locked)
          .log("Opened the history anew, as it stood still on a disk that can be written");
    } catch (HistoryStartException stillInTrouble) {
      throw new StoreUnavailableException(
          String.valueOf(stillInTrouble.getMessage()), stillInTrouble);
    } finally {
      opening.writeLock().unlock();
    }
  }

  private <T> T read(Function<Opened, T> question) {
    opening.readLock().lock();
    try {
      Opened now = opened;
      if (now == null) {
        throw new HistoryUnavailableException(
            "The history in " + folder + " cannot be read: it is not open");
      }
      return question.apply(now);
    } finally {
      opening.readLock().unlock();
    }
  }

  @Override
  public EventPage find(EventQuery query) {
    return queries.ask(() -> read(now -> now.events().find(query)));
  }

  @Override
  public List<SeriesPoint> series(SeriesQuery query) {
    return queries.ask(() -> read(now -> now.series().series(query)));
  }

  @Override
  public List<String> metrics(DeviceKey device) {
    return queries.ask(() -> read(now -> now.series().metrics(device)));
  }

  @Override
  public List<StoredPart> parts() {
    return read(now -> now.parts().stored());
  }

  @Override
  public List<StoredPart> drop(List<StoredPart> some, Predicate<HistoryParts.Part> still) {
    return read(now -> now.appender().drop(now.parts(), some, still));
  }

  /** After a reopening everything counts as having made progress. */
  @Override
  public Visibility visibility() {
    opening.readLock().lock();
    try {
      Opened now = opened;
      return now == null ? new Visibility(0, 0) : now.applier().visibility();
    } finally {
      opening.readLock().unlock();
    }
  }

  @Override
  public @Nullable Standstill trouble() {
    return FolderProbe.trouble(folder);
  }

  @Override
  public void close() {
    queries.close();
    opening.writeLock().lock();
    try {
      closed = true;
      Opened last = opened;
      opened = null;
      if (last != null) {
        last.close();
      }
    } finally {
      opening.writeLock().unlock();
    }
  }
}

package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;

/**
 * Keeps the {@link IdentityLog} short: after a number of events, those devices are saved whose rows
 * are incomplete, a few with each commit, and then the lines before that are deleted, some with
 * each commit. So no commit has much to do. For the writer thread only.
 */
final class SavingRounds {

  /** A round of saving ends after at most this part of the events between rounds. */
  private static final int ROUNDS_IN_LOG = 2;

  private static final int EVENTS_PER_SAVED_DEVICE = 16;
  private static final int LINES_DELETED_AT_ONCE = 2_000;

  private final IdentityLog log;
  private final DeviceTable table;
  private final int eventsInLog;
  private long loggedEvents;
  private boolean inRound;

  /** The devices that the current round has still to save. */
  private final ArrayDeque<RememberedDevice> unsaved = new ArrayDeque<>();

  private int inThisRound;

  /** The last line that the current round makes superfluous. */
  private long roundCovers;

  private long deletedTo;
  private long deleteTo;

  /**
   * @param eventsInLog after how many events a round begins
   * @param oldestLine of the log
   */
  SavingRounds(IdentityLog log, DeviceTable table, int eventsInLog, long oldestLine) {
    this.log = log;
    this.table = table;
    this.eventsInLog = eventsInLog;
    this.deletedTo = Math.max(0, oldestLine - 1);
    this.deleteTo = deletedTo;
  }

  /** Counts an event that was in the log when the outbox was opened. */
  void replayed() {
    loggedEvents++;
  }

  /**
   * Goes on after a line was added.
   *
   * @param events how many the line has
   * @param line its number
   * @param devices those in memory
   */
  void committed(int events, long line, Collection<RememberedDevice> devices) throws SQLException {
    loggedEvents += events;
    if (!inRound && loggedEvents >= eventsInLog) {
      begin(line, devices);
    }
    if (inRound) {
      saveSome(events, line);
    }
    if (deletedTo < deleteTo) {
      deletedTo = Math.min(deleteTo, deletedTo + LINES_DELETED_AT_ONCE);
      log.deleteTo(deletedTo);
    }
  }

  private void begin(long line, Collection<RememberedDevice> devices) {
    inRound = true;
    roundCovers = line;
    loggedEvents = 0;
    devices.stream().filter(device -> !device.isSaved()).forEach(unsaved::add);
    inThisRound = unsaved.size();
  }

  private void saveSome(int events, long line) throws SQLException {
    long share = (long) events * inThisRound * ROUNDS_IN_LOG / eventsInLog;
    for (long left = Math.max(share, events / EVENTS_PER_SAVED_DEVICE) + 1;
        left > 0 && !unsaved.isEmpty();
        left--) {
      table.save(unsaved.remove());
    }
    if (unsaved.isEmpty()) {
      inRound = false;
      // The newest line always stays: it says how far lines were numbered.
      deleteTo = Math.max(deleteTo, Math.min(roundCovers, line - 1));
    }
  }
}

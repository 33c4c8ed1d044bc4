package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.linli.edge.outbox.sqlite.ShedTable.Loss;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane on disk: its rows and its given-up events. Every change returns the resulting counters.
 * For the writer thread only.
 */
final class LaneStore {

  private static final Logger log = LoggerFactory.getLogger(LaneStore.class);

  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Rows deleted in one commit; a longer receipt takes several. */
  private static final int DELETED_AT_ONCE = 200;

  /** How far ahead of the hub rows may be sent before a new limit has to be written. */
  private static final int SENDABLE_ROWS = 512;

  private static final long SENDABLE_BYTES = 1024 * 1024;

  /** Which part of the quota that may be: what may be sent is not given up while a hub is there. */
  private static final int PART_OF_QUOTA = 64;

  /**
   * For a lane with at most this many rows, the limit is extended in a commit that is made anyway.
   */
  private static final int SHORT_LANE = 32;

  /**
   * Most devices in one entry: with the longest names, 384 bytes, and their counts, it takes one
   * megabyte of a batch.
   */
  static final int DEVICES_IN_ENTRY = ShedReader.MOST_BYTES / (3 * DeviceId.MAX_LENGTH + 16);

  /** Beyond this number of entries, joined ones name no more devices than fit into one. */
  private static final int MOST_ENTRIES = 500;

  private final RowTable rows;
  private final ShedTable shed;
  private final DeviceLosses losses;
  private final long sendableBytes;

  /**
   * @param quota of the outbox in bytes
   */
  LaneStore(Connection writer, Lane lane, DeviceLosses losses, long quota) throws SQLException {
    this.sendableBytes = Math.min(SENDABLE_BYTES, quota / PART_OF_QUOTA);
    this.rows = new RowTable(writer, lane);
    this.shed = new ShedTable(writer, lane);
    this.losses = losses;
  }

  RowTable rows() {
    return rows;
  }

  /** Deletes some of the rows up to this position, which the hub has. */
  LaneTotals receipted(long position, LaneTotals totals) throws SQLException {
    if (position <= totals.receiptedPosition()) {
      return totals;
    }
    long end = rows.endOf(DELETED_AT_ONCE, totals.receiptedPosition(), position);
    ShedTable.Sums given = shed.sumsTo(end);
    if (given.unsure() > 0) {
      for (ShedTable.Unsure entry : shed.unsureTo(end)) {
        losses.count(entry.loss().devices(), -1);
      }
    }
    Digest digest = rows.digestAt(end);
    LaneTotals after =
        totals.receiptedTo(
            end, digest == null ? totals.receiptedDigest() : digest, rows.eventsTo(end), given);
    rows.deleteTo(end);
    shed.deleteTo(end);
    return after;
  }

  /** The hub has no rows beyond the deleted ones, so the unsure entries are lost. */
  void settle(LaneTotals totals) throws SQLException {
    shed.settle(totals.sendable());
  }

  /**
   * Allows the next rows to be sent.
   *
   * @param events that are asked for
   * @param isAmple whether there is so much room that rows may be promised that do not exist yet
   */
  LaneTotals extend(int events, LaneTotals totals, boolean isAmple) throws SQLException {
    long from = Math.max(totals.sendable(), totals.receiptedPosition());
    long end = rows.sizedEnd(SENDABLE_ROWS, sendableBytes, Math.max(1, events), from);
    long further = end >= totals.position() && isAmple ? totals.position() + SHORT_LANE : end;
    return totals.sendableTo(Math.max(totals.sendable(), further));
  }

  /**
   * Allows the next rows of a short lane to be sent.
   *
   * @param isAmple as above
   */
  LaneTotals extendShort(LaneTotals totals, boolean isAmple) throws SQLException {
    if (totals.position() - totals.receiptedPosition() > SHORT_LANE) {
      return totals;
    }
    if (isAmple) {
      boolean isNear = totals.sendable() < totals.position() + SHORT_LANE / 2;
      return isNear ? totals.sendableTo(totals.position() + SHORT_LANE) : totals;
    }
    boolean isSmall =
        totals.sendable() < totals.position()
            && rows.sizedEnd(SHORT_LANE, sendableBytes, 0, totals.receiptedPosition())
                >= totals.position();
    return isSmall ? totals.sendableTo(totals.position()) : totals;
  }

  /**
   * Removes the events of an unreadable row and counts them as given up. Its content is moved to
   * table {@code damaged_row}.
   */
  LaneTotals giveUpDamaged(long position, long at, LaneTotals totals) throws SQLException {
    long events = rows.eventsAt(position);
    if (events == 0) {
      return totals;
    }
    rows.keepDamaged(position, at);
    rows.empty(position);
    shed.add(position, false, Loss.ofNobody(events));
    return totals.plusShed(events);
  }

  /** Gives up the measurements of a row and keeps its other events. */
  LaneTotals giveUpMeasurements(RowTable.Found found, LaneTotals totals) throws SQLException {
    Row row = found.row();
    if (row.otherCount() == 0 || !found.isSound()) {
      return giveUpAll(found, totals);
    }
    Loss loss = lossOf(found, row.measurementCount(), row::readMeasurements);
    rows.keepOthers(found.position(), row.withoutMeasurements());
    count(found.position(), loss, totals);
    return totals.plusShed(loss.events());
  }

  /** Gives up a whole row. Several such rows that were never sent are joined into one. */
  LaneTotals giveUpAll(RowTable.Found found, LaneTotals totals) throws SQLException {
    Loss loss = lossOf(found, found.row().events(), found.row()::read);
    rows.empty(found.position());
    count(found.position(), loss, totals);
    if (found.position() > totals.sendable()) {
      joinWithRowBefore(found.position(), totals.sendable());
    }
    return totals.plusShed(loss.events());
  }

  private Loss lossOf(RowTable.Found found, long events, Supplier<List<TakenEvent>> reading)
      throws SQLException {
    List<TakenEvent> read;
    try {
      read = found.isSound() ? reading.get() : List.of();
    } catch (IllegalArgumentException unreadable) {
      read = List.of();
    }
    if (read.isEmpty()) {
      limited
          .atError("damaged")
          .addKeyValue("position", found.position())
          .addKeyValue("events", events)
          .log("a row of the outbox that is given up is damaged; of which devices is not known");
      return Loss.ofNobody(events);
    }
    return new Loss(events, losses.countsOf(read));
  }

  private void count(long position, Loss loss, LaneTotals totals) throws SQLException {
    shed.add(position, position <= totals.sendable(), loss);
    losses.count(loss.devices(), 1);
  }

  private void joinWithRowBefore(long position, long sendable) throws SQLException {
    Optional<RowTable.Neighbour> before = rows.before(position);
    if (before.isEmpty() || before.get().events() > 0 || before.get().position() <= sendable) {
      return;
    }
    long gone = before.get().position();
    Optional<Loss> its = shed.find(gone, false);
    Optional<Loss> own = shed.find(position, false);
    if (its.isEmpty() || own.isEmpty()) {
      return;
    }
    Loss both = its.get().plus(own.get());
    if (both.devices().devices() <= DEVICES_IN_ENTRY || shed.entries() > MOST_ENTRIES) {
      shed.remove(gone, false);
      rows.delete(gone);
      shed.remove(position, false);
      shed.add(position, false, both.ofMost(DEVICES_IN_ENTRY));
    }
  }
}

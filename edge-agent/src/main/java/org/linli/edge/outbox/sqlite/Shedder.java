package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.Lane;
import org.springframework.util.unit.DataSize;

/**
 * Gives up events where there is no room for them, or where they have waited for too long (delivery
 * contract, point 7): measurements first, the oldest row first, then whole rows of the bulk lane,
 * then urgent ones. For the writer thread, within its transaction.
 *
 * <p>While the hub is there, no row is touched that may have been sent.
 */
final class Shedder {

  /** Rows given up in one commit; what is left to do is done by the next ones. */
  private static final int ROWS_AT_ONCE = 500;

  /** Once there is too little room, so much more is made, so that not every commit has to. */
  private static final int MARGIN = 64;

  private final LaneStore urgent;
  private final LaneStore bulk;
  private final Reserve reserve;
  private final SessionRoom sessions;
  private final AgeMarks ages;
  private final PreparedStatement pageCount;
  private final PreparedStatement freeCount;
  private final long pageBytes;
  private final long quotaBytes;
  private final long quotaSet;
  private boolean unfinished;
  private boolean full;

  Shedder(
      Connection writer,
      OutboxSettings settings,
      Reserve reserve,
      SessionRoom sessions,
      LaneStore urgent,
      LaneStore bulk)
      throws SQLException {
    this.urgent = urgent;
    this.bulk = bulk;
    this.reserve = reserve;
    this.sessions = sessions;
    ages = new AgeMarks(writer, settings.maxAge());
    pageCount = writer.prepareStatement("PRAGMA page_count");
    freeCount = writer.prepareStatement("PRAGMA freelist_count");
    pageBytes = OutboxDatabase.number(writer, "PRAGMA page_size");
    quotaSet = settings.quota().toBytes();
    // A commit first takes what is new and then gives up what is old, so it needs room for both.
    quotaBytes =
        settings.quota().toBytes()
            - OutboxDatabase.logBytes(settings)
            - settings.waitingBytes().toBytes()
            - SessionRoom.most(settings);
  }

  /** Whether more is to be given up than one commit should. */
  boolean isUnfinished() {
    return unfinished;
  }

  /**
   * Why nothing can be taken: there is too little room, and what could still be given up would not
   * make enough. Null where there is room.
   */
  @Nullable String full() {
    return full
        ? "there is no room for events: the quota (linli.outbox.quota, %s) or the disk is used up by what is remembered of devices and by urgent events that wait, and nothing else is left to give up: raise the quota, or free some space on the disk"
            .formatted(DataSize.ofBytes(quotaSet))
        : null;
  }

  /** Whether it is time to look for what has waited too long. */
  boolean isDue(long running) {
    return ages.isDue(running);
  }

  /**
   * Gives up what has to go now.
   *
   * @param older the totals before this commit: what it takes itself is not given up by it
   */
  Totals shed(Totals present, Totals older, boolean hubIsThere) throws SQLException {
    Totals totals = present;
    boolean goOn = unfinished;
    unfinished = false;
    if (goOn || ages.isDue(totals.running())) {
      Optional<AgeMarks.Mark> expired = ages.expired(totals.running());
      if (ages.isDue(totals.running())) {
        ages.mark(older.ranFor(totals.running() - older.running()));
      }
      if (expired.isPresent()) {
        Pass pass =
            new Pass(totals, expired.get().urgent(), expired.get().bulk(), hubIsThere, false);
        unfinished |= pass.run(() -> true);
        totals = pass.totals;
      }
    }
    if (lacks(full ? MARGIN : 0)) {
      Pass pass =
          new Pass(totals, older.urgent().position(), older.bulk().position(), hubIsThere, true);
      boolean more = pass.run(() -> lacks(MARGIN));
      unfinished |= more;
      totals = pass.totals;
      full = !more && pass.leftUrgent && !pass.sparesWhatWasSent() && lacks(0);
    } else {
      full = false;
    }
    return totals;
  }

  /**
   * Whether there is less room than there has to be, and a margin beyond that. On a full disk the
   * outbox keeps as much as its reserve has room for: rather refuse devices than keep nothing.
   */
  private boolean lacks(int margin) throws SQLException {
    return lackingBytes(margin) > 0;
  }

  private long lackingBytes(int margin) throws SQLException {
    long free = pageBytes * number(freeCount);
    long used = pageBytes * number(pageCount) - free;
    long inQuota = used - sessions.bytes() - (quotaBytes - (margin == 0 ? 0 : quotaBytes / margin));
    return used > reserve.bytes() ? Math.max(inQuota, lackingOnDisk(free, margin)) : inQuota;
  }

  /** A disk that does not say how much of it is free lacks nothing. */
  private long lackingOnDisk(long freeInFile, int margin) {
    long low = reserve.lowWaterBytes();
    OptionalLong usable = reserve.usableBytes();
    return usable.isEmpty()
        ? 0
        : low + (margin == 0 ? 0 : low / margin) - freeInFile - usable.getAsLong();
  }

  private static long number(PreparedStatement pragma) throws SQLException {
    try (ResultSet row = pragma.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether to go on. */
  @FunctionalInterface
  private interface Want {
    boolean more() throws SQLException;
  }

  /** Goes once through the lanes, up to a position in each. */
  private final class Pass {

    private final long urgentEnd;
    private final long bulkEnd;
    private final boolean hubIsThere;
    private final boolean onlyForRoom;
    private Totals totals;

    /** Whether urgent events were left that would not have made enough room. */
    private boolean leftUrgent;

    /** Up to where this pass has already looked, of the rows that may have been sent and of all. */
    private long nearMeasured;

    private long bulkFilled;
    private long urgentFilled;

    /**
     * @param onlyForRoom whether urgent events are given up only where that makes enough room:
     *     otherwise each that is taken would be given up by the next
     */
    Pass(Totals totals, long urgentEnd, long bulkEnd, boolean hubIsThere, boolean onlyForRoom) {
      this.totals = totals;
      this.urgentEnd = urgentEnd;
      this.bulkEnd = bulkEnd;
      this.hubIsThere = hubIsThere;
      this.onlyForRoom = onlyForRoom;
      nearMeasured = first(totals.bulk());
      bulkFilled = first(totals.bulk());
      urgentFilled = first(totals.urgent());
    }

    /** The position before the first row that may be given up. */
    private long first(LaneTotals lane) {
      return hubIsThere
          ? Math.max(lane.sendable(), lane.receiptedPosition())
          : lane.receiptedPosition();
    }

    /**
     * Whether there is room to come, from rows of which the hub has yet to say that it has them.
     */
    private boolean sparesWhatWasSent() {
      return hubIsThere && (spares(totals.urgent()) || spares(totals.bulk()));
    }

    private static boolean spares(LaneTotals lane) {
      return Math.min(lane.sendable(), lane.position()) > lane.receiptedPosition();
    }

    /**
     * @return whether something is left to do for the next commit
     */
    boolean run(Want want) throws SQLException {
      for (int rows = 0; rows < ROWS_AT_ONCE; rows++) {
        if (!want.more() || !giveUpNext()) {
          return false;
        }
      }
      return true;
    }

    private boolean giveUpNext() throws SQLException {
      return giveUpMeasurements() || giveUpBulk() || giveUpUrgent();
    }

    private boolean giveUpMeasurements() throws SQLException {
      LaneTotals lane = totals.bulk();
      Optional<RowTable.Found> near =
          bulk.rows().nextMeasured(nearMeasured, Math.min(lane.sendable(), bulkEnd));
      if (near.isPresent()) {
        nearMeasured = near.get().position();
        totals = totals.withLane(Lane.BULK, bulk.giveUpMeasurements(near.get(), lane));
        return true;
      }
      nearMeasured = Math.max(nearMeasured, Math.min(lane.sendable(), bulkEnd));
      long from = Math.max(Math.max(totals.measuredFrom(), lane.sendable()), first(lane));
      Optional<RowTable.Found> far = bulk.rows().nextMeasured(from, bulkEnd);
      if (far.isEmpty()) {
        totals = from < bulkEnd ? totals.measuredFrom(bulkEnd) : totals;
        return false;
      }
      totals =
          totals
              .withLane(Lane.BULK, bulk.giveUpMeasurements(far.get(), lane))
              .measuredFrom(far.get().position());
      return true;
    }

    private boolean giveUpBulk() throws SQLException {
      Optional<RowTable.Found> next = bulk.rows().nextFilled(bulkFilled, bulkEnd);
      if (next.isEmpty()) {
        bulkFilled = Math.max(bulkFilled, bulkEnd);
        return false;
      }
      bulkFilled = next.get().position();
      totals = totals.withLane(Lane.BULK, bulk.giveUpAll(next.get(), totals.bulk()));
      return true;
    }

    private boolean giveUpUrgent() throws SQLException {
      if (onlyForRoom && !urgent.rows().holds(lackingBytes(0), urgentFilled, urgentEnd)) {
        leftUrgent = true;
        return false;
      }
      Optional<RowTable.Found> next = urgent.rows().nextFilled(urgentFilled, urgentEnd);
      if (next.isEmpty()) {
        urgentFilled = Math.max(urgentFilled, urgentEnd);
        return false;
      }
      urgentFilled = next.get().position();
      totals = totals.withLane(Lane.URGENT, urgent.giveUpAll(next.get(), totals.urgent()));
      return true;
    }
  }
}

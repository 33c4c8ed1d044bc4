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
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Gives up events that have no room or have waited too long (delivery contract, point 7).
 * Measurements go first, oldest row first, then whole rows of the bulk lane, then urgent ones. For
 * room, events are given up only if all of them together would make enough. For the writer thread,
 * within its transaction.
 *
 * <p>While the hub is connected, rows that may have been sent are not touched.
 */
final class Shedder {

  private static final Logger log = LoggerFactory.getLogger(Shedder.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Rows given up in one commit; the next commits do the rest. */
  private static final int ROWS_AT_ONCE = 500;

  /**
   * If there is too little room, this fraction more is freed, so that not every commit has to: one
   * in {@value}.
   */
  private static final int MARGIN = 64;

  private static final long AMPLE = 256L << 20;
  private static final int HALF = 2;

  /** Rows do not begin and end at a page boundary, so a few pages more are required. */
  private static final int PAGES_BESIDE = 4;

  private final LaneStore urgent;
  private final LaneStore bulk;
  private final Reserve reserve;
  private final SessionRoom sessions;
  private final AgeMarks ages;
  private final ShedEstimate estimate;
  private final PreparedStatement pageCount;
  private final PreparedStatement freeCount;
  private final long pageBytes;
  private final long quotaBytes;
  private final long quotaSet;
  private final long commitBytes;
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
    estimate = new ShedEstimate(urgent.rows(), bulk.rows());
    pageCount = writer.prepareStatement("PRAGMA page_count");
    freeCount = writer.prepareStatement("PRAGMA freelist_count");
    pageBytes = OutboxDatabase.number(writer, "PRAGMA page_size");
    quotaSet = settings.quota().toBytes();
    commitBytes = settings.waitingBytes().toBytes();
    // A commit first adds new rows and then gives up old ones, so it needs room for both.
    quotaBytes =
        settings.quota().toBytes()
            - settings.logBytes()
            - settings.waitingBytes().toBytes()
            - settings.sessionBytes();
  }

  /** Whether more is left to give up than one commit should. */
  boolean isUnfinished() {
    return unfinished;
  }

  /**
   * Why nothing is accepted: there is too little room, and giving up the rest would not make
   * enough. Null if there is room.
   */
  @Nullable String full() {
    return full
        ? "there is no room for events: the quota (linli.outbox.quota, %s) or the disk is used up, also by what is remembered of devices, and giving up the events that wait would not make room enough: raise the quota, or free some space on the disk"
            .formatted(DataSize.ofBytes(quotaSet))
        : null;
  }

  /**
   * Whether rows may be promised to a hub in advance, which are not given up while it is there: all
   * of them together are small beside what is free.
   */
  boolean hasAmpleRoom() throws SQLException {
    return quotaSet >= AMPLE && lackingBytes(HALF) <= 0;
  }

  /** Whether it is time to check for events that have waited too long. */
  boolean isDue(long running) {
    return ages.isDue(running);
  }

  /**
   * Gives up the events that have to go now.
   *
   * @param older the totals before this commit; for room, its own rows are not given up
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
    long lacking = lackingBytes(0);
    if (lacking <= 0) {
      full = false;
      estimate.forget();
      return totals;
    }
    Pass pass =
        new Pass(totals, older.urgent().position(), older.bulk().position(), hubIsThere, true);
    switch (pass.estimate(lacking)) {
      case NOT_KNOWN_YET -> unfinished = true;
      case TOO_LITTLE -> full = true;
      case ENOUGH -> {
        int margin = pass.reaches(lackingBytes(MARGIN)) ? MARGIN : 0;
        boolean more = pass.run(() -> lacks(margin));
        unfinished |= more;
        sayGivenUp(pass.totals.givenUp() - totals.givenUp(), pass.totals);
        totals = pass.totals;
        // What was sent makes room soon, so it may take that of a commit for a while.
        long spared = pass.sparesWhatWasSent() ? commitBytes : 0;
        full = !more && (pass.leftUrgent || spared > 0) && lackingBytes(0) > spared;
      }
    }
    return totals;
  }

  private void sayGivenUp(long events, Totals totals) {
    if (events > 0) {
      limited
          .atWarn("given-up")
          .addKeyValue("events", events)
          .addKeyValue("in-all", totals.givenUp())
          .addKeyValue("quota", DataSize.ofBytes(quotaSet))
          .log(
              "Events that wait for the hub are given up for want of room within the quota"
                  + " (linli.outbox.quota) or on the disk, measurements first");
    }
  }

  /**
   * Whether there is less room than required, plus a margin. On a full disk the outbox keeps as
   * much as the reserve's size: it refuses devices rather than keep nothing.
   */
  private boolean lacks(int margin) throws SQLException {
    return lackingBytes(margin) > 0;
  }

  private long lackingBytes(int margin) throws SQLException {
    long free = pageBytes * number(freeCount);
    long used = pageBytes * number(pageCount) - free;
    long inQuota = used - sessions.bytes() - (quotaBytes - (margin == 0 ? 0 : quotaBytes / margin));
    long aboveReserve = used - reserve.bytes();
    return aboveReserve > 0
        ? Math.max(inQuota, Math.min(lackingOnDisk(free, margin), aboveReserve))
        : inQuota;
  }

  /** If the free space of the disk is not known, nothing is needed there. */
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

  /** One pass through the lanes, up to a position in each. */
  private final class Pass {

    private final long urgentEnd;
    private final long bulkEnd;
    private final boolean hubIsThere;
    private final boolean onlyForRoom;
    private Totals totals;

    /** Whether urgent events were kept because they would not have made enough room. */
    private boolean leftUrgent;

    private boolean urgentIsEnough;

    /** How far this pass has scanned, in the rows that may have been sent and in all. */
    private long nearMeasured;

    private long bulkFilled;
    private long urgentFilled;

    /**
     * @param onlyForRoom whether urgent events are given up only if that makes enough room;
     *     otherwise every new one would be given up by the next
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

    /** The result of giving up everything eligible, now or once the hub has what was sent to it. */
    ShedEstimate.Result estimate(long lacking) throws SQLException {
      return estimate.of(
          lacking + PAGES_BESIDE * pageBytes,
          span(totals.bulk(), bulkEnd),
          span(totals.urgent(), urgentEnd),
          totals.running());
    }

    /**
     * Whether giving up everything makes room for {@code lacking} bytes, or the scan reached its
     * limit of rows.
     */
    boolean reaches(long lacking) throws SQLException {
      RowTable.Gain ofBulk =
          bulk.rows().gain(span(totals.bulk(), bulkEnd), lacking, ShedEstimate.ROWS_AT_ONCE);
      long left = lacking - ofBulk.bytes();
      int rows = ShedEstimate.ROWS_AT_ONCE - ofBulk.rows();
      return left <= 0
          || rows == 0
          || comes(urgent.rows().gain(span(totals.urgent(), urgentEnd), left, rows), left, rows);
    }

    private static boolean comes(RowTable.Gain gain, long wanted, int rows) {
      return gain.bytes() >= wanted || gain.rows() == rows;
    }

    private RowTable.Span span(LaneTotals lane, long end) {
      return new RowTable.Span(lane.receiptedPosition(), end, hubIsThere ? 0 : lane.sendable());
    }

    /** Whether more room will come from rows that were sent and wait for their receipt. */
    private boolean sparesWhatWasSent() {
      return hubIsThere && (spares(totals.urgent()) || spares(totals.bulk()));
    }

    private static boolean spares(LaneTotals lane) {
      return Math.min(lane.sendable(), lane.position()) > lane.receiptedPosition();
    }

    /**
     * @return whether work is left for the next commit
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
      if (onlyForRoom && !urgentIsEnough && !urgentIsEnough()) {
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

    /**
     * Checks again once nothing else is left, because the room made so far was only estimated
     * before.
     */
    private boolean urgentIsEnough() throws SQLException {
      long lacking = lackingBytes(0);
      RowTable.Span left = new RowTable.Span(urgentFilled, urgentEnd, totals.urgent().sendable());
      urgentIsEnough =
          urgentFilled < urgentEnd
              && comes(
                  urgent.rows().gain(left, lacking, ShedEstimate.ROWS_AT_ONCE),
                  lacking,
                  ShedEstimate.ROWS_AT_ONCE);
      return urgentIsEnough;
    }
  }
}

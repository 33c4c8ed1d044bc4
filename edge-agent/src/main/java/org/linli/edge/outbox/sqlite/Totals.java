package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.linli.edge.outbox.Ledger;
import org.linli.event.Digest;
import org.linli.event.Lane;

/**
 * Every counter of the outbox: the only row of table {@code totals}.
 *
 * @param measuredFrom position in the bulk lane; no row holds a measurement between the sendable
 *     position when it was set and this one
 * @param running milliseconds that agents have run on this outbox, by which waiting is measured
 */
record Totals(
    long epoch,
    long offered,
    long refused,
    long repeated,
    LaneTotals urgent,
    LaneTotals bulk,
    long measuredFrom,
    long running) {

  static final String UPDATE =
      """
      UPDATE totals SET epoch = ?, offered = ?, refused = ?, repeated = ?,
        urgent_taken = ?, urgent_receipted = ?, urgent_shed = ?, urgent_shed_and_deleted = ?,
        urgent_epoch_base = ?, urgent_position = ?, urgent_digest = ?,
        urgent_receipted_position = ?, urgent_receipted_digest = ?, urgent_sendable = ?,
        bulk_taken = ?, bulk_receipted = ?, bulk_shed = ?, bulk_shed_and_deleted = ?,
        bulk_epoch_base = ?, bulk_position = ?, bulk_digest = ?,
        bulk_receipted_position = ?, bulk_receipted_digest = ?, bulk_sendable = ?,
        bulk_measured_from = ?, running = ?\
      """;

  static Totals read(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT * FROM totals");
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("table totals has no row");
      }
      return new Totals(
          row.getLong("epoch"),
          row.getLong("offered"),
          row.getLong("refused"),
          row.getLong("repeated"),
          readLane(row, Lane.URGENT),
          readLane(row, Lane.BULK),
          row.getLong("bulk_measured_from"),
          row.getLong("running"));
    }
  }

  private static LaneTotals readLane(ResultSet row, Lane lane) throws SQLException {
    String prefix = lane.wireName() + "_";
    return new LaneTotals(
        row.getLong(prefix + "taken"),
        row.getLong(prefix + "receipted"),
        row.getLong(prefix + "shed"),
        row.getLong(prefix + "shed_and_deleted"),
        row.getLong(prefix + "epoch_base"),
        row.getLong(prefix + "position"),
        new Digest(row.getBytes(prefix + "digest")),
        row.getLong(prefix + "receipted_position"),
        new Digest(row.getBytes(prefix + "receipted_digest")),
        row.getLong(prefix + "sendable"));
  }

  void write(PreparedStatement update) throws SQLException {
    update.setLong(1, epoch);
    update.setLong(2, offered);
    update.setLong(3, refused);
    update.setLong(4, repeated);
    writeLane(update, 5, urgent);
    writeLane(update, 15, bulk);
    update.setLong(25, measuredFrom);
    update.setLong(26, running);
    update.executeUpdate();
  }

  private static void writeLane(PreparedStatement update, int first, LaneTotals lane)
      throws SQLException {
    update.setLong(first, lane.taken());
    update.setLong(first + 1, lane.receipted());
    update.setLong(first + 2, lane.shed());
    update.setLong(first + 3, lane.shedAndDeleted());
    update.setLong(first + 4, lane.epochBase());
    update.setLong(first + 5, lane.position());
    update.setBytes(first + 6, lane.digest().bytes());
    update.setLong(first + 7, lane.receiptedPosition());
    update.setBytes(first + 8, lane.receiptedDigest().bytes());
    update.setLong(first + 9, lane.sendable());
  }

  LaneTotals lane(Lane lane) {
    return switch (lane) {
      case URGENT -> urgent;
      case BULK -> bulk;
    };
  }

  Totals withLane(Lane lane, LaneTotals changed) {
    return switch (lane) {
      case URGENT -> with(epoch, changed, bulk);
      case BULK -> with(epoch, urgent, changed);
    };
  }

  Totals inEpoch(long newEpoch) {
    return with(newEpoch, urgent.inNewEpoch(), bulk.inNewEpoch());
  }

  private Totals with(long newEpoch, LaneTotals newUrgent, LaneTotals newBulk) {
    return new Totals(
        newEpoch, offered, refused, repeated, newUrgent, newBulk, measuredFrom, running);
  }

  Totals plus(long moreOffered, long moreRefused, long moreRepeated) {
    return new Totals(
        epoch,
        offered + moreOffered,
        refused + moreRefused,
        repeated + moreRepeated,
        urgent,
        bulk,
        measuredFrom,
        running);
  }

  Totals measuredFrom(long position) {
    return new Totals(epoch, offered, refused, repeated, urgent, bulk, position, running);
  }

  Totals ranFor(long millis) {
    return new Totals(
        epoch, offered, refused, repeated, urgent, bulk, measuredFrom, running + millis);
  }

  /** How many events were given up so far. */
  long givenUp() {
    return urgent.shed() + bulk.shed();
  }

  Ledger ledger() {
    return new Ledger(
        offered,
        urgent.taken() + bulk.taken(),
        refused,
        repeated,
        urgent.receipted() + bulk.receipted(),
        urgent.queued() + bulk.queued(),
        givenUp(),
        Map.of(Lane.URGENT, urgent.figures(), Lane.BULK, bulk.figures()));
  }
}

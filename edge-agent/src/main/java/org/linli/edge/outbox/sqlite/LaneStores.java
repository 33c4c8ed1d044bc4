package org.linli.edge.outbox.sqlite;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.linli.event.Lane;

/** The stores of both lanes, and what is done with both. For the writer thread only. */
final class LaneStores {

  private final LaneStore urgent;
  private final LaneStore bulk;

  /**
   * @param quota of the outbox in bytes
   */
  LaneStores(Connection connection, DeviceLosses losses, long quota) throws SQLException {
    urgent = new LaneStore(connection, Lane.URGENT, losses, quota);
    bulk = new LaneStore(connection, Lane.BULK, losses, quota);
  }

  LaneStore of(Lane lane) {
    return switch (lane) {
      case URGENT -> urgent;
      case BULK -> bulk;
    };
  }

  /** Appends rows. */
  LaneTotals insert(Lane lane, List<Row> rows, LaneTotals before, MessageDigest sha256, long now)
      throws SQLException {
    LaneTotals totals = before;
    for (Row row : rows) {
      totals = totals.plusRow(row.events(), row.digest(totals.digest(), sha256));
      of(lane).rows().insert(totals, row, now);
    }
    return totals;
  }

  Totals deleteReceipted(Map<Lane, Long> receipts, Totals before) throws SQLException {
    Totals totals = before;
    for (Map.Entry<Lane, Long> receipt : receipts.entrySet()) {
      Lane lane = receipt.getKey();
      totals = totals.withLane(lane, of(lane).receipted(receipt.getValue(), totals.lane(lane)));
    }
    return totals;
  }

  void settle(Totals totals) throws SQLException {
    urgent.settle(totals.urgent());
    bulk.settle(totals.bulk());
  }

  Totals extendShort(Totals totals, boolean isAmple) throws SQLException {
    return totals
        .withLane(Lane.URGENT, urgent.extendShort(totals.urgent(), isAmple))
        .withLane(Lane.BULK, bulk.extendShort(totals.bulk(), isAmple));
  }
}

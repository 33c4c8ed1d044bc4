package org.linli.hub.intake.sequence;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.AppliedSoFar;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The watermarks in the hub's records: one row per gateway, epoch and lane. */
@Component
public class Watermarks implements AppliedSoFar {

  private static final String CURRENT =
      """
      SELECT known.epoch, COALESCE(mark.sequence, 0) AS sequence, mark.digest,
        mark.taken_before, mark.applied, mark.declared, mark.difference
      FROM (SELECT MAX(epoch) AS epoch FROM watermark WHERE gateway = :gateway) known
      LEFT JOIN watermark mark
        ON mark.gateway = :gateway AND mark.epoch = known.epoch AND mark.lane = :lane
      WHERE known.epoch IS NOT NULL
      """;

  private static final String BEGIN =
      """
      INSERT INTO watermark
        (gateway, epoch, lane, sequence, digest, applied, taken, shed, moved_at)
      VALUES (:gateway, :epoch, :lane, 0, :none, 0, 0, 0, :at)
      ON CONFLICT (gateway, epoch, lane) DO NOTHING
      """;

  private static final String ADVANCE =
      """
      UPDATE watermark
      SET sequence = :last, digest = :digest, applied = :applied, taken = :taken, shed = :shed,
          taken_before = :before, declared = :declared, difference = :difference, moved_at = :at
      WHERE gateway = :gateway AND epoch = :epoch AND lane = :lane AND sequence = :previous
      """;

  /** How many epochs of each gateway are kept; only the highest is ever used. */
  public static final int MOST_EPOCHS = 16;

  private static final String TRIM =
      """
      DELETE FROM watermark
      WHERE gateway = :gateway AND epoch < (
        SELECT DISTINCT epoch FROM watermark WHERE gateway = :gateway
        ORDER BY epoch DESC LIMIT 1 OFFSET :others)
      """;

  private final JdbcClient client;
  private final RecordsReader reader;

  public Watermarks(JdbcClient client, RecordsReader reader) {
    this.client = client;
    this.reader = reader;
  }

  @Override
  public List<Receipt.Applied> of(GatewayId gateway) {
    return List.of(statement(gateway, Lane.URGENT), statement(gateway, Lane.BULK));
  }

  private Receipt.Applied statement(GatewayId gateway, Lane lane) {
    Watermark known = current(gateway, lane);
    return new Receipt.Applied(known.epoch(), lane, known.sequence(), known.digest());
  }

  /**
   * Returns a lane's watermark, as last committed, in the highest epoch in which anything of this
   * gateway was applied; epoch 0 for a new gateway.
   */
  Watermark current(GatewayId gateway, Lane lane) {
    return reader
        .sql(CURRENT)
        .param("gateway", gateway.value())
        .param("lane", lane.wireName())
        .query(
            (row, number) -> {
              String digest = row.getString("digest");
              return new Watermark(
                  row.getLong("epoch"),
                  row.getLong("sequence"),
                  digest == null ? Digest.NONE : new Digest(HexFormat.of().parseHex(digest)),
                  new LaneCount(
                      row.getLong("taken_before"),
                      row.getLong("applied"),
                      row.getLong("declared"),
                      row.getLong("difference")));
            })
        .optional()
        .orElse(Watermark.before(0));
  }

  /**
   * Moves a lane's watermark to the end of the batch, within the caller's transaction.
   *
   * @param next the watermark after that
   * @return false if it is no longer at {@code previous}: another writer moved it, and the caller
   *     must roll back
   */
  public boolean advance(Batch batch, long previous, Watermark next, Instant at) {
    if (previous == 0) {
      client
          .sql(BEGIN)
          .param("gateway", batch.gateway().value())
          .param("epoch", batch.epoch())
          .param("lane", batch.lane().wireName())
          .param("none", Digest.NONE.toString())
          .param("at", at.toEpochMilli())
          .update();
      client
          .sql(TRIM)
          .param("gateway", batch.gateway().value())
          .param("others", MOST_EPOCHS - 1)
          .update();
    }
    return client
            .sql(ADVANCE)
            .param("last", batch.last())
            .param("digest", batch.digest().toString())
            .param("applied", next.count().received())
            .param("taken", batch.ledger().taken())
            .param("shed", batch.ledger().shed())
            .param("before", next.count().before())
            .param("declared", next.count().shed())
            .param("difference", next.count().difference())
            .param("at", at.toEpochMilli())
            .param("gateway", batch.gateway().value())
            .param("epoch", batch.epoch())
            .param("lane", batch.lane().wireName())
            .param("previous", previous)
            .update()
        == 1;
  }
}

package org.linli.hub.journal;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.linli.event.CommunityId;
import org.linli.event.Lane;
import org.linli.hub.gateway.ArrivedBatch;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The end of the journal, to which rows are added. Ids come from a counter row, which a transaction
 * raises together with its rows and keeps locked until it is over. They are therefore in the order
 * of the commits, and a reader that has seen an id has seen all before it. Used within a writing
 * transaction.
 */
final class JournalEnd {

  private static final String MOVE_ON =
      "UPDATE journal_position SET last_id = last_id + ? WHERE id = 1";
  private static final String ADD =
      """
      INSERT INTO journal
        (id, received_at, events, repeats, late, payload, urgent_of, community)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate writer;
  private final JdbcClient client;

  /**
   * A batch that is added.
   *
   * @param community the community of its gateway
   * @param events how many of them were not applied in an earlier epoch
   */
  record Row(
      CommunityId community, ArrivedBatch arrived, int events, BitSet repeats, BitSet late) {}

  private record Numbered(long id, Row row) {}

  JournalEnd(JdbcTemplate writer) {
    this.writer = writer;
    this.client = JdbcClient.create(writer);
  }

  JdbcClient.StatementSpec sql(String query) {
    return client.sql(query);
  }

  /** Adds rows, each with the next id. */
  void append(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    writer.update(MOVE_ON, rows.size());
    long last =
        client.sql("SELECT last_id FROM journal_position WHERE id = 1").query(Long.class).single();
    long first = last - rows.size() + 1;
    writer.batchUpdate(
        ADD,
        IntStream.range(0, rows.size())
            .mapToObj(i -> new Numbered(first + i, rows.get(i)))
            .toList(),
        rows.size(),
        (statement, numbered) -> {
          Row row = numbered.row();
          ArrivedBatch arrived = row.arrived();
          statement.setLong(1, numbered.id());
          statement.setLong(2, arrived.receivedAt().toEpochMilli());
          statement.setLong(3, row.events());
          statement.setBytes(4, row.repeats().toByteArray());
          statement.setBytes(5, row.late().toByteArray());
          statement.setBytes(6, arrived.payload());
          statement.setString(7, arrived.lane() == Lane.URGENT ? arrived.gateway().value() : null);
          statement.setString(8, row.community().value());
        });
  }

  /** Waits for a transaction that has added rows, is out of this program's hands and not over. */
  void await() {
    writer.update(MOVE_ON, 0);
  }
}

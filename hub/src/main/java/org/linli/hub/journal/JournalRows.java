package org.linli.hub.journal;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the journal's rows in portions. */
final class JournalRows {

  private static final int MOST_ENTRIES = 500;

  /** In bytes as they came. */
  private static final long MOST_BYTES = 8L << 20;

  /** What waits for the stores. */
  static final String WAITING =
      """
      SELECT urgent_of, SUM(events) AS events, SUM(LENGTH(payload)) AS bytes FROM journal
      WHERE id > (SELECT carried FROM archive WHERE id = 1) GROUP BY urgent_of
      """;

  private final RecordsReader reader;

  private record Size(long id, long events, long bytes) {}

  /**
   * A part of what waits.
   *
   * @param urgentOf whose urgent events it is; null for the bulk events of all gateways
   */
  record Waiting(@Nullable GatewayId urgentOf, long events, long bytes) {}

  static List<Waiting> waiting(JdbcClient.StatementSpec query) {
    return query
        .query(
            (row, number) ->
                new Waiting(
                    gateway(row.getString("urgent_of")),
                    row.getLong("events"),
                    row.getLong("bytes")))
        .list();
  }

  JournalRows(RecordsReader reader) {
    this.reader = reader;
  }

  /**
   * Returns the oldest entries between two rows, both included, with roughly {@code mostEvents}
   * events and at least one entry; empty if there are none.
   */
  List<JournalEntry> oldest(long from, long to, int mostEvents) {
    List<Size> sizes =
        reader
            .sql(
                "SELECT id, events, LENGTH(payload) AS bytes FROM journal WHERE id BETWEEN :from"
                    + " AND :to ORDER BY id LIMIT "
                    + MOST_ENTRIES)
            .param("from", from)
            .param("to", to)
            .query(
                (row, number) ->
                    new Size(row.getLong("id"), row.getLong("events"), row.getLong("bytes")))
            .list();
    if (sizes.isEmpty()) {
      return List.of();
    }
    long last = sizes.getFirst().id();
    long sum = 0;
    long bytes = 0;
    for (Size size : sizes) {
      sum += size.events();
      bytes += size.bytes();
      if (sum > mostEvents || bytes > MOST_BYTES) {
        break;
      }
      last = size.id();
    }
    return reader
        .sql(
            """
            SELECT id, received_at, events, repeats, late, payload, urgent_of,
              COALESCE(community, (SELECT id FROM community WHERE earlier = 1)) AS community
            FROM journal
            WHERE id BETWEEN :from AND :last ORDER BY id
            """)
        .param("from", from)
        .param("last", last)
        .query(
            (row, number) ->
                new JournalEntry(
                    row.getLong("id"),
                    new CommunityId(row.getString("community")),
                    Instant.ofEpochMilli(row.getLong("received_at")),
                    row.getInt("events"),
                    BitSet.valueOf(row.getBytes("repeats")),
                    BitSet.valueOf(row.getBytes("late")),
                    row.getBytes("payload"),
                    gateway(row.getString("urgent_of"))))
        .list();
  }

  private static @Nullable GatewayId gateway(@Nullable String id) {
    return id == null ? null : new GatewayId(id);
  }
}

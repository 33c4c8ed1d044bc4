package org.linli.hub.console.stream;

import java.time.InstantSource;
import java.util.List;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of changes. Bounded by {@link StreamSettings#keep} and {@link StreamSettings#keepFor}.
 */
@Repository
class ChangeRecords {

  private static final int PRUNE_EVERY = 100;

  private final JdbcClient client;
  private final RecordsReader reader;
  private final InstantSource clock;
  private final StreamSettings settings;

  ChangeRecords(
      JdbcClient client, RecordsReader reader, InstantSource clock, StreamSettings settings) {
    this.client = client;
    this.reader = reader;
    this.clock = clock;
    this.settings = settings;
  }

  /** Adds a change in the caller's transaction: it is there if and only if that commits. */
  Change append(String name, String data) {
    client.sql("UPDATE stream_position SET last_id = last_id + 1 WHERE name = 'stream'").update();
    long id =
        client
            .sql("SELECT last_id FROM stream_position WHERE name = 'stream'")
            .query(Long.class)
            .single();
    client
        .sql("INSERT INTO stream_event (id, at, name, data) VALUES (?, ?, ?, ?)")
        .param(id)
        .param(clock.millis())
        .param(name)
        .param(data)
        .update();
    if (id % PRUNE_EVERY == 0) {
      prune(id);
    }
    return new Change(id, name, data);
  }

  private void prune(long newest) {
    client
        .sql("DELETE FROM stream_event WHERE id <= ? OR at < ?")
        .param(newest - settings.keep())
        .param(clock.millis() - settings.keepFor().toMillis())
        .update();
  }

  /** The id of the newest committed change; 0 when there never was one. */
  long newest() {
    return reader
        .sql("SELECT last_id FROM stream_position WHERE name = 'stream'")
        .query(Long.class)
        .single();
  }

  /** What follows a change, oldest first. A gap right after it means that some were dropped. */
  List<Change> after(long id, int limit) {
    return reader
        .sql("SELECT id, name, data FROM stream_event WHERE id > ? ORDER BY id LIMIT ?")
        .param(id)
        .param(limit)
        .query(
            (row, number) ->
                new Change(row.getLong("id"), row.getString("name"), row.getString("data")))
        .list();
  }
}

package org.linli.hub.console.stream;

import java.util.ArrayList;
import java.util.List;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.records.RunningTime;
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
  private final RunningTime time;
  private final StreamSettings settings;

  ChangeRecords(
      JdbcClient client, RecordsReader reader, RunningTime time, StreamSettings settings) {
    this.client = client;
    this.reader = reader;
    this.time = time;
    this.settings = settings;
  }

  /** Adds a change in the caller's transaction: it is there if and only if that commits. */
  Change append(String name, String data) {
    long id = leaveOut();
    client
        .sql("INSERT INTO stream_event (id, at, name, data) VALUES (?, ?, ?, ?)")
        .param(id)
        .param(time.millis())
        .param(name)
        .param(data)
        .update();
    if (id % PRUNE_EVERY == 0) {
      prune(id);
    }
    return new Change(id, name, data);
  }

  /**
   * Leaves a gap in the caller's transaction: whoever reads on from before it is to read everything
   * again.
   *
   * @return the id after which reading goes on
   */
  long leaveOut() {
    client.sql("UPDATE stream_position SET last_id = last_id + 1 WHERE name = 'stream'").update();
    return client
        .sql("SELECT last_id FROM stream_position WHERE name = 'stream'")
        .query(Long.class)
        .single();
  }

  private void prune(long newest) {
    client
        .sql("DELETE FROM stream_event WHERE id <= ? OR at < ?")
        .param(newest - settings.keep())
        .param(time.millis() - settings.keepFor().toMillis())
        .update();
  }

  /** The id of the newest committed change; 0 when there never was one. */
  long newest() {
    return reader
        .sql("SELECT last_id FROM stream_position WHERE name = 'stream'")
        .query(Long.class)
        .single();
  }

  /**
   * What follows a change, oldest first: as many as fit, and one at least where there is one. A gap
   * right after it means that some were dropped.
   */
  List<Change> after(long id, int most, int mostCharacters) {
    return reader
        .sql("SELECT id, name, data FROM stream_event WHERE id > ? ORDER BY id LIMIT ?")
        .param(id)
        .param(most)
        .query(
            rows -> {
              List<Change> found = new ArrayList<>();
              long characters = 0;
              while (characters < mostCharacters && rows.next()) {
                Change change =
                    new Change(rows.getLong("id"), rows.getString("name"), rows.getString("data"));
                found.add(change);
                characters += change.data().length();
              }
              return found;
            });
  }
}

package org.linli.hub.access.signin;

import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linli.hub.records.ReplaceableFile;
import org.linli.hub.records.SharedConnections;
import org.linli.hub.records.SharedPool;
import org.linli.program.folder.DataFolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is signed in, and from which addresses people signed in: in the file {@value #NAME} in the
 * data folder, readable by the hub's own user only, or in the database that several hubs have. So a
 * page's request neither waits for nor holds up the one connection that writes the records. A file
 * that cannot be read, or is another version's, is replaced: people sign in again, and nothing else
 * is lost.
 */
@Component
class SessionRows {

  static final String NAME = "sessions.db";

  private static final int VERSION = 1;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS session (
        id_hash      TEXT   NOT NULL PRIMARY KEY,
        person       TEXT   NOT NULL,
        vouched_by   TEXT   NOT NULL,
        last_used_at BIGINT NOT NULL
      )
      """;

  private static final String ADDRESSES =
      """
      CREATE TABLE IF NOT EXISTS known_address (
        address      TEXT   NOT NULL PRIMARY KEY,
        last_used_at BIGINT NOT NULL
      )
      """;

  private static final int CONNECTIONS = 2;

  private final JdbcClient client;
  private final Runnable close;

  /**
   * One session.
   *
   * @param person id of the person who is signed in
   * @param vouchedBy digest of the secret that the person proved to know; a session ends when it
   *     changes
   */
  record Kept(String person, String vouchedBy, Instant lastUsedAt) {}

  SessionRows(DataFolder folder, SharedConnections shared) {
    SharedPool common = shared.open("sessions", CONNECTIONS).orElse(null);
    if (common != null) {
      client = common.client();
      close = common::close;
      return;
    }
    ReplaceableFile file = ReplaceableFile.open(folder.resolve(NAME), VERSION, TABLE);
    client = file.client();
    close = file::close;
    client.sql(ADDRESSES).update();
  }

  /** Returns the addresses from which a person has signed in, least recently used first. */
  List<String> addresses() {
    return client
        .sql("SELECT address FROM known_address ORDER BY last_used_at, address")
        .query((row, number) -> row.getString("address"))
        .list();
  }

  /**
   * @param newest how many are kept
   */
  void keepAddress(String address, Instant usedAt, int newest) {
    client
        .sql(
            """
            INSERT INTO known_address (address, last_used_at) VALUES (?, ?)
            ON CONFLICT (address) DO UPDATE SET last_used_at = excluded.last_used_at
            """)
        .param(address)
        .param(usedAt.toEpochMilli())
        .update();
    client
        .sql(
            """
            DELETE FROM known_address WHERE address NOT IN
              (SELECT address FROM known_address ORDER BY last_used_at DESC, address LIMIT ?)
            """)
        .param(newest)
        .update();
  }

  Optional<Kept> find(String idHash) {
    return client
        .sql("SELECT person, vouched_by, last_used_at FROM session WHERE id_hash = ?")
        .param(idHash)
        .query(
            (row, number) ->
                new Kept(
                    row.getString("person"),
                    row.getString("vouched_by"),
                    Instant.ofEpochMilli(row.getLong("last_used_at"))))
        .optional();
  }

  void add(String idHash, Kept session) {
    client
        .sql("INSERT INTO session (id_hash, person, vouched_by, last_used_at) VALUES (?, ?, ?, ?)")
        .param(idHash)
        .param(session.person())
        .param(session.vouchedBy())
        .param(session.lastUsedAt().toEpochMilli())
        .update();
  }

  /** Changes a session that still exists; one that was ended meanwhile stays ended. */
  void change(String idHash, String newIdHash, Kept session) {
    client
        .sql(
            """
            UPDATE session SET id_hash = ?, person = ?, vouched_by = ?, last_used_at = ?
            WHERE id_hash = ?
            """)
        .param(newIdHash)
        .param(session.person())
        .param(session.vouchedBy())
        .param(session.lastUsedAt().toEpochMilli())
        .param(idHash)
        .update();
  }

  void delete(String idHash) {
    client.sql("DELETE FROM session WHERE id_hash = ?").param(idHash).update();
  }

  /** Deletes the sessions that were not used since then. */
  void deleteUnusedSince(Instant time) {
    client.sql("DELETE FROM session WHERE last_used_at <= ?").param(time.toEpochMilli()).update();
  }

  /** Deletes all sessions except the most recently used ones. */
  void deleteAllBut(int newest) {
    client
        .sql(
            """
            DELETE FROM session WHERE id_hash NOT IN
              (SELECT id_hash FROM session ORDER BY last_used_at DESC, id_hash LIMIT ?)
            """)
        .param(newest)
        .update();
  }

  /** Deletes the sessions of a person that another secret vouches for. */
  void deleteOthersOf(String person, String vouchedBy) {
    client
        .sql("DELETE FROM session WHERE person = ? AND vouched_by <> ?")
        .param(person)
        .param(vouchedBy)
        .update();
  }

  @PreDestroy
  void close() {
    close.run();
  }
}

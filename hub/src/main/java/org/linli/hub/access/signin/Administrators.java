package org.linli.hub.access.signin;

import java.time.InstantSource;
import java.util.Optional;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the administrator's account. */
@Repository
class Administrators {

  private final JdbcClient client;
  private final RecordsReader reader;
  private final InstantSource clock;

  Administrators(JdbcClient client, RecordsReader reader, InstantSource clock) {
    this.client = client;
    this.reader = reader;
    this.clock = clock;
  }

  /** Empty until somebody has used the first one-time link. */
  Optional<Administrator> find() {
    return reader
        .sql("SELECT id, name, password_hash FROM administrator WHERE id = ?")
        .param(Administrator.ID)
        .query(
            (row, number) ->
                new Administrator(
                    row.getString("id"), row.getString("name"), row.getString("password_hash")))
        .optional();
  }

  /** Makes the account, or gives the one that exists a new name and password. */
  Administrator save(String name, String passwordHash) {
    client
        .sql(
            """
            INSERT INTO administrator (id, name, password_hash, changed_at)
            VALUES (:id, :name, :hash, :now)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, password_hash = excluded.password_hash,
                changed_at = excluded.changed_at
            """)
        .param("id", Administrator.ID)
        .param("name", name)
        .param("hash", passwordHash)
        .param("now", clock.millis())
        .update();
    return new Administrator(Administrator.ID, name, passwordHash);
  }
}

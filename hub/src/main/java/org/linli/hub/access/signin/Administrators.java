package org.linli.hub.access.signin;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.Accounts;
import org.linli.hub.people.Actor;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps the administrator's account. Safe for any thread. */
@Repository
class Administrators implements Accounts {

  private static final int ID_BYTES = 8;

  private final JdbcClient client;
  private final RecordsReader reader;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Administrator known;

  Administrators(JdbcClient client, RecordsReader reader, InstantSource clock) {
    this.client = client;
    this.reader = reader;
    this.clock = clock;
  }

  /** Returns the administrator; empty until a person has used the first one-time link. */
  Optional<Administrator> find() {
    return reader
        .sql("SELECT id, name, password_hash FROM administrator")
        .query(
            (row, number) ->
                new Administrator(
                    row.getString("id"), row.getString("name"), row.getString("password_hash")))
        .optional();
  }

  @Override
  public synchronized Optional<String> nameOf(Actor.Account account) {
    if (known == null) {
      known = find().orElse(null);
    }
    return Optional.ofNullable(known)
        .filter(administrator -> administrator.id().equals(account.id()))
        .map(Administrator::name);
  }

  /** Creates the account, or gives the existing one a new name and password. */
  Administrator save(String name, String passwordHash) {
    Administrator saved =
        new Administrator(find().map(Administrator::id).orElseGet(this::newId), name, passwordHash);
    client
        .sql(
            """
            INSERT INTO administrator (id, name, password_hash, changed_at)
            VALUES (:id, :name, :hash, :now)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, password_hash = excluded.password_hash,
                changed_at = excluded.changed_at
            """)
        .param("id", saved.id())
        .param("name", name)
        .param("hash", passwordHash)
        .param("now", clock.millis())
        .update();
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              know(saved);
            }
          });
    } else {
      know(saved);
    }
    return saved;
  }

  private synchronized void know(Administrator administrator) {
    known = administrator;
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "account~" + HexFormat.of().formatHex(bytes);
  }
}

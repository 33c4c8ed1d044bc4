package org.linli.hub.access.signin;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import org.linli.event.Sha256;
import org.linli.hub.access.AccessSettings;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One-time links. A code has 256 random bits; the records keep only its SHA-256. At most one code
 * is valid: issuing another invalidates the one before.
 */
@Component
class SignInLinks {

  private static final int CODE_BYTES = 32;

  private final JdbcClient client;
  private final RecordsReader reader;
  private final TransactionOperations transaction;
  private final InstantSource clock;
  private final AccessSettings settings;
  private final SecureRandom random = new SecureRandom();

  SignInLinks(
      JdbcClient client,
      RecordsReader reader,
      TransactionOperations transaction,
      InstantSource clock,
      AccessSettings settings) {
    this.client = client;
    this.reader = reader;
    this.transaction = transaction;
    this.clock = clock;
    this.settings = settings;
  }

  /** Returns a new code, valid once and for {@link AccessSettings#signInLinkLifetime}. */
  String issue() {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = clock.millis();
    transaction.executeWithoutResult(
        status -> {
          client.sql("DELETE FROM sign_in_link").update();
          client
              .sql("INSERT INTO sign_in_link (code_hash, issued_at, expires_at) VALUES (?, ?, ?)")
              .param(Sha256.hexOf(code))
              .param(now)
              .param(now + settings.signInLinkLifetime().toMillis())
              .update();
        });
    return code;
  }

  /** Returns whether {@link #use} would succeed now. This does not use the code up. */
  boolean isValid(String code) {
    return reader
            .sql("SELECT COUNT(*) FROM sign_in_link WHERE code_hash = ? AND expires_at > ?")
            .param(Sha256.hexOf(code))
            .param(clock.millis())
            .query(Integer.class)
            .single()
        == 1;
  }

  /**
   * Uses a code up. To be called in the transaction of what the code is for.
   *
   * @return false if it was used before, has expired or was never issued; of two concurrent calls
   *     one gets true
   */
  boolean use(String code) {
    return client
            .sql("DELETE FROM sign_in_link WHERE code_hash = ? AND expires_at > ?")
            .param(Sha256.hexOf(code))
            .param(clock.millis())
            .update()
        == 1;
  }
}

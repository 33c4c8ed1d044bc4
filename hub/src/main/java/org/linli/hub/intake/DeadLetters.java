package org.linli.hub.intake;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.linli.hub.gateway.ArrivedBatch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What could not be applied, kept with its reason and a bounded copy for a person to look at. */
@Component
class DeadLetters {

  private static final int SAMPLE_BYTES = 1024;
  private static final int ID_BYTES = 12;

  private static final String KEEP =
      """
      INSERT INTO dead_letter (id, at, source, reason, detail, size, sample)
      VALUES (:id, :at, :source, :reason, :detail, :size, :sample)
      ON CONFLICT (id) DO NOTHING
      """;

  private final JdbcClient client;

  DeadLetters(JdbcClient client) {
    this.client = client;
  }

  /**
   * Within the caller's transaction.
   *
   * @return false when the very same bytes of that gateway are already kept
   */
  boolean keep(ArrivedBatch arrived, String reason, String detail) {
    byte[] payload = arrived.payload();
    return client
            .sql(KEEP)
            .param("id", id(arrived))
            .param("at", arrived.receivedAt().toEpochMilli())
            .param("source", "gateway://" + arrived.gateway() + "/" + arrived.lane())
            .param("reason", reason)
            .param("detail", detail)
            .param("size", payload.length)
            .param(
                "sample",
                Base64.getEncoder()
                    .encodeToString(Arrays.copyOf(payload, Math.min(payload.length, SAMPLE_BYTES))))
            .update()
        == 1;
  }

  private static String id(ArrivedBatch arrived) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(arrived.payload());
      return arrived.gateway() + "-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package org.linli.hub.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.linli.event.DeviceEvent;
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

  /** What is kept at most: the newest. */
  private static final int MOST = 10_000;

  private static final String BOUND =
      """
      DELETE FROM dead_letter WHERE id IN
        (SELECT id FROM dead_letter ORDER BY at DESC, id LIMIT -1 OFFSET :most)
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
    return keep(
        arrived.gateway() + "-" + hash(arrived.payload()),
        arrived.receivedAt(),
        "gateway://" + arrived.gateway() + "/" + arrived.lane(),
        reason,
        detail,
        arrived.payload());
  }

  /** Keeps an event in readable words. Within the caller's transaction. */
  void keep(HubEvent event, String reason, String detail) {
    DeviceEvent said = event.taken().event();
    String words =
        "%s %s %s %s %s %s"
            .formatted(
                event.id(), said.time(), said.device(), said.kind(), said.type(), said.values());
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    keep(
        event.id() + "-" + hash(text),
        event.receivedAt(),
        "gateway://" + event.gateway() + "/" + event.lane(),
        reason,
        detail,
        text);
  }

  private boolean keep(
      String id, Instant at, String source, String reason, String detail, byte[] content) {
    boolean isNew =
        client
                .sql(KEEP)
                .param("id", id)
                .param("at", at.toEpochMilli())
                .param("source", source)
                .param("reason", reason)
                .param("detail", detail)
                .param("size", content.length)
                .param(
                    "sample",
                    Base64.getEncoder()
                        .encodeToString(
                            Arrays.copyOf(content, Math.min(content.length, SAMPLE_BYTES))))
                .update()
            == 1;
    if (isNew) {
      client.sql(BOUND).param("most", MOST).update();
    }
    return isNew;
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

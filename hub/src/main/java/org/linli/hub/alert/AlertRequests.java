package org.linli.hub.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.linli.hub.records.RunningTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which requests were already done, so that one that is sent again because its answer was lost does
 * nothing twice. Kept for a day, as digests, at most the newest {@value #MOST}; used within the
 * writing transaction.
 */
@Component
class AlertRequests {

  static final int MOST = 10_000;

  private static final Duration KEPT = Duration.ofDays(1);

  private static final String FORGET_BEYOND =
      """
      DELETE FROM alert_request
      WHERE at < (SELECT at FROM alert_request ORDER BY at DESC LIMIT 1 OFFSET :most)
      """;

  private final JdbcClient client;
  private final RunningTime time;

  AlertRequests(JdbcClient client, RunningTime time) {
    this.client = client;
    this.time = time;
  }

  boolean isDone(String request) {
    return client
            .sql("SELECT COUNT(*) FROM alert_request WHERE request = ?")
            .param(digest(request))
            .query(Integer.class)
            .single()
        > 0;
  }

  void done(String request) {
    long now = time.millis();
    client.sql("DELETE FROM alert_request WHERE at < ?").param(now - KEPT.toMillis()).update();
    client
        .sql(
            "INSERT INTO alert_request (request, at) VALUES (?, ?) ON CONFLICT (request) DO"
                + " NOTHING")
        .param(digest(request))
        .param(now)
        .update();
    client.sql(FORGET_BEYOND).param("most", MOST).update();
  }

  private static String digest(String request) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(request.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

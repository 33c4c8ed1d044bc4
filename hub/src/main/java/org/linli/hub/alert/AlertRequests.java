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
 * nothing twice. Kept for a day, as digests; used within the writing transaction.
 */
@Component
class AlertRequests {

  private static final Duration KEPT = Duration.ofDays(1);

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

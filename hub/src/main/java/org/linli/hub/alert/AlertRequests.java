package org.linli.hub.alert;

import java.time.Duration;
import org.linli.event.Sha256;
import org.linli.hub.records.RunningTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers the requests that were done, so that a request that is repeated because its answer was
 * lost has no second effect. They are kept as digests for a day, at most the newest {@value #MOST}.
 * Used within the writing transaction.
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
            .param(Sha256.hexOf(request))
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
        .param(Sha256.hexOf(request))
        .param(now)
        .update();
    client.sql(FORGET_BEYOND).param("most", MOST).update();
  }
}

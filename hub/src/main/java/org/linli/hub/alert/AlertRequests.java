package org.linli.hub.alert;

import java.time.Duration;
import org.linli.event.Sha256;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.RunningTime;
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

  private final CommunityRecords records;
  private final RunningTime time;

  AlertRequests(CommunityRecords records, RunningTime time) {
    this.records = records;
    this.time = time;
  }

  boolean isDone(String request) {
    return records
            .writeShared("SELECT COUNT(*) FROM alert_request WHERE request = ?")
            .param(Sha256.hexOf(request))
            .query(Integer.class)
            .single()
        > 0;
  }

  void done(String request) {
    long now = time.millis();
    records
        .writeShared("DELETE FROM alert_request WHERE at < ?")
        .param(now - KEPT.toMillis())
        .update();
    records
        .writeShared(
            "INSERT INTO alert_request (request, at) VALUES (?, ?) ON CONFLICT (request) DO"
                + " NOTHING")
        .param(Sha256.hexOf(request))
        .param(now)
        .update();
    records.writeShared(FORGET_BEYOND).param("most", MOST).update();
  }
}

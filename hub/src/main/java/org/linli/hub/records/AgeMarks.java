package org.linli.hub.records;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Determines the age of entries in a growing list, without reading them and without trusting a
 * clock. From time to time a mark notes where the list ends, by {@link RunningTime}. Entries from
 * before the first mark count from that mark. To be used in the transactions of the list, by one
 * thread at a time.
 */
public final class AgeMarks {

  private static final long LONGEST_STEP_MILLIS = Duration.ofHours(1).toMillis();
  private static final long SHORTEST_STEP_MILLIS = 100;
  private static final int MARKS = 100;

  private final JdbcClient client;
  private final RunningTime time;
  private final String list;
  private final long longest;
  private final long step;
  private long lookedAt = Long.MIN_VALUE;
  private long expired;

  /**
   * @param list the name that distinguishes the list from others
   * @param longest the age beyond which an entry is too old
   */
  public AgeMarks(JdbcClient client, RunningTime time, String list, Duration longest) {
    this.client = client;
    this.time = time;
    this.list = list;
    this.longest = longest.toMillis();
    this.step = Math.clamp(this.longest / MARKS, SHORTEST_STEP_MILLIS, LONGEST_STEP_MILLIS);
  }

  /**
   * Returns the position up to which entries are too old; 0 for none. It reads the marks once in a
   * while, and costs nothing in between.
   *
   * @param end the newest position
   */
  public long expired(long end) {
    long now = time.millis();
    if (lookedAt != Long.MIN_VALUE && now - lookedAt < step) {
      return expired;
    }
    client
        .sql(
            """
            INSERT INTO age_mark (list, at, position) VALUES (?, ?, ?)
            ON CONFLICT (list, at) DO UPDATE SET position = excluded.position
            """)
        .param(list)
        .param(now)
        .param(end)
        .update();
    expired =
        client
            .sql(
                """
                SELECT COALESCE(MAX(position), 0) FROM age_mark WHERE list = ? AND at <= ?
                """)
            .param(list)
            .param(now - longest)
            .query(Long.class)
            .single();
    client
        .sql(
            """
            DELETE FROM age_mark WHERE list = :list AND at <
              (SELECT MAX(at) FROM age_mark WHERE list = :list AND at <= :oldest)
            """)
        .param("list", list)
        .param("oldest", now - longest)
        .update();
    lookedAt = now;
    return expired;
  }

  /** Handles a list that ends before marked positions because it was emptied by hand. */
  public void forgetBeyond(long end) {
    client
        .sql("DELETE FROM age_mark WHERE list = ? AND position > ?")
        .param(list)
        .param(end)
        .update();
  }
}

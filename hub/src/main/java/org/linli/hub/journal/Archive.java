package org.linli.hub.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linli.hub.records.AgeMarks;
import org.linli.hub.records.HistoryAgain;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.records.RunningTime;
import org.linli.program.folder.DataFolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the batches that the stores have received, in the form in which they came. They stay in the
 * hub's records, which lose nothing when the power fails, so that a store that lost data can
 * receive everything again. The archive costs no further write: a batch stays where the journal put
 * it, and a mark moves past it.
 */
@Component
public class Archive {

  /** More than one step of the journal carries, so that dropping keeps up. */
  private static final int MOST_DROPPED = 1_000;

  private final JdbcClient client;
  private final RecordsReader reader;
  private final JournalRows rows;
  private final long limit;
  private final AgeMarks ages;

  /**
   * @param carried the last row that every store has
   * @param againNext the next row to be given again, 0 for none
   * @param againLast the last row to be given again, 0 for none
   */
  private record Mark(long carried, long keptBytes, boolean lacks, long againNext, long againLast) {

    boolean isGivingAgain() {
      return againNext > 0;
    }
  }

  private record Kept(long id, long bytes) {}

  /**
   * @throws IllegalArgumentException if the limit is larger than the disk
   */
  Archive(
      JdbcClient client,
      RecordsReader reader,
      ArchiveSettings settings,
      RunningTime time,
      DataFolder data) {
    this.client = client;
    this.reader = reader;
    this.rows = new JournalRows(reader);
    this.limit = settings.limit(data.path());
    this.ages = new AgeMarks(client, time, "archive", settings.age());
    ages.forgetBeyond(carried());
  }

  private static final String MARK =
      """
      SELECT carried, kept_bytes, lacks, COALESCE(again_next, 0) AS again_next,
        COALESCE(again_last, 0) AS again_last
      FROM archive WHERE id = 1
      """;

  private static Mark mark(JdbcClient.StatementSpec query) {
    return query
        .query(
            (row, number) ->
                new Mark(
                    row.getLong("carried"),
                    row.getLong("kept_bytes"),
                    row.getInt("lacks") == 1,
                    row.getLong("again_next"),
                    row.getLong("again_last")))
        .single();
  }

  /** Returns the last row of the journal that every store has. */
  public long carried() {
    return mark(reader.sql(MARK)).carried();
  }

  /**
   * Takes over what the stores now have, within the caller's transaction.
   *
   * @param keep whether it may have to be given again
   */
  void take(List<JournalEntry> entries, boolean keep) {
    client
        .sql(
            """
            UPDATE archive SET carried = :last, kept_bytes = kept_bytes + :bytes WHERE id = 1
            """)
        .param("last", entries.getLast().id())
        .param("bytes", entries.stream().mapToLong(entry -> entry.payload().length).sum())
        .update();
    drop(keep);
  }

  /** Drops the oldest rows that need not be kept. */
  private void drop(boolean keep) {
    Mark mark = mark(client.sql(MARK));
    long tooOld = keep ? ages.expired(mark.carried()) : mark.carried();
    if (mark.isGivingAgain()) {
      return;
    }
    long beyond = mark.keptBytes() - limit;
    if (oldest(mark, 1).stream().noneMatch(kept -> kept.id() <= tooOld || beyond > 0)) {
      return;
    }
    long last = 0;
    long bytes = 0;
    for (Kept kept : oldest(mark, MOST_DROPPED)) {
      if (kept.id() > tooOld && bytes >= beyond) {
        break;
      }
      last = kept.id();
      bytes += kept.bytes();
    }
    client.sql("DELETE FROM journal WHERE id <= :last").param("last", last).update();
    client
        .sql("UPDATE archive SET kept_bytes = kept_bytes - :bytes, lacks = 1 WHERE id = 1")
        .param("bytes", bytes)
        .update();
  }

  private List<Kept> oldest(Mark mark, int most) {
    return client
        .sql(
            """
            SELECT id, LENGTH(payload) AS bytes FROM journal
            WHERE id <= :carried ORDER BY id LIMIT :most
            """)
        .param("carried", mark.carried())
        .param("most", most)
        .query((row, number) -> new Kept(row.getLong("id"), row.getLong("bytes")))
        .list();
  }

  /**
   * Makes every store receive everything again that is kept, oldest first, alongside what is new.
   */
  public void giveAgain() {
    client.sql(HistoryAgain.STATEMENT).update();
  }

  /** Returns whether anything is still to be given again. */
  public boolean isGivingAgain() {
    return mark(reader.sql(MARK)).isGivingAgain();
  }

  /** Returns when the oldest kept batch arrived, by the hub's clock; empty if nothing is kept. */
  Optional<Instant> begin() {
    return reader
        .sql("SELECT received_at FROM journal ORDER BY id LIMIT 1")
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli);
  }

  /** Returns whether everything is kept that the stores ever received. */
  public boolean isWhole() {
    return !mark(reader.sql(MARK)).lacks();
  }

  /** Returns roughly how many batches are still to be given again. */
  public long stillToGive() {
    Mark mark = mark(reader.sql(MARK));
    return mark.isGivingAgain() ? mark.againLast() - mark.againNext() + 1 : 0;
  }

  /** Returns the next batches to be given again, with roughly {@code most} events. */
  List<JournalEntry> next(int most) {
    Mark mark = mark(reader.sql(MARK));
    return mark.isGivingAgain() ? rows.oldest(mark.againNext(), mark.againLast(), most) : List.of();
  }

  /** Notes that the stores have received these batches again. */
  void given(List<JournalEntry> entries) {
    client
        .sql("UPDATE archive SET again_next = :next WHERE id = 1")
        .param("next", entries.getLast().id() + 1)
        .update();
  }

  /** Notes that the stores have received everything again. */
  void givenAll() {
    client.sql("UPDATE archive SET again_next = NULL, again_last = NULL WHERE id = 1").update();
  }
}

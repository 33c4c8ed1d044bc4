package org.linli.hub.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.RunningTime;
import org.linli.hub.records.Within;
import org.springframework.stereotype.Repository;

/**
 * The tables of changes and of their readers. Bounded by {@link ChangeSettings}.
 *
 * <p>Ids have no gap: if one has no row, something was left out or dropped.
 */
@Repository
class ChangeRecords {

  /** The most rows that one transaction drops, so that none takes long. */
  static final int DROPPED_AT_ONCE = 2_000;

  /** A reader takes part in all; whom it tells of which is its own concern. */
  private static final Within.All FEED = new Within.All("one feed, in the order of the commits");

  private final CommunityRecords records;
  private final RunningTime time;
  private final ChangeSettings settings;

  ChangeRecords(CommunityRecords records, RunningTime time, ChangeSettings settings) {
    this.records = records;
    this.time = time;
    this.settings = settings;
  }

  /**
   * Subjects of one kind and community that form one change.
   *
   * @param community null for none
   */
  record Draft(String kind, @Nullable CommunityId community, List<Changed> subjects) {}

  private record Row(long id, Draft change, Changed changed) {

    long version() {
      Long version = changed.version();
      return version == null ? id : version;
    }
  }

  /**
   * A subject that changed.
   *
   * @param version null for the id of the change
   */
  record Changed(String subject, @Nullable Long version) {}

  /**
   * Adds changes in the caller's transaction, each with the next id.
   *
   * @return the last id
   */
  long append(List<Draft> changes) {
    long last = moveOn(changes.size());
    long at = time.millis();
    List<Row> rows = new ArrayList<>();
    long id = last - changes.size();
    for (Draft change : changes) {
      id++;
      for (Changed changed : change.subjects()) {
        rows.add(new Row(id, change, changed));
      }
    }
    records.batch(
        "INSERT INTO change ({community}, id, at, kind, subject, version) VALUES (?, ?, ?, ?, ?,"
            + " ?)",
        rows,
        row -> row.change().community(),
        (statement, row) -> {
          statement.setLong(2, row.id());
          statement.setLong(3, at);
          statement.setString(4, row.change().kind());
          statement.setString(5, row.changed().subject());
          statement.setLong(6, row.version());
        });
    return last;
  }

  /**
   * Uses an id without a change, in the caller's transaction: a reader whose position is before it
   * has to read everything again.
   *
   * @return that id
   */
  long leaveOut() {
    return moveOn(1);
  }

  private long moveOn(int ids) {
    records
        .writeShared("UPDATE change_position SET last_id = last_id + ? WHERE id = 1")
        .param(ids)
        .update();
    return lastId();
  }

  /** Returns the last assigned id, as the caller's transaction sees it. */
  private long lastId() {
    return records
        .writeShared("SELECT last_id FROM change_position WHERE id = 1")
        .query(Long.class)
        .single();
  }

  /** Returns whether changes are kept that are too many or too old. */
  boolean hasTooMuch() {
    return records
        .read(
            FEED,
            "SELECT id <= :last OR at < :oldest FROM change WHERE {community} ORDER BY id LIMIT 1")
        .param("last", newest() - settings.keep())
        .param("oldest", oldest())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Drops old changes in the caller's transaction, the oldest first and each of them whole. */
  void drop() {
    long newest = lastId();
    records
        .write(
            FEED,
            """
            DELETE FROM change
            WHERE {community} AND id < COALESCE(
                (SELECT id FROM change WHERE {community} ORDER BY id LIMIT 1 OFFSET :many), :end)
              AND (id <= :last OR at < :oldest)
            """)
        .param("many", DROPPED_AT_ONCE)
        .param("end", newest + 1)
        .param("last", newest - settings.keep())
        .param("oldest", oldest())
        .update();
  }

  /** Returns the running time before which changes are too old. */
  private long oldest() {
    return time.millis() - settings.keepFor().toMillis();
  }

  /** Returns the last assigned id that is committed; 0 if there never was one. */
  long newest() {
    return records
        .readShared("SELECT last_id FROM change_position WHERE id = 1")
        .query(Long.class)
        .single();
  }

  /**
   * Returns the changes directly after one and up to another, oldest first, as far as they follow
   * each other without a gap. The result ends with the change that reaches {@code most} subjects.
   */
  List<Change> after(long id, long end, int most) {
    return records
        .read(
            FEED,
            """
            SELECT id, at, kind, community, subject, version FROM change
            WHERE {community} AND id > :id AND id <= :end ORDER BY id, subject LIMIT :most
            """)
        .param("id", id)
        .param("end", end)
        .param("most", most + ChangeKind.MOST_TOGETHER)
        .query(
            rows -> {
              return changes(rows, id, most);
            });
  }

  /** Returns when a change was recorded; null if it is not kept. */
  @Nullable Long at(long id) {
    return records
        .read(FEED, "SELECT at FROM change WHERE {community} AND id = :id LIMIT 1")
        .param("id", id)
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  private static List<Change> changes(ResultSet rows, long before, int most) throws SQLException {
    List<Change> found = new ArrayList<>();
    int read = 0;
    boolean more = rows.next();
    long expected = before + 1;
    while (more && read < most && rows.getLong("id") == expected) {
      long at = rows.getLong("at");
      String kind = rows.getString("kind");
      String community = rows.getString("community");
      List<Change.Subject> subjects = new ArrayList<>();
      while (more && rows.getLong("id") == expected) {
        subjects.add(new Change.Subject(rows.getString("subject"), rows.getLong("version")));
        more = rows.next();
      }
      read += subjects.size();
      found.add(new Change(expected, at, kind, CommunityRecords.read(community), subjects));
      expected++;
    }
    return found;
  }

  /** Adds a reader that begins after the newest change, unless one of that name exists. */
  void addReader(String name) {
    records
        .writeShared(
            """
            INSERT INTO change_reader (name, position)
            SELECT ?, last_id FROM change_position WHERE id = 1
            ON CONFLICT (name) DO NOTHING
            """)
        .param(name)
        .update();
  }

  /** Returns a reader's position, as the caller's transaction sees it. */
  long position(String name) {
    return records
        .writeShared("SELECT position FROM change_reader WHERE name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  /** Returns a reader's committed position. */
  long committedPosition(String name) {
    return records
        .readShared("SELECT position FROM change_reader WHERE name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  /**
   * Moves a reader in the caller's transaction.
   *
   * @return whether it was at the expected position
   */
  boolean move(String name, long from, long to) {
    return records
            .writeShared("UPDATE change_reader SET position = ? WHERE name = ? AND position = ?")
            .param(to)
            .param(name)
            .param(from)
            .update()
        == 1;
  }
}

package org.linli.hub.records.keeping;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that is true of all records of a hub, also in the middle of its work.
 *
 * @param kind the name of the fault where it is not
 * @param query the keys of the rows for which it is not; as text, or put together with a slash
 */
record Invariant(String kind, String table, String query) {

  /** Tables of one row that each hub has. */
  private static final List<String> SINGLE =
      List.of("journal_position", "archive", "running_time", "history_kept", "change_position");

  private static final List<String> OF_COMMUNITIES =
      List.of(
          "adopted_device",
          "alert",
          "change",
          "dead_letter",
          "device_equipment",
          "device_seen",
          "registry_change",
          "rule_watch",
          "similar_type",
          "unregistered_equipment");

  static List<Invariant> all() {
    return Stream.of(
            SINGLE.stream().map(Invariant::single),
            JOURNAL.stream(),
            COUNTS.stream(),
            ALERTS.stream(),
            OF_COMMUNITIES.stream().map(Invariant::ofKnownCommunity))
        .flatMap(all -> all)
        .toList();
  }

  private static Invariant single(String table) {
    return new Invariant(
        "single-row",
        table,
        "SELECT 'id = 1' FROM (SELECT COUNT(*) AS rows_there, MAX(id) AS id FROM %s) found WHERE rows_there <> 1 OR id <> 1"
            .formatted(table));
  }

  private static Invariant ofKnownCommunity(String table) {
    return new Invariant(
        "unknown-community",
        table,
        """
        SELECT community FROM %s WHERE community <> ''
          AND community NOT IN (SELECT id FROM community)
        GROUP BY community
        """
            .formatted(table));
  }

  private static final List<Invariant> JOURNAL =
      List.of(
          new Invariant(
              "journal-hole",
              "journal",
              """
              SELECT CAST(entry.id + 1 AS TEXT) FROM journal entry
              WHERE entry.id < (SELECT last_id FROM journal_position WHERE id = 1)
                AND NOT EXISTS (SELECT id FROM journal following WHERE following.id = entry.id + 1)
              """),
          new Invariant(
              "journal-beyond-counter",
              "journal",
              """
              SELECT CAST(id AS TEXT) FROM journal
              WHERE id > (SELECT last_id FROM journal_position WHERE id = 1)
              """),
          new Invariant(
              "journal-lost",
              "archive",
              """
              SELECT 'carried = ' || CAST(carried AS TEXT) FROM archive
              WHERE carried > (SELECT last_id FROM journal_position WHERE id = 1)
                OR carried + 1 < (SELECT COALESCE(
                  (SELECT MIN(id) FROM journal),
                  (SELECT last_id + 1 FROM journal_position WHERE id = 1)))
              """),
          new Invariant(
              "archive-size",
              "archive",
              """
              SELECT 'kept_bytes = ' || CAST(kept_bytes AS TEXT) FROM archive
              WHERE kept_bytes <> (SELECT COALESCE(SUM(LENGTH(payload)), 0) FROM journal
                WHERE journal.id <= archive.carried)
              """),
          new Invariant(
              "archive-again",
              "archive",
              """
              SELECT 'again_next = ' || COALESCE(CAST(again_next AS TEXT), 'NULL') FROM archive
              WHERE (again_next IS NULL) <> (again_last IS NULL) OR again_last > carried
              """),
          new Invariant(
              "unknown-community",
              "journal",
              """
              SELECT CAST(id AS TEXT) FROM journal
              WHERE community IS NOT NULL AND community NOT IN (SELECT id FROM community)
                OR community IS NULL AND 0 =
                  (SELECT SUM(earlier) FROM community)
              """),
          new Invariant(
              "change-beyond-counter",
              "change",
              """
              SELECT CAST(id AS TEXT) || '/' || subject FROM change
              WHERE id > (SELECT last_id FROM change_position WHERE id = 1)
              """),
          new Invariant(
              "reader-beyond-counter",
              "change_reader",
              """
              SELECT name FROM change_reader
              WHERE position > (SELECT last_id FROM change_position WHERE id = 1)
              """));

  private static final List<Invariant> COUNTS =
      List.of(
          new Invariant(
              "watermark-form",
              "watermark",
              """
              SELECT gateway || '/' || CAST(epoch AS TEXT) || '/' || lane FROM watermark
              WHERE lane NOT IN ('urgent', 'bulk') OR epoch < 1 OR sequence < 0
                OR LENGTH(digest) <> 32
              """),
          new Invariant(
              "watermark-uncounted",
              "watermark",
              """
              SELECT gateway || '/' || CAST(epoch AS TEXT) || '/' || lane FROM watermark
              WHERE sequence > 0
                AND NOT EXISTS (SELECT gateway FROM intake_count
                  WHERE intake_count.gateway = watermark.gateway)
              """),
          new Invariant(
              "counts-differ",
              "intake_count",
              """
              SELECT gateway FROM intake_count WHERE received <> applied + duplicate + dead
              """),
          new Invariant(
              "prints-differ",
              "applied_events",
              """
              SELECT gateway || '/' || CAST(number AS TEXT) FROM applied_events
              WHERE LENGTH(prints) <> 11 * events
              """));

  private static final List<Invariant> ALERTS =
      List.of(
          new Invariant(
              "alert-twice",
              "alert",
              """
              SELECT community || '/' || device || '/' || alert_key FROM alert
              WHERE status <> 'resolved'
              GROUP BY community, device, alert_key HAVING COUNT(*) > 1
              """),
          new Invariant(
              "alert-status",
              "alert",
              """
              SELECT id FROM alert
              WHERE status NOT IN ('open', 'acknowledged', 'resolved')
                OR (status = 'open' AND acknowledged_at IS NOT NULL)
                OR (status = 'acknowledged' AND acknowledged_at IS NULL)
                OR (status = 'resolved') <> (resolved_at IS NOT NULL)
              """),
          new Invariant(
              "alert-without-timeline",
              "alert",
              """
              SELECT id FROM alert
              WHERE NOT EXISTS (SELECT position FROM alert_timeline
                WHERE alert_timeline.alert = alert.id AND position = 0)
              """),
          new Invariant(
              "timeline-without-alert",
              "alert_timeline",
              """
              SELECT alert || '/' || CAST(position AS TEXT) FROM alert_timeline
              WHERE alert NOT IN (SELECT id FROM alert)
              """),
          new Invariant(
              "timeline-hole",
              "alert_timeline",
              """
              SELECT alert FROM alert_timeline
              GROUP BY alert HAVING COUNT(*) <> MAX(position) + 1 AND MIN(position) = 0
              """));
}

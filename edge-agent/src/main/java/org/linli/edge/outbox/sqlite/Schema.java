package org.linli.edge.outbox.sqlite;

import java.util.List;
import java.util.stream.Stream;

/** The tables of {@code outbox.db}, with one script for each version. */
final class Schema {

  /** Marks the file as an outbox in its header: {@code LnOb}. */
  static final int APPLICATION_ID = 0x4C6E4F62;

  /** The states are read by device when one is forgotten. */
  static final String DEVICE_STATE =
      """
      CREATE TABLE device_state (
        device TEXT NOT NULL,
        profile TEXT NOT NULL,
        signal TEXT NOT NULL,
        state TEXT NOT NULL,
        at INTEGER,
        number INTEGER NOT NULL,
        PRIMARY KEY (device, profile, signal)
      ) WITHOUT ROWID\
      """;

  /**
   * Dead letters that may report an emergency, by the registered device or the gateway itself: when
   * the last event said so, by running time, and what came since.
   */
  private static final String UNREADABLE_ALARM_AT_FIRST =
      """
      CREATE TABLE unreadable_alarm (
        device TEXT PRIMARY KEY,
        told_at INTEGER NOT NULL,
        untold INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        door TEXT NOT NULL,
        source TEXT NOT NULL,
        reason TEXT NOT NULL,
        word TEXT
      ) WITHOUT ROWID\
      """;

  /** The places that the dead letters since then were sent to, and how many went elsewhere. */
  private static final List<String> PLACES_OF_UNREADABLE_ALARMS =
      List.of(
          "ALTER TABLE unreadable_alarm ADD COLUMN places TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE unreadable_alarm ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0");

  static final List<String> UNREADABLE_ALARM =
      Stream.concat(Stream.of(UNREADABLE_ALARM_AT_FIRST), PLACES_OF_UNREADABLE_ALARMS.stream())
          .toList();

  /** The script at index n leads from version n to version n + 1. */
  static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              """
              CREATE TABLE totals (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                epoch INTEGER NOT NULL,
                offered INTEGER NOT NULL,
                refused INTEGER NOT NULL,
                repeated INTEGER NOT NULL,
                urgent_taken INTEGER NOT NULL,
                urgent_receipted INTEGER NOT NULL,
                urgent_shed INTEGER NOT NULL,
                urgent_shed_and_deleted INTEGER NOT NULL,
                urgent_epoch_base INTEGER NOT NULL,
                urgent_position INTEGER NOT NULL,
                urgent_digest BLOB NOT NULL,
                urgent_receipted_position INTEGER NOT NULL,
                urgent_receipted_digest BLOB NOT NULL,
                bulk_taken INTEGER NOT NULL,
                bulk_receipted INTEGER NOT NULL,
                bulk_shed INTEGER NOT NULL,
                bulk_shed_and_deleted INTEGER NOT NULL,
                bulk_epoch_base INTEGER NOT NULL,
                bulk_position INTEGER NOT NULL,
                bulk_digest BLOB NOT NULL,
                bulk_receipted_position INTEGER NOT NULL,
                bulk_receipted_digest BLOB NOT NULL
              )\
              """,
              """
              INSERT INTO totals VALUES (1, 1, 0, 0, 0,
                0, 0, 0, 0, 0, 0, zeroblob(16), 0, zeroblob(16),
                0, 0, 0, 0, 0, 0, zeroblob(16), 0, zeroblob(16))\
              """,
              rowTable("urgent_row"),
              rowTable("bulk_row"),
              """
              CREATE TABLE damaged_row (
                id INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                lane TEXT NOT NULL,
                position INTEGER NOT NULL,
                events INTEGER NOT NULL,
                mixture BLOB,
                measurements BLOB,
                others BLOB
              )\
              """,
              """
              CREATE TABLE device (
                ref INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                last_order INTEGER NOT NULL,
                saved_at INTEGER NOT NULL,
                ids BLOB NOT NULL
              )\
              """,
              """
              CREATE TABLE identity_log (
                number INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                events BLOB NOT NULL
              )\
              """,
              """
              CREATE TABLE dead_letter (
                id INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                source TEXT NOT NULL,
                reason TEXT NOT NULL,
                detail TEXT NOT NULL,
                size INTEGER NOT NULL,
                sample BLOB NOT NULL
              )\
              """),
          // A session's number is never used again, because late requests carry the old one.
          List.of(
              """
              CREATE TABLE mqtt_session (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                client TEXT NOT NULL UNIQUE,
                expiry INTEGER NOT NULL,
                ended_at INTEGER
              )\
              """,
              """
              CREATE TABLE mqtt_received (
                session INTEGER NOT NULL,
                packet INTEGER NOT NULL,
                PRIMARY KEY (session, packet)
              ) WITHOUT ROWID\
              """),
          List.of(
              """
              CREATE TABLE offline_device (
                name TEXT PRIMARY KEY,
                kind TEXT NOT NULL
              ) WITHOUT ROWID\
              """),
          // A command's sequence is never used again, because a client that has reached it has all
          // earlier ones.
          List.of(
              """
              CREATE TABLE command (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL,
                device TEXT NOT NULL,
                at INTEGER NOT NULL,
                content BLOB NOT NULL,
                UNIQUE (kind, device)
              )\
              """,
              """
              CREATE TABLE mqtt_subscription (
                session INTEGER NOT NULL,
                kind TEXT NOT NULL,
                device TEXT NOT NULL,
                qos INTEGER NOT NULL,
                retain_as_published INTEGER NOT NULL,
                reached INTEGER NOT NULL,
                packet INTEGER NOT NULL,
                sent INTEGER NOT NULL,
                PRIMARY KEY (session, kind, device)
              ) WITHOUT ROWID\
              """),
          // An older agent gave up only damaged rows, whose devices are unknown; and any of its
          // rows may have been sent.
          List.of(
              "ALTER TABLE totals ADD COLUMN urgent_sendable INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE totals ADD COLUMN bulk_sendable INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE totals ADD COLUMN bulk_measured_from INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE totals ADD COLUMN running INTEGER NOT NULL DEFAULT 0",
              "UPDATE totals SET urgent_sendable = urgent_position, bulk_sendable = bulk_position",
              shedTable("urgent_shed"),
              shedTable("bulk_shed"),
              shedBefore("urgent"),
              shedBefore("bulk"),
              emptied("urgent_row"),
              emptied("bulk_row"),
              """
              CREATE TABLE shed_device (
                ref INTEGER PRIMARY KEY,
                events INTEGER NOT NULL
              )\
              """,
              """
              CREATE TABLE age_mark (
                at INTEGER PRIMARY KEY,
                urgent_position INTEGER NOT NULL,
                bulk_position INTEGER NOT NULL
              )\
              """),
          // The positions up to which a device may have events in the lanes, so that it can be
          // forgotten once none of them waits. For a row that an older agent saved, they are the
          // present ends of the lanes.
          List.of(
              "ALTER TABLE device ADD COLUMN urgent_position INTEGER",
              "ALTER TABLE device ADD COLUMN bulk_position INTEGER",
              "CREATE INDEX device_saved ON device (saved_at, urgent_position, bulk_position)",
              """
              CREATE TABLE forgotten_device (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                devices INTEGER NOT NULL,
                highest_order INTEGER NOT NULL,
                last_ref INTEGER NOT NULL,
                urgent_position INTEGER NOT NULL,
                bulk_position INTEGER NOT NULL
              )\
              """,
              "INSERT INTO forgotten_device SELECT 1, 0, 0, 0, urgent_position, bulk_position FROM"
                  + " totals"),
          // An older agent recorded the time of the clock, which may have been wrong: what it
          // remembers ages from now on. by_running is null in rows that it saved.
          List.of(
              "UPDATE mqtt_session SET ended_at = (SELECT running FROM totals)"
                  + " WHERE ended_at IS NOT NULL",
              "UPDATE identity_log SET at = (SELECT running / 1000 FROM totals)",
              "ALTER TABLE device ADD COLUMN by_running INTEGER",
              "ALTER TABLE forgotten_device ADD COLUMN ids_at INTEGER NOT NULL DEFAULT 0",
              "UPDATE forgotten_device SET ids_at = (SELECT running / 1000 FROM totals)"),
          List.of(DEVICE_STATE),
          List.of(UNREADABLE_ALARM_AT_FIRST),
          Stream.concat(
                  Stream.of("ALTER TABLE dead_letter ADD COLUMN address TEXT"),
                  PLACES_OF_UNREADABLE_ALARMS.stream())
              .toList(),
          List.of("ALTER TABLE dead_letter ADD COLUMN emergency TEXT"));

  static final int VERSION = MIGRATIONS.size();

  private Schema() {}

  /**
   * One lane's waiting rows. {@code position} counts rows through all epochs, so that a new epoch
   * changes no row. {@code taken} is the lane's count up to and including the row. The small
   * columns come before the blobs, so that counting does not read those. {@code shed_count} is 0
   * since version 5. A row without events also stands for the deleted rows before it.
   */
  private static String rowTable(String name) {
    return """
    CREATE TABLE %s (
      position INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      taken INTEGER NOT NULL,
      measurement_count INTEGER NOT NULL,
      other_count INTEGER NOT NULL,
      shed_count INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      digest BLOB NOT NULL,
      mixture BLOB,
      measurements BLOB,
      others BLOB
    )\
    """
        .formatted(name);
  }

  /** The given-up events, by the row of the lane that reports them to the hub. */
  private static String shedTable(String name) {
    return """
    CREATE TABLE %s (
      position INTEGER NOT NULL,
      unsure INTEGER NOT NULL,
      events INTEGER NOT NULL,
      devices BLOB NOT NULL,
      PRIMARY KEY (position, unsure)
    ) WITHOUT ROWID\
    """
        .formatted(name);
  }

  private static String shedBefore(String lane) {
    return "INSERT INTO %1$s_shed SELECT position, 0, shed_count, x'' FROM %1$s_row WHERE shed_count > 0"
        .formatted(lane);
  }

  private static String emptied(String table) {
    return "UPDATE " + table + " SET shed_count = 0, checksum = 0 WHERE shed_count > 0";
  }
}

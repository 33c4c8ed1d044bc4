package org.linli.hub.history.questdb;

/**
 * The tables. Two hold the events that happened about when they were received, and their readings,
 * in parts of a day each. Two of the same kind are for far times ({@link
 * org.linli.hub.history.FarTimes}); their own time is {@link Micros#far}, so that any time at all
 * fits into ten parts. Events with names beyond {@link org.linli.hub.history.BoundedNames} are in
 * two more, without symbols.
 *
 * <p>A row is identified by these columns. For events: the time, the device, the gateway, its epoch
 * and its order number. For series: the time with the order number in its microseconds (so that two
 * readings of one millisecond stay two), the device and the metric.
 */
final class Tables {

  static final String SERIES = "series";
  static final String SERIES_FAR = "series_far";

  /** Tables of events; all have the same columns. */
  enum Events {
    NEAR("events", false, true),
    FAR("events_far", true, true),
    UNNAMED("events_unnamed", false, false),
    UNNAMED_FAR("events_unnamed_far", true, false);

    final String table;

    /** Whether its time is {@link Micros#far}. */
    final boolean isFar;

    /** Whether devices and types are symbols, which QuestDB never forgets. */
    final boolean isNamed;

    Events(String table, boolean isFar, boolean isNamed) {
      this.table = table;
      this.isFar = isFar;
      this.isNamed = isNamed;
    }

    static Events of(boolean far, boolean named) {
      if (named) {
        return far ? FAR : NEAR;
      }
      return far ? UNNAMED_FAR : UNNAMED;
    }

    String create() {
      String near = CREATE_EVENTS.replace("EXISTS events (", "EXISTS " + table + " (");
      String timed = isFar ? near.replace("PARTITION BY DAY", "PARTITION BY YEAR") : near;
      return isNamed
          ? timed
          : timed
              .replace("device SYMBOL CAPACITY 4096", "device VARCHAR")
              .replace("type SYMBOL CAPACITY 256", "type VARCHAR");
    }
  }

  /** Columns count from 0 in the order of the statement below. */
  static final class EventColumn {
    static final int DEVICE = 1;
    static final int GATEWAY = 2;
    static final int EPOCH = 3;
    static final int NUMBER = 4;
    static final int ID = 5;
    static final int KIND = 6;
    static final int TYPE = 7;
    static final int URGENT = 8;
    static final int LATE = 9;
    static final int DEVICE_TIME = 10;
    static final int TAKEN_AT = 11;
    static final int RECEIVED_AT = 12;
    static final int STORED_AT = 13;
    static final int JSON = 14;

    private EventColumn() {}
  }

  static final class SeriesColumn {
    static final int DEVICE = 1;
    static final int METRIC = 2;
    static final int READING = 3;

    /** In the table of far times only, because a millisecond has no room for it there. */
    static final int NUMBER = 4;

    private SeriesColumn() {}
  }

  private static final String CREATE_EVENTS =
      """
      CREATE TABLE IF NOT EXISTS events (
        ts TIMESTAMP,
        device SYMBOL CAPACITY 4096,
        gateway SYMBOL CAPACITY 64,
        epoch LONG,
        number LONG,
        id VARCHAR,
        kind SYMBOL CAPACITY 16,
        type SYMBOL CAPACITY 256,
        urgent BOOLEAN,
        late BOOLEAN,
        device_time TIMESTAMP,
        taken_at TIMESTAMP,
        received_at TIMESTAMP,
        stored_at TIMESTAMP,
        json VARCHAR
      ) TIMESTAMP(ts) PARTITION BY DAY WAL DEDUP UPSERT KEYS(ts, device, gateway, epoch, number)
      """;

  static final String CREATE_SERIES =
      """
      CREATE TABLE IF NOT EXISTS series (
        ts TIMESTAMP,
        device SYMBOL CAPACITY 4096,
        metric SYMBOL CAPACITY 256,
        reading DOUBLE
      ) TIMESTAMP(ts) PARTITION BY DAY WAL DEDUP UPSERT KEYS(ts, device, metric)
      """;

  static final String CREATE_SERIES_FAR =
      """
      CREATE TABLE IF NOT EXISTS series_far (
        ts TIMESTAMP,
        device SYMBOL CAPACITY 256,
        metric SYMBOL CAPACITY 256,
        reading DOUBLE,
        number LONG
      ) TIMESTAMP(ts) PARTITION BY YEAR WAL DEDUP UPSERT KEYS(ts, device, metric, number)
      """;

  private Tables() {}
}

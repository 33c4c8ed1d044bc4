package org.linli.hub.history.questdb;

/**
 * The tables: two for what happened about when it was received, in parts of a day each, and two of
 * the same kind for far times ({@link org.linli.hub.history.FarTimes}), whose own time is {@link
 * Micros#far}: any time at all lies in ten parts there. What makes a row the same row again: of
 * events the time, the device, the gateway, its epoch and its order number; of series the time with
 * the order number in its microseconds (so that two readings of one millisecond stay two), the
 * device and the metric.
 */
final class Tables {

  static final String EVENTS = "events";
  static final String SERIES = "series";
  static final String EVENTS_FAR = "events_far";
  static final String SERIES_FAR = "series_far";

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

    /** In the table of far times only, where a millisecond has no room for it. */
    static final int NUMBER = 4;

    private SeriesColumn() {}
  }

  static final String CREATE_EVENTS =
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

  /** The same but for its name and its parts. */
  static final String CREATE_EVENTS_FAR =
      CREATE_EVENTS
          .replace("EXISTS events (", "EXISTS events_far (")
          .replace("PARTITION BY DAY", "PARTITION BY YEAR");

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

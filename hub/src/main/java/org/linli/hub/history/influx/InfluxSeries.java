package org.linli.hub.history.influx;

import com.influxdb.query.InfluxQLQueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.StoredDevices;
import org.linli.hub.history.Stretches;
import org.linli.hub.registry.DeviceKey;

/** Answers queries for series. */
final class InfluxSeries {

  /** InfluxDB counts a stretch in nanoseconds, of which 64 bits hold 292 years. */
  private static final long LONGEST_MILLIS = Duration.ofDays(200 * 365).toMillis();

  private final InfluxConnection connection;
  private final StoredDevices devices;

  InfluxSeries(InfluxConnection connection, StoredDevices devices) {
    this.connection = connection;
    this.devices = devices;
  }

  List<SeriesPoint> series(SeriesQuery query) {
    if (!Literal.isPlain(query.metric())) {
      return List.of();
    }
    Stretches stretches = new Stretches();
    read(query, false, stretches);
    read(query, true, stretches);
    return stretches.points();
  }

  /**
   * If one stretch has near and far times, which requires a stretch of more than a month, its last
   * reading is taken from the near times: InfluxDB does not tell when the far one was.
   */
  private void read(SeriesQuery query, boolean far, Stretches stretches) {
    long stretch = query.stretch().toMillis();
    long part = far ? stretch : stretch / (stretch / LONGEST_MILLIS + 1);
    long first = far ? Literal.farNanos(query.from()) / 1_000 : query.from().toEpochMilli();
    String unit = far ? "u" : "ms";
    String statement =
        """
        SELECT min(value), max(value), mean(value), last(value), count(value) FROM %s \
        WHERE device = %s AND metric = %s AND time >= %d AND time < %d \
        GROUP BY time(%d%s, %d%s) fill(none)\
        """
            .formatted(
                far ? Points.READING_FAR : Points.READING,
                Literal.device(devices.name(query.device())),
                Literal.string(query.metric()),
                far ? Literal.farNanos(query.from()) : Literal.nanos(query.from()),
                far ? Literal.farNanos(query.to()) : Literal.nanos(query.to()),
                part,
                unit,
                Math.floorMod(first, part),
                unit);
    for (InfluxQLQueryResult.Series series : connection.query(statement)) {
      for (InfluxQLQueryResult.Series.Record row : series.getValues()) {
        Columns values = new Columns(series.getColumns(), Arrays.asList(row.getValues()));
        long began = values.whole("time");
        Instant time = far ? Literal.ofFar(began) : Literal.toInstant(began);
        Instant start = part == stretch ? time : query.stretchOf(time);
        stretches.add(
            new SeriesPoint(
                start,
                values.real("min"),
                values.real("max"),
                values.real("mean"),
                values.real("last"),
                values.whole("count")),
            time);
      }
    }
  }

  List<String> metrics(DeviceKey device) {
    Set<String> metrics = new TreeSet<>();
    for (String measurement : List.of(Points.READING, Points.READING_FAR)) {
      String statement =
          "SHOW TAG VALUES FROM %s WITH KEY = metric WHERE device = %s"
              .formatted(measurement, Literal.device(devices.name(device)));
      for (InfluxQLQueryResult.Series series : connection.query(statement)) {
        for (InfluxQLQueryResult.Series.Record row : series.getValues()) {
          metrics.add(
              new Columns(series.getColumns(), Arrays.asList(row.getValues())).text("value"));
        }
      }
    }
    return List.copyOf(metrics);
  }
}

package org.linli.hub.history.questdb;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.StoredDevices;
import org.linli.hub.history.Stretches;
import org.linli.hub.registry.DeviceKey;

/** Answers queries for series. */
final class QuestDbSeries {

  private final Engine engine;
  private final StoredDevices devices;

  QuestDbSeries(Engine engine, StoredDevices devices) {
    this.engine = engine;
    this.devices = devices;
  }

  List<SeriesPoint> series(SeriesQuery query) {
    Stretches stretches = new Stretches();
    read(query, false, stretches);
    read(query, true, stretches);
    return stretches.points();
  }

  private void read(SeriesQuery query, boolean far, Stretches stretches) {
    for (TimeRange span : TimeRange.of(far, engine, far ? engine.seriesFar() : engine.series())) {
      read(query, far, span, stretches);
    }
  }

  private void read(SeriesQuery query, boolean far, TimeRange span, Stretches stretches) {
    long stretch = query.stretch().toMillis() * (far ? 1 : 1000);
    long begin = far ? span.micros(query.from()) : Micros.of(query.from());
    engine.select(
        """
        SELECT (ts - $4) / $5 stretch, min(reading), max(reading), avg(reading), last(reading), count(),
          max(ts)
        FROM %s
        WHERE device = $1 AND metric = $2 AND ts >= $6 AND ts < $3
        ORDER BY stretch
        """
            .formatted(far ? Tables.SERIES_FAR : Tables.SERIES),
        values -> {
          values.setStr(0, devices.name(query.device()));
          values.setStr(1, query.metric());
          values.setTimestamp(2, span.micros(query.to()));
          values.setLong(3, begin);
          values.setLong(4, stretch);
          values.setTimestamp(5, span.micros(query.from()));
        },
        row -> {
          long number = row.getLong(0);
          Instant time = query.from().plusMillis(number * query.stretch().toMillis());
          Instant newest =
              far ? Micros.ofFar(row.getTimestamp(6)) : Micros.toInstant(row.getTimestamp(6));
          stretches.add(
              new SeriesPoint(
                  time,
                  row.getDouble(1),
                  row.getDouble(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getLong(5)),
              newest);
          return true;
        });
  }

  List<String> metrics(DeviceKey device) {
    Set<String> metrics = new TreeSet<>();
    for (String table : List.of(Tables.SERIES, Tables.SERIES_FAR)) {
      engine.select(
          "SELECT DISTINCT metric FROM " + table + " WHERE device = $1",
          values -> values.setStr(0, devices.name(device)),
          row -> {
            metrics.add(Objects.requireNonNull(row.getSymA(0)).toString());
            return true;
          });
    }
    return List.copyOf(metrics);
  }
}

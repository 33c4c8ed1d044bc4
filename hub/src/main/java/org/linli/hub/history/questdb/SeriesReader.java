package org.linli.hub.history.questdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.linli.event.DeviceId;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;

/** Answers for series. */
final class SeriesReader {

  private final Engine engine;

  SeriesReader(Engine engine) {
    this.engine = engine;
  }

  List<SeriesPoint> series(SeriesQuery query) {
    long from = Micros.sortable(query.from());
    long stretch = query.stretch().toMillis() * 1000;
    List<SeriesPoint> points = new ArrayList<>();
    engine.select(
        """
        SELECT (ts - $4) / $5 stretch, min(reading), max(reading), avg(reading), last(reading), count()
        FROM series
        WHERE device = $1 AND metric = $2 AND ts >= $6 AND ts < $3
        ORDER BY stretch
        """,
        values -> {
          values.setStr(0, query.device().value());
          values.setStr(1, query.metric());
          values.setTimestamp(2, Micros.sortable(query.to()));
          values.setLong(3, from);
          values.setLong(4, stretch);
          values.setTimestamp(5, from);
        },
        row -> {
          Instant begin = Micros.toInstant(from + row.getLong(0) * stretch);
          points.add(
              new SeriesPoint(
                  begin,
                  row.getDouble(1),
                  row.getDouble(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getLong(5)));
          return true;
        });
    return points;
  }

  List<String> metrics(DeviceId device) {
    List<String> metrics = new ArrayList<>();
    engine.select(
        "SELECT DISTINCT metric FROM series WHERE device = $1",
        values -> values.setStr(0, device.value()),
        row -> metrics.add(Objects.requireNonNull(row.getSymA(0)).toString()));
    metrics.sort(null);
    return metrics;
  }
}

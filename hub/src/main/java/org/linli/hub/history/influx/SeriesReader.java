package org.linli.hub.history.influx;

import com.influxdb.query.InfluxQLQueryResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.linli.event.DeviceId;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;

/** Answers for series. */
final class SeriesReader {

  private final InfluxConnection connection;

  SeriesReader(InfluxConnection connection) {
    this.connection = connection;
  }

  List<SeriesPoint> series(SeriesQuery query) {
    if (!Literal.isPlain(query.metric())) {
      return List.of();
    }
    long stretch = query.stretch().toMillis();
    long offset = Math.floorMod(query.from().toEpochMilli(), stretch);
    String statement =
        """
        SELECT min(value), max(value), mean(value), last(value), count(value) FROM %s \
        WHERE device = %s AND metric = %s AND time >= %d AND time < %d \
        GROUP BY time(%dms, %dms) fill(none)\
        """
            .formatted(
                Points.READING,
                Literal.string(query.device().value()),
                Literal.string(query.metric()),
                Literal.nanos(query.from()),
                Literal.nanos(query.to()),
                stretch,
                offset);
    List<SeriesPoint> points = new ArrayList<>();
    for (InfluxQLQueryResult.Series series : connection.query(statement)) {
      for (InfluxQLQueryResult.Series.Record row : series.getValues()) {
        Columns values = new Columns(series.getColumns(), Arrays.asList(row.getValues()));
        points.add(
            new SeriesPoint(
                Literal.toInstant(values.whole("time")),
                values.real("min"),
                values.real("max"),
                values.real("mean"),
                values.real("last"),
                values.whole("count")));
      }
    }
    return points;
  }

  List<String> metrics(DeviceId device) {
    List<String> metrics = new ArrayList<>();
    String statement =
        "SHOW TAG VALUES FROM %s WITH KEY = metric WHERE device = %s"
            .formatted(Points.READING, Literal.string(device.value()));
    for (InfluxQLQueryResult.Series series : connection.query(statement)) {
      for (InfluxQLQueryResult.Series.Record row : series.getValues()) {
        metrics.add(new Columns(series.getColumns(), Arrays.asList(row.getValues())).text("value"));
      }
    }
    metrics.sort(null);
    return metrics;
  }
}

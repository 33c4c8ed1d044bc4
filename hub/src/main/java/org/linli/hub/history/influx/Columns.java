package org.linli.hub.history.influx;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One row: every value comes as the text that InfluxDB sent. */
record Columns(Map<String, Integer> places, List<Object> row) {

  String text(String column) {
    Integer place = Objects.requireNonNull(places.get(column), column);
    return Objects.requireNonNull(row.get(place), column).toString();
  }

  long whole(String column) {
    return Long.parseLong(text(column));
  }

  double real(String column) {
    return Double.parseDouble(text(column));
  }
}

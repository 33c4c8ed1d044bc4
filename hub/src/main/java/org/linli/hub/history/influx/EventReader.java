package org.linli.hub.history.influx;

import com.influxdb.query.InfluxQLQueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.NewestFirst;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.history.ValuesJson;

/** Answers for events. */
final class EventReader {

  /** Rows asked for beyond the page: room for the group of one millisecond that ends it. */
  private static final int ROOM = 100;

  private final InfluxConnection connection;

  EventReader(InfluxConnection connection) {
    this.connection = connection;
  }

  EventPage find(EventQuery query) {
    return NewestFirst.together(query, List.of(find(query, false), find(query, true)));
  }

  private EventPage find(EventQuery query, boolean far) {
    String statement =
        "SELECT device, gateway, kind, type, id, epoch, number, urgent, late, deviceTime, takenAt,"
            + " receivedAt, storedAt, json FROM "
            + (far ? Points.EVENT_FAR : Points.EVENT)
            + where(query, far)
            + " ORDER BY time DESC LIMIT ";
    for (int rows = query.limit() + ROOM; ; rows *= 4) {
      NewestFirst newestFirst = new NewestFirst(query);
      int read = 0;
      boolean more = true;
      for (InfluxQLQueryResult.Series series : connection.query(statement + rows)) {
        for (InfluxQLQueryResult.Series.Record row : series.getValues()) {
          read++;
          more =
              newestFirst.offer(
                  event(new Columns(series.getColumns(), Arrays.asList(row.getValues())), far));
          if (!more) {
            return newestFirst.page();
          }
        }
      }
      if (read < rows) {
        return newestFirst.page();
      }
    }
  }

  private static String where(EventQuery query, boolean far) {
    List<String> terms = new ArrayList<>();
    if (query.from() != null) {
      terms.add("time >= " + nanos(query.from(), far));
    }
    if (query.to() != null) {
      terms.add("time < " + nanos(query.to(), far));
    }
    if (query.after() != null) {
      terms.add("time < " + nanos(query.after().time().plusMillis(1), far));
    }
    if (query.device() != null) {
      terms.add("device = " + Literal.string(query.device().value()));
    }
    if (query.kind() != null) {
      terms.add("kind = " + Literal.string(query.kind().wireName()));
    }
    if (query.type() != null) {
      terms.add("type = " + Literal.string(query.type().value()));
    }
    return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
  }

  private static long nanos(Instant time, boolean far) {
    return far ? Literal.farNanos(time) : Literal.nanos(time);
  }

  private static StoredEvent event(Columns values, boolean far) {
    String kind = values.text("kind");
    String deviceTime = values.text("deviceTime");
    return new StoredEvent(
        values.text("id"),
        new DeviceId(values.text("device")),
        new GatewayId(values.text("gateway")),
        values.whole("epoch"),
        Kind.ofWireName(kind)
            .orElseThrow(() -> new IllegalStateException("a stored event has kind " + kind)),
        new EventType(values.text("type")),
        Boolean.parseBoolean(values.text("urgent")) ? Lane.URGENT : Lane.BULK,
        values.whole("number"),
        far ? Literal.ofFar(values.whole("time")) : Literal.toInstant(values.whole("time")),
        deviceTime.isEmpty() ? null : Instant.parse(deviceTime),
        Instant.ofEpochMilli(values.whole("takenAt")),
        Instant.ofEpochMilli(values.whole("receivedAt")),
        Instant.ofEpochMilli(values.whole("storedAt")),
        Boolean.parseBoolean(values.text("late")),
        ValuesJson.read(values.text("json")));
  }
}

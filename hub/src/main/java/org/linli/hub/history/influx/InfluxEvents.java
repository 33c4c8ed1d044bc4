package org.linli.hub.history.influx;

import com.influxdb.query.InfluxQLQueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.NewestFirst;
import org.linli.hub.history.StoredDevices;
import org.linli.hub.history.StoredDevices.Names;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.history.ValuesJson;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/** Answers queries for events. */
final class InfluxEvents {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(InfluxEvents.class));

  /** Rows requested beyond the page: room for the group of one millisecond that ends it. */
  private static final int ROOM = 100;

  /** How many rows of one millisecond are read; they are read completely to know their order. */
  private static final int MOST_OF_MILLISECOND = 50_000;

  private final InfluxConnection connection;
  private final StoredDevices devices;

  InfluxEvents(InfluxConnection connection, StoredDevices devices) {
    this.connection = connection;
    this.devices = devices;
  }

  EventPage find(EventQuery query) {
    return NewestFirst.together(query, List.of(find(query, false), find(query, true)));
  }

  private EventPage find(EventQuery query, boolean far) {
    String select =
        "SELECT device, gateway, kind, type, id, epoch, number, urgent, late, deviceTime, takenAt,"
            + " receivedAt, storedAt, json FROM "
            + (far ? Points.EVENT_FAR : Points.EVENT);
    int rows = query.limit() + ROOM;
    NewestFirst newestFirst = new NewestFirst(query);
    PagePosition position = PagePosition.BEGIN;
    while (true) {
      int read = 0;
      String statement =
          select
              + where(query, far, position.upTo())
              + " ORDER BY time DESC LIMIT %d OFFSET %d".formatted(rows, position.skip());
      for (InfluxQLQueryResult.Series series : connection.query(statement)) {
        for (InfluxQLQueryResult.Series.Record row : series.getValues()) {
          read++;
          Columns values = new Columns(series.getColumns(), Arrays.asList(row.getValues()));
          position = position.after(values.whole("time"), far);
          if (!newestFirst.offer(event(values, far))) {
            return newestFirst.page();
          }
        }
      }
      if (read < rows) {
        return newestFirst.page();
      }
      if (position.ofMillisecond() >= MOST_OF_MILLISECOND) {
        limited
            .atWarn("one millisecond")
            .addKeyValue("time", time(position.last(), far))
            .log("There are too many events of one millisecond; not all of them are looked at");
        position = position.beforeMillisecond(far);
      }
    }
  }

  /**
   * How far was read.
   *
   * @param last the time of the last row, in InfluxDB's form
   * @param skip rows of that time that were read
   * @param ofMillisecond rows of its millisecond that were read
   */
  private record PagePosition(long last, int skip, int ofMillisecond) {

    static final PagePosition BEGIN = new PagePosition(Long.MAX_VALUE, 0, 0);

    PagePosition after(long time, boolean far) {
      return new PagePosition(
          time,
          time == last ? skip + 1 : 1,
          time(time, far).equals(time(last, far)) ? ofMillisecond + 1 : 1);
    }

    /** Returns the position that skips the rest of the millisecond. */
    PagePosition beforeMillisecond(boolean far) {
      return new PagePosition(nanos(time(last, far), far) - 1, 0, 0);
    }

    @Nullable Long upTo() {
      return equals(BEGIN) ? null : last;
    }
  }

  private static Instant time(long nanos, boolean far) {
    return far ? Literal.ofFar(nanos) : Literal.toInstant(nanos);
  }

  private String where(EventQuery query, boolean far, @Nullable Long upTo) {
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
    if (upTo != null) {
      terms.add("time <= " + upTo);
    }
    switch (devices.names(query)) {
      case Names.Any() -> {}
      case Names.One(String name) -> terms.add("device = " + Literal.device(name));
      case Names.Like(String pattern) -> terms.add("device =~ " + Literal.pattern(pattern));
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

  private StoredEvent event(Columns values, boolean far) {
    String kind = values.text("kind");
    String deviceTime = values.text("deviceTime");
    StoredDevices.Read device = devices.read(values.text("device"));
    return new StoredEvent(
        values.text("id"),
        device.community(),
        device.device(),
        new GatewayId(values.text("gateway")),
        values.whole("epoch"),
        Kind.ofWireName(kind)
            .orElseThrow(() -> new IllegalStateException("a stored event has kind " + kind)),
        new EventType(values.text("type")),
        Boolean.parseBoolean(values.text("urgent")) ? Lane.URGENT : Lane.BULK,
        values.whole("number"),
        time(values.whole("time"), far),
        deviceTime.isEmpty() ? null : Instant.parse(deviceTime),
        Instant.ofEpochMilli(values.whole("takenAt")),
        Instant.ofEpochMilli(values.whole("receivedAt")),
        Instant.ofEpochMilli(values.whole("storedAt")),
        Boolean.parseBoolean(values.text("late")),
        ValuesJson.read(values.text("json")));
  }
}

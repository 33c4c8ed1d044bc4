package org.linli.hub.history.questdb;

import io.questdb.cairo.sql.BindVariableService;
import io.questdb.cairo.sql.Record;
import io.questdb.griffin.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/** Answers queries for events. */
final class QuestDbEvents {

  private final Engine engine;
  private final StoredDevices devices;

  QuestDbEvents(Engine engine, StoredDevices devices) {
    this.engine = engine;
    this.devices = devices;
  }

  EventPage find(EventQuery query) {
    // One table after the other, so that no more than two pages are held.
    EventPage found = new EventPage(List.of(), null);
    for (Tables.Events table : Tables.Events.values()) {
      if (!engine.isUnused(table)) {
        for (TimeRange span : TimeRange.of(table.isFar, engine, engine.events(table))) {
          found = NewestFirst.together(query, List.of(found, find(query, table, span)));
        }
      }
    }
    return found;
  }

  private EventPage find(EventQuery query, Tables.Events table, TimeRange span) {
    NewestFirst newestFirst = new NewestFirst(query);
    Question question = Question.of(query, devices.names(query), table, span);
    engine.select(question.sql(), question::bind, row -> newestFirst.offer(event(row, table)));
    return newestFirst.page();
  }

  /** The statement for a query. Its text contains only fixed words; its values are bound. */
  private record Question(String sql, List<Object> values) {

    static Question of(EventQuery query, Names names, Tables.Events table, TimeRange span) {
      List<String> terms = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      if (query.from() != null || span.isBounded()) {
        values.add(query.from() == null ? span.begin() : span.micros(query.from()));
        terms.add("ts >= $" + values.size());
      }
      if (query.to() != null || span.isBounded()) {
        values.add(query.to() == null ? span.end() : span.micros(query.to()));
        terms.add("ts < $" + values.size());
      }
      if (query.after() != null) {
        values.add(span.micros(query.after().time()));
        terms.add("ts <= $" + values.size());
      }
      switch (names) {
        case Names.Any() -> {}
        case Names.One(String name) -> {
          values.add(name);
          terms.add("device = $" + values.size());
        }
        case Names.Like(String pattern) -> {
          values.add(pattern);
          terms.add("device ~ $" + values.size());
        }
      }
      if (query.kind() != null) {
        values.add(query.kind().wireName());
        terms.add("kind = $" + values.size());
      }
      if (query.type() != null) {
        values.add(query.type().value());
        terms.add("type = $" + values.size());
      }
      String where = terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
      return new Question("SELECT * FROM " + table.table + where + " ORDER BY ts DESC", values);
    }

    void bind(BindVariableService bound) throws SqlException {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof Long micros) {
          bound.setTimestamp(i, micros);
        } else {
          bound.setStr(i, (String) values.get(i));
        }
      }
    }
  }

  private StoredEvent event(Record row, Tables.Events table) {
    String kind = symbol(row, Tables.EventColumn.KIND);
    StoredDevices.Read device = devices.read(name(row, Tables.EventColumn.DEVICE, table));
    return new StoredEvent(
        text(row, Tables.EventColumn.ID),
        device.community(),
        device.device(),
        new GatewayId(symbol(row, Tables.EventColumn.GATEWAY)),
        row.getLong(Tables.EventColumn.EPOCH),
        Kind.ofWireName(kind)
            .orElseThrow(() -> new IllegalStateException("a stored event has kind " + kind)),
        new EventType(name(row, Tables.EventColumn.TYPE, table)),
        row.getBool(Tables.EventColumn.URGENT) ? Lane.URGENT : Lane.BULK,
        row.getLong(Tables.EventColumn.NUMBER),
        table.isFar ? Micros.ofFar(row.getTimestamp(0)) : Micros.toInstant(row.getTimestamp(0)),
        Micros.toNullable(row.getTimestamp(Tables.EventColumn.DEVICE_TIME)),
        Micros.toInstant(row.getTimestamp(Tables.EventColumn.TAKEN_AT)),
        Micros.toInstant(row.getTimestamp(Tables.EventColumn.RECEIVED_AT)),
        Micros.toInstant(row.getTimestamp(Tables.EventColumn.STORED_AT)),
        row.getBool(Tables.EventColumn.LATE),
        ValuesJson.read(text(row, Tables.EventColumn.JSON)));
  }

  private static String name(Record row, int column, Tables.Events table) {
    return table.isNamed ? symbol(row, column) : text(row, column);
  }

  private static String symbol(Record row, int column) {
    return Objects.requireNonNull(row.getSymA(column)).toString();
  }

  private static String text(Record row, int column) {
    return Objects.requireNonNull(row.getVarcharA(column)).toString();
  }
}

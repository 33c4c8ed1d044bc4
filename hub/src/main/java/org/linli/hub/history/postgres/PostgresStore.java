package org.linli.hub.history.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.HistoryStartException;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.PartNotes;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.StoredPart;
import org.linli.hub.journal.EventsRefusedException;
import org.linli.hub.journal.HistoryParts.Part;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.records.SharedConnections;
import org.linli.hub.records.SharedPool;
import org.linli.hub.registry.DeviceKey;

/**
 * The history in the PostgreSQL database that has the records (decision 0079). What {@link #append}
 * wrote is on the server's disk, and can be read at once.
 */
public final class PostgresStore implements HistoryStore {

  /** The SQLSTATE class of values that the database does not take, however often they come. */
  private static final String DATA_EXCEPTION = "22";

  private static final int READERS = 2;

  private final SharedPool writer;
  private final SharedPool readers;
  private final BoundedNames names;
  private final PartNotes notes;
  private final InstantSource clock;
  private final Timer appends;

  /** Both guarded by this store: there is one that writes. */
  private final Tables tables = new Tables();

  private final Communities communities;
  private final Inserts inserts;

  /** A query. */
  @FunctionalInterface
  private interface Query<T> {
    T of(Connection connection) throws SQLException;
  }

  /**
   * Opens the store; the database need not answer yet.
   *
   * @param notes told which days are written to
   * @throws HistoryStartException when the records are not in PostgreSQL
   */
  public static PostgresStore open(
      SharedConnections shared,
      BoundedNames names,
      PartNotes notes,
      InstantSource clock,
      MeterRegistry meters) {
    HistoryStartException nowhere =
        new HistoryStartException(
            "LINLI_STORE (linli.store) is postgres, and there is no LINLI_DATABASE_URL.",
            "Set LINLI_DATABASE_URL: the history is in the same database as the records. Or set"
                + " LINLI_STORE to questdb, which needs no database.");
    return new PostgresStore(
        shared.open("history-writer", 1).orElseThrow(() -> nowhere),
        shared.openReaders("history-readers", READERS).orElseThrow(() -> nowhere),
        names,
        notes,
        clock,
        meters);
  }

  /**
   * @param writer has one connection
   * @param readers their connections cannot write
   * @param notes told which days are written to
   */
  private PostgresStore(
      SharedPool writer,
      SharedPool readers,
      BoundedNames names,
      PartNotes notes,
      InstantSource clock,
      MeterRegistry meters) {
    this.writer = writer;
    this.readers = readers;
    this.names = names;
    this.communities = new Communities(names.devices().earlier());
    this.inserts = new Inserts(communities);
    this.notes = notes;
    this.clock = clock;
    this.appends =
        Timer.builder("linli.history.append")
            .description("From a batch to PostgreSQL's commit")
            .publishPercentileHistogram()
            .register(meters);
  }

  @Override
  public void append(List<HubEvent> events) {
    append(events, 0);
  }

  @Override
  public synchronized void append(List<HubEvent> events, long row) {
    if (events.isEmpty()) {
      return;
    }
    notes.writing(events.stream().map(Tables::part).collect(Collectors.toSet()), row);
    Instant now = clock.instant();
    long began = System.nanoTime();
    try (Connection connection = writer.connection()) {
      tables.have(connection, events);
      connection.setAutoCommit(false);
      Set<Inserts.Metric> metrics = inserts.write(connection, events, names, now);
      connection.commit();
      inserts.committed(metrics);
    } catch (SQLException e) {
      throw failed(e);
    }
    appends.record(Duration.ofNanos(System.nanoTime() - began));
    names.tell();
  }

  private RuntimeException failed(SQLException e) {
    String sentence = "PostgreSQL does not take events into the history: " + e.getMessage();
    if (String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION)) {
      return new EventsRefusedException(sentence, e);
    }
    // A day may have been dropped meanwhile.
    tables.forget();
    return new StoreUnavailableException(sentence, e);
  }

  @Override
  public EventPage find(EventQuery query) {
    return read(
        connection -> Events.find(connection, query, communities), new EventPage(List.of(), null));
  }

  @Override
  public List<SeriesPoint> series(SeriesQuery query) {
    return read(connection -> Series.series(connection, query, communities), List.of());
  }

  @Override
  public List<String> metrics(DeviceKey device) {
    return read(connection -> Series.metrics(connection, device, communities), List.of());
  }

  @Override
  public List<StoredPart> parts() {
    return read(Tables::parts, List.of());
  }

  private <T> T read(Query<T> query, T nothing) {
    try (Connection connection = readers.connection()) {
      connection.setAutoCommit(false);
      T found = Tables.areMade(connection) ? query.of(connection) : nothing;
      connection.commit();
      return found;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static HistoryUnavailableException unavailable(SQLException e) {
    return new HistoryUnavailableException(
        "PostgreSQL does not answer for the history: " + e.getMessage(), e);
  }

  @Override
  public synchronized List<StoredPart> drop(List<StoredPart> parts, Predicate<Part> still) {
    try (Connection connection = writer.connection()) {
      return tables.drop(connection, parts, still);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}

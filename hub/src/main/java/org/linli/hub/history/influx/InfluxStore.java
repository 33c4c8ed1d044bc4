package org.linli.hub.history.influx;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.registry.DeviceKey;

/**
 * The history in an existing InfluxDB. Durable when {@link #append} returns, as far as that
 * InfluxDB is: it answers after its write-ahead log is synced (its {@code wal-fsync-delay} is 0 by
 * default).
 */
public final class InfluxStore implements HistoryStore {

  private final InfluxConnection connection;
  private final BoundedNames names;
  private final InstantSource clock;
  private final InfluxEvents events;
  private final InfluxSeries series;
  private final Timer appends;

  private InfluxStore(
      InfluxConnection connection, BoundedNames names, InstantSource clock, MeterRegistry meters) {
    this.connection = connection;
    this.names = names;
    this.clock = clock;
    this.events = new InfluxEvents(connection, names.devices());
    this.series = new InfluxSeries(connection, names.devices());
    this.appends =
        Timer.builder("linli.history.append")
            .description("From a batch to InfluxDB's confirmation")
            .publishPercentileHistogram()
            .register(meters);
  }

  /**
   * Opens the store; InfluxDB need not answer yet.
   *
   * @throws org.linli.hub.history.HistoryStartException when a setting makes no sense
   */
  public static InfluxStore open(
      InfluxSettings settings, BoundedNames names, InstantSource clock, MeterRegistry meters) {
    return new InfluxStore(InfluxConnection.to(settings), names, clock, meters);
  }

  @Override
  public void append(List<HubEvent> batch) {
    if (!batch.isEmpty()) {
      Instant now = clock.instant();
      appends.record(() -> connection.write(Points.of(batch, names, now), Points.harmless(now)));
      names.tell();
    }
  }

  @Override
  public EventPage find(EventQuery query) {
    return events.find(query);
  }

  @Override
  public List<SeriesPoint> series(SeriesQuery query) {
    return series.series(query);
  }

  @Override
  public List<String> metrics(DeviceKey device) {
    return series.metrics(device);
  }

  @Override
  public void close() {
    connection.close();
  }
}

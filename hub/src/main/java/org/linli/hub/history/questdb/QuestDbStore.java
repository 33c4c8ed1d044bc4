package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.MeterRegistry;
import io.questdb.std.FilesFacade;
import io.questdb.std.FilesFacadeImpl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.linli.event.DeviceId;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.intake.HubEvent;

/**
 * The history in an embedded QuestDB: durable when {@link #append} returns, readable a moment later
 * (metric {@code linli.history.visible}).
 */
public final class QuestDbStore implements HistoryStore {

  private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);

  private final Engine engine;
  private final Applier applier;
  private final Appender appender;
  private final EventReader events;
  private final SeriesReader series;

  private QuestDbStore(
      Engine engine, InstantSource clock, MeterRegistry meters, Duration housekeeping) {
    this.engine = engine;
    this.applier = new Applier(engine, meters, housekeeping);
    this.appender = new Appender(engine, applier, clock, meters);
    this.events = new EventReader(engine);
    this.series = new SeriesReader(engine);
    applier.start();
  }

  /**
   * Opens the history in a folder, which is made where it is missing. One process at a time: the
   * data folder's lock sees to that.
   *
   * @throws org.linli.hub.history.HistoryStartException when it cannot be opened
   */
  public static QuestDbStore open(Path folder, InstantSource clock, MeterRegistry meters) {
    QuestDbLog.silence();
    return open(folder, clock, meters, FilesFacadeImpl.INSTANCE, HOUSEKEEPING);
  }

  static QuestDbStore open(
      Path folder,
      InstantSource clock,
      MeterRegistry meters,
      FilesFacade files,
      Duration housekeeping) {
    return new QuestDbStore(Engine.open(folder, files), clock, meters, housekeeping);
  }

  @Override
  public void append(List<HubEvent> batch) {
    appender.append(batch);
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
  public List<String> metrics(DeviceId device) {
    return series.metrics(device);
  }

  @Override
  public void close() {
    applier.close();
    engine.close();
  }
}

package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.std.str.Utf8StringSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.FarTimes;
import org.linli.hub.history.PartNotes;
import org.linli.hub.history.Readings;
import org.linli.hub.history.StoredPart;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.journal.EventsRefusedException;
import org.linli.hub.journal.HistoryParts.Part;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;

/**
 * Writes batches one after the other: first their readings, then the events, each with one commit
 * that is on disk when it returns. A batch that failed half way comes again and overwrites its own
 * rows.
 */
final class Appender {

  private final Engine engine;
  private final Applier applier;
  private final BoundedNames names;
  private final InstantSource clock;
  private final PartNotes notes;
  private final Timer appends;
  private final CrowdedMilliseconds crowded;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  Appender(
      Engine engine,
      Applier applier,
      BoundedNames names,
      PartNotes notes,
      InstantSource clock,
      MeterRegistry meters) {
    this.notes = notes;
    this.engine = engine;
    this.applier = applier;
    this.names = names;
    this.clock = clock;
    this.crowded = new CrowdedMilliseconds(meters);
    this.appends =
        Timer.builder("linli.history.append")
            .description("From a batch to its commit on disk")
            .publishPercentileHistogram()
            .register(meters);
  }

  void append(List<HubEvent> batch, long row) {
    if (batch.isEmpty()) {
      return;
    }
    Timer.Sample started = Timer.start();
    oneAtATime.lock();
    try {
      Sorted sorted = Sorted.of(batch);
      notes.writing(sorted.parts(), row);
      write(sorted);
      sorted.near().forEach(crowded::add);
    } finally {
      oneAtATime.unlock();
    }
    started.stop(appends);
    applier.committed();
  }

  /**
   * The events of a batch, separated by whether they happened far from when they arrived.
   *
   * @param parts the parts that contain all of them
   */
  private record Sorted(List<HubEvent> near, List<HubEvent> far, Set<Part> parts) {

    static Sorted of(List<HubEvent> batch) {
      List<HubEvent> near = new ArrayList<>(batch.size());
      List<HubEvent> far = new ArrayList<>();
      Set<Part> parts = new HashSet<>();
      long day = Long.MIN_VALUE;
      for (HubEvent event : batch) {
        boolean isFar = FarTimes.isFar(event);
        (isFar ? far : near).add(event);
        long time = time(event, isFar);
        // Naming a part takes longer than all else here, and most of a batch is of one day.
        if (isFar || Micros.day(time) != day) {
          parts.add(new Part(isFar, Micros.part(time, isFar)));
          day = isFar ? day : Micros.day(time);
        }
      }
      return new Sorted(near, far, parts);
    }
  }

  private void write(Sorted sorted) {
    try {
      write(sorted.near(), false);
      write(sorted.far(), true);
    } catch (RuntimeException | CairoError | InternalError | AssertionError e) {
      // After a disk failure QuestDB also throws errors that it does not classify as its own. A
      // writer that was left behind reports its own operations as unsupported. With assertions
      // enabled, a failure can be an AssertionError. A writer that failed to grow still assumes
      // that it did: if it were used again, it would write outside its memory and crash the hub.
      // This closes it before anything else gets it.
      engine.releaseWriters();
      if (isAboutTheEvents(e) && takesOthers()) {
        throw new EventsRefusedException("QuestDB: " + e.getMessage(), Engine.copyOf(e));
      }
      throw new StoreUnavailableException(
          "The history in %s cannot be written: %s. Check the disk."
              .formatted(engine.folder(), reason(e)),
          Engine.copyOf(e));
    }
  }

  /**
   * Drops parts. A part may only be dropped while nothing is written.
   *
   * @param still whether a part is still to be dropped
   * @return the parts that are dropped
   */
  List<StoredPart> drop(Parts parts, List<StoredPart> some, Predicate<Part> still) {
    oneAtATime.lock();
    try {
      List<StoredPart> going = some.stream().filter(stored -> still.test(stored.part())).toList();
      parts.drop(going.stream().map(StoredPart::part).toList());
      return going;
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Returns the event's time in microseconds, in the table that the event goes to. */
  private static long time(HubEvent event, boolean far) {
    Instant time = event.taken().event().time();
    return far ? Micros.far(time, FarTimes.period(event)) : Micros.sortable(time);
  }

  private void write(List<HubEvent> events, boolean far) {
    if (events.isEmpty()) {
      return;
    }
    BitSet named = new BitSet(events.size());
    List<HubEvent> byName = new ArrayList<>(events.size());
    List<HubEvent> others = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      boolean isNamed = names.takesEvent(events.get(i));
      named.set(i, isNamed);
      (isNamed ? byName : others).add(events.get(i));
    }
    commit(
        far ? engine.seriesFar() : engine.series(),
        writer -> writeReadings(writer, events, named, far));
    writeEvents(others, Tables.Events.of(far, false));
    writeEvents(byName, Tables.Events.of(far, true));
  }

  private void writeEvents(List<HubEvent> events, Tables.Events table) {
    if (!events.isEmpty()) {
      commit(engine.events(table), writer -> writeEvents(writer, events, table));
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  /**
   * Returns whether QuestDB classifies the failure as one that no disk, memory or missing table
   * caused.
   */
  private static boolean isAboutTheEvents(Throwable failure) {
    return failure instanceof CairoException refusal
        && !refusal.isCritical()
        && !refusal.isOutOfMemory()
        && !refusal.isTableDoesNotExist()
        && !refusal.isTableDropped();
  }

  /**
   * Returns whether a harmless row can be written; the row is rolled back. A database in trouble
   * throws many errors that seem to be about the events, and the events must not become dead
   * letters for that.
   */
  private boolean takesOthers() {
    long now = Micros.of(clock.instant());
    try {
      for (TableToken table : engine.tables()) {
        try (WalWriter writer = engine.cairo().getWalWriter(table)) {
          writer.newRow(now).append();
          writer.rollback();
        }
      }
      return true;
    } catch (RuntimeException | CairoError | InternalError | AssertionError inTrouble) {
      engine.releaseWriters();
      return false;
    }
  }

  private void commit(TableToken table, Consumer<WalWriter> rows) {
    try (WalWriter writer = engine.cairo().getWalWriter(table)) {
      rows.accept(writer);
      writer.commit();
    }
  }

  private void writeReadings(WalWriter writer, List<HubEvent> batch, BitSet named, boolean far) {
    for (int i = 0; i < batch.size(); i++) {
      HubEvent hubEvent = batch.get(i);
      boolean isNamed = named.get(i);
      DeviceEvent event = hubEvent.taken().event();
      String device = names.devices().name(hubEvent);
      long number = hubEvent.taken().order();
      long time =
          far ? time(hubEvent, true) : time(hubEvent, false) + number % CrowdedMilliseconds.APART;
      Readings.forEach(
          event.values(),
          (metric, reading) -> {
            if (!takesReading(hubEvent, isNamed, metric)) {
              return;
            }
            TableWriter.Row row = writer.newRow(time);
            row.putSym(Tables.SeriesColumn.DEVICE, device);
            row.putSym(Tables.SeriesColumn.METRIC, metric);
            row.putDouble(Tables.SeriesColumn.READING, reading);
            if (far) {
              row.putLong(Tables.SeriesColumn.NUMBER, number);
            }
            row.append();
          });
    }
  }

  private boolean takesReading(HubEvent event, boolean isNamed, String metric) {
    return isNamed ? names.takesReadingOfNamed(event, metric) : names.takesReading(event, metric);
  }

  private void writeEvents(WalWriter writer, List<HubEvent> batch, Tables.Events table) {
    Utf8StringSink text = new Utf8StringSink();
    Instant storedAt = clock.instant();
    for (HubEvent hubEvent : batch) {
      DeviceEvent event = hubEvent.taken().event();
      TableWriter.Row row = writer.newRow(time(hubEvent, table.isFar));
      putName(row, Tables.EventColumn.DEVICE, names.devices().name(hubEvent), table, text);
      row.putSym(Tables.EventColumn.GATEWAY, hubEvent.gateway().value());
      row.putLong(Tables.EventColumn.EPOCH, hubEvent.epoch());
      row.putLong(Tables.EventColumn.NUMBER, hubEvent.taken().order());
      putText(row, Tables.EventColumn.ID, hubEvent.id(), text);
      row.putSym(Tables.EventColumn.KIND, event.kind().wireName());
      putName(row, Tables.EventColumn.TYPE, event.type().value(), table, text);
      row.putBool(Tables.EventColumn.URGENT, hubEvent.lane() == Lane.URGENT);
      row.putBool(Tables.EventColumn.LATE, hubEvent.late());
      row.putTimestamp(Tables.EventColumn.DEVICE_TIME, Micros.ofNullable(event.deviceTime()));
      row.putTimestamp(Tables.EventColumn.TAKEN_AT, Micros.of(event.takenAt()));
      row.putTimestamp(Tables.EventColumn.RECEIVED_AT, Micros.of(hubEvent.receivedAt()));
      row.putTimestamp(Tables.EventColumn.STORED_AT, Micros.of(storedAt));
      putText(row, Tables.EventColumn.JSON, ValuesJson.write(event.values()), text);
      row.append();
    }
  }

  private static void putName(
      TableWriter.Row row, int column, String name, Tables.Events table, Utf8StringSink scratch) {
    if (table.isNamed) {
      row.putSym(column, name);
    } else {
      putText(row, column, name, scratch);
    }
  }

  private static void putText(
      TableWriter.Row row, int column, String value, Utf8StringSink scratch) {
    scratch.clear();
    scratch.put(value);
    row.putVarchar(column, scratch);
  }
}

package org.linli.hub.intake.sequence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.TakenEvent;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Remembers the newest {@link SequenceSettings#rememberedEvents} applied events of each gateway.
 * They identify the events that a gateway sends again in a new epoch: after its disk was restored,
 * or from a clone of it.
 *
 * <p>An event is looked up only if it was taken no later than the newest event of an earlier epoch.
 * In normal operation the check is therefore one comparison of two numbers. A clock that jumps
 * makes it look up more or fewer events, and never makes it take a new event for an old one. Used
 * by one thread at a time.
 */
@Component
public class AppliedEvents {

  private static final int ROW_EVENTS = 512;

  /** Rows kept besides the full ones: a gateway that begins epoch after epoch fills none. */
  private static final int MORE_ROWS = 1_000;

  private static final String KEEP =
      """
      INSERT INTO applied_events (gateway, number, epoch, newest_taken_at, events, prints)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (gateway, number) DO UPDATE
      SET newest_taken_at = excluded.newest_taken_at, events = excluded.events,
          prints = applied_events.prints || excluded.prints
      """;

  private final JdbcTemplate writer;
  private final RecordsReader reader;
  private final SequenceSettings settings;
  private final Map<GatewayId, List<Row>> rows = new ConcurrentHashMap<>();

  /** Fingerprints of earlier epochs, held while a gateway sends such events again. */
  private final Map<GatewayId, Earlier> earlier = new ConcurrentHashMap<>();

  public AppliedEvents(JdbcTemplate writer, RecordsReader reader, SequenceSettings settings) {
    this.writer = writer;
    this.reader = reader;
    this.settings = settings;
  }

  public static int mostRows(int rememberedEvents) {
    return rememberedEvents / ROW_EVENTS + MORE_ROWS;
  }

  /** Everything in a row except its fingerprints. */
  private record Row(long number, long epoch, long newestTakenAt, int events) {
    boolean hasRoom(long forEpoch) {
      return epoch == forEpoch && events < ROW_EVENTS;
    }

    Row with(TakenEvent taken) {
      return new Row(
          number,
          epoch,
          Math.max(newestTakenAt, taken.event().takenAt().toEpochMilli()),
          events + 1);
    }
  }

  private record Earlier(long before, Set<Long> prints) {}

  /** What batches add; it takes effect once their transaction has committed. */
  public final class Progress {
    private final Map<GatewayId, Draft> drafts = new HashMap<>();

    /**
     * Goes through the next batch and sets a bit for each of its events that was applied before.
     */
    public BitSet repeats(Batch batch) {
      return drafts
          .computeIfAbsent(batch.gateway(), gateway -> new Draft(gateway, known(gateway)))
          .repeats(batch);
    }

    /** Writes the rows. To be called within the caller's transaction. */
    public void keep() {
      drafts.values().forEach(Draft::keep);
    }

    /** Updates the memory. To be called after the commit. */
    public void committed() {
      drafts.forEach((gateway, draft) -> rows.put(gateway, draft.rows));
    }
  }

  public Progress progress() {
    return new Progress();
  }

  /**
   * Discards a gateway's rows from memory, so that they are read again: others may have changed
   * them, or a commit of which nobody knows.
   */
  public void forget(GatewayId gateway) {
    rows.remove(gateway);
    earlier.remove(gateway);
  }

  private List<Row> known(GatewayId gateway) {
    return rows.computeIfAbsent(gateway, this::read);
  }

  private List<Row> read(GatewayId gateway) {
    return reader
        .sql(
            "SELECT number, epoch, newest_taken_at, events FROM applied_events"
                + " WHERE gateway = :gateway ORDER BY number")
        .param("gateway", gateway.value())
        .query(
            (row, number) ->
                new Row(
                    row.getLong("number"),
                    row.getLong("epoch"),
                    row.getLong("newest_taken_at"),
                    row.getInt("events")))
        .list();
  }

  private Set<Long> printsBefore(GatewayId gateway, long epoch) {
    Earlier read = earlier.get(gateway);
    if (read == null || read.before() != epoch) {
      read = new Earlier(epoch, readPrintsBefore(gateway, epoch));
      earlier.put(gateway, read);
    }
    return read.prints();
  }

  private Set<Long> readPrintsBefore(GatewayId gateway, long epoch) {
    Set<Long> prints = new HashSet<>();
    reader
        .sql("SELECT prints FROM applied_events WHERE gateway = :gateway AND epoch < :epoch")
        .param("gateway", gateway.value())
        .param("epoch", epoch)
        .query(
            row -> {
              String text = row.getString("prints");
              for (int at = 0; at < text.length(); at += EventPrints.LENGTH) {
                prints.add(EventPrints.read(text.substring(at, at + EventPrints.LENGTH)));
              }
            });
    return prints;
  }

  /** The rows of one gateway as they will be after the commit. */
  private final class Draft {
    private final GatewayId gateway;
    private final List<Row> rows;
    private final Map<Long, StringBuilder> added = new TreeMap<>();
    private final Map<Long, Set<Long>> addedPrints = new HashMap<>();
    private final EventPrints eventPrints = new EventPrints();

    Draft(GatewayId gateway, List<Row> known) {
      this.gateway = gateway;
      this.rows = new ArrayList<>(known);
    }

    BitSet repeats(Batch batch) {
      long newestEarlier =
          rows.stream()
              .filter(row -> row.epoch() < batch.epoch())
              .mapToLong(Row::newestTakenAt)
              .max()
              .orElse(Long.MIN_VALUE);
      BitSet repeats = new BitSet();
      boolean looked = false;
      for (int i = 0; i < batch.events().size(); i++) {
        TakenEvent taken = batch.events().get(i);
        long print = eventPrints.of(taken);
        boolean candidate = taken.event().takenAt().toEpochMilli() <= newestEarlier;
        looked |= candidate;
        if (candidate && wasApplied(print, batch.epoch())) {
          repeats.set(i);
        } else {
          note(taken, print, batch.epoch());
        }
      }
      if (!looked) {
        earlier.remove(gateway);
      }
      return repeats;
    }

    private boolean wasApplied(long print, long epoch) {
      return printsBefore(gateway, epoch).contains(print)
          || addedPrints.entrySet().stream()
              .anyMatch(entry -> entry.getKey() < epoch && entry.getValue().contains(print));
    }

    private void note(TakenEvent taken, long print, long epoch) {
      Row last = rows.isEmpty() ? new Row(0, 0, Long.MIN_VALUE, 0) : rows.getLast();
      if (last.hasRoom(epoch)) {
        rows.removeLast();
      } else {
        last = new Row(last.number() + 1, epoch, Long.MIN_VALUE, 0);
      }
      rows.add(last.with(taken));
      added
          .computeIfAbsent(last.number(), first -> new StringBuilder())
          .append(EventPrints.write(print));
      addedPrints.computeIfAbsent(epoch, first -> new HashSet<>()).add(print);
    }

    void keep() {
      Map<Long, Row> byNumber = new HashMap<>();
      rows.forEach(row -> byNumber.put(row.number(), row));
      added.forEach(
          (number, prints) -> {
            Row row = byNumber.get(number);
            if (row != null) {
              writer.update(
                  KEEP,
                  gateway.value(),
                  number,
                  row.epoch(),
                  row.newestTakenAt(),
                  row.events(),
                  prints.toString());
            }
          });
      trim();
    }

    private void trim() {
      long events = rows.stream().mapToLong(Row::events).sum();
      long dropped = 0;
      int most = mostRows(settings.rememberedEvents());
      while (!rows.isEmpty()
          && (events - rows.getFirst().events() >= settings.rememberedEvents()
              || rows.size() > most)) {
        Row oldest = rows.removeFirst();
        events -= oldest.events();
        dropped = oldest.number();
      }
      if (dropped > 0) {
        writer.update(
            "DELETE FROM applied_events WHERE gateway = ? AND number <= ?",
            gateway.value(),
            dropped);
      }
    }
  }
}

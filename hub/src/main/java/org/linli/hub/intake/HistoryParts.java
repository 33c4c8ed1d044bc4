package org.linli.hub.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.AgeMarks;
import org.linli.hub.records.RunningTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How old the parts are that a store keeps its events in. A part is as old as the youngest event in
 * it, by the row of the journal that the event came in and the age marks of those rows, as the
 * {@link Archive} goes by them: no clock is believed, and what a store is given again is as old as
 * it was.
 *
 * <p>A part is noted before anything is written to it. A crash may lose the last minute of what was
 * noted of parts that there were. Safe for several threads.
 */
@Component
public class HistoryParts {

  private static final Duration DAY = Duration.ofDays(1);

  private final JdbcClient client;
  private final TransactionTemplate transaction;
  private final Archive archive;
  private final AgeMarks ages;
  private final AgeMarks days;
  private final Map<Part, Rows> parts = new HashMap<>();
  private final Set<Part> unsaved = new HashSet<>();

  /** Held by one who saves, so that nothing earlier is saved after it. */
  private final Object saving = new Object();

  private @Nullable Instant wholeFrom;
  private boolean fromIsUnsaved;
  private long tooOld;
  private long dayOld;

  /**
   * What is dropped as a whole.
   *
   * @param far whether it is of events that happened far from when they came
   * @param name among those
   */
  public record Part(boolean far, String name) implements Comparable<Part> {

    @Override
    public int compareTo(Part other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : Boolean.compare(far, other.far);
    }
  }

  /** Of the journal, those that are in a part. */
  private record Rows(long first, long last) {

    Rows and(long row) {
      return new Rows(Math.min(first, row), Math.max(last, row));
    }
  }

  HistoryParts(
      JdbcClient client,
      TransactionTemplate transaction,
      Archive archive,
      HistoryKeeping keeping,
      RunningTime time) {
    this.client = client;
    this.transaction = transaction;
    this.archive = archive;
    this.ages = new AgeMarks(client, time, "history", keeping.longest());
    this.days = new AgeMarks(client, time, "history-day", DAY);
    // Those of a journal that was emptied by hand: its rows are counted anew.
    long end = archive.carried();
    ages.forgetBeyond(end);
    days.forgetBeyond(end);
    client
        .sql("SELECT far, name, first_row, last_row FROM history_part")
        .query(
            row -> {
              parts.put(
                  new Part(row.getInt("far") == 1, row.getString("name")),
                  new Rows(
                      Math.min(row.getLong("first_row"), end),
                      Math.min(row.getLong("last_row"), end)));
            });
    Long from =
        client
            .sql("SELECT whole_from FROM history_kept WHERE id = 1 AND whole_from IS NOT NULL")
            .query(Long.class)
            .optional()
            .orElse(null);
    wholeFrom = from == null ? null : Instant.ofEpochMilli(from);
  }

  /** Called before events that came in a row of the journal are written to these. */
  public void writing(Set<Part> written, long row) {
    List<Part> begun = new ArrayList<>();
    synchronized (this) {
      for (Part part : written) {
        Rows before = parts.get(part);
        Rows after = before == null ? new Rows(row, row) : before.and(row);
        if (!after.equals(before)) {
          parts.put(part, after);
          unsaved.add(part);
        }
        if (before == null) {
          begun.add(part);
        }
      }
    }
    if (!begun.isEmpty()) {
      save();
    }
  }

  /** What the store has and nobody noted: it counts from now on. */
  public synchronized void has(Collection<Part> there) {
    long now = Math.max(1, archive.carried());
    for (Part part : there) {
      if (parts.putIfAbsent(part, new Rows(now, now)) == null) {
        unsaved.add(part);
      }
    }
  }

  /**
   * What was noted of others and is too old by now is forgotten; until then they may come to be
   * there, as they are noted first.
   */
  public synchronized void hasNoOther(Collection<Part> there) {
    Set<Part> gone = new HashSet<>(parts.keySet());
    gone.removeAll(Set.copyOf(there));
    gone.removeIf(part -> !isTooOld(part));
    parts.keySet().removeAll(gone);
    unsaved.addAll(gone);
  }

  /** Looks how old everything is by now, and keeps what was noted. */
  public void look() {
    save();
    long end = archive.carried();
    long[] marks =
        Objects.requireNonNull(
            transaction.execute(_ -> new long[] {ages.expired(end), days.expired(end)}));
    synchronized (this) {
      tooOld = marks[0];
      dayOld = marks[1];
    }
  }

  /** As of the last look, whether everything in it is older than it is to be kept. */
  public synchronized boolean isTooOld(Part part) {
    Rows rows = parts.get(part);
    return rows != null && rows.last() <= tooOld;
  }

  /** As of the last look, whether it was begun within a day. */
  public synchronized boolean isNew(Part part) {
    Rows rows = parts.get(part);
    return rows == null || rows.first() > dayOld;
  }

  /** What was begun first comes first. */
  public synchronized List<Part> oldestFirst(Collection<Part> some) {
    return some.stream()
        .sorted(Comparator.comparingLong(this::first).thenComparing(Part::name))
        .toList();
  }

  private long first(Part part) {
    Rows rows = parts.get(part);
    return rows == null ? Long.MAX_VALUE : rows.first();
  }

  /**
   * They are no longer there.
   *
   * @param from before this the history is not whole any more; null where they say nothing of that
   */
  public void dropped(Collection<Part> gone, @Nullable Instant from) {
    synchronized (this) {
      for (Part part : gone) {
        parts.remove(part);
        unsaved.add(part);
      }
      if (from != null) {
        notWholeBefore(from);
      }
    }
    save();
  }

  /** The store has lost what it had, and has everything again that the archive keeps. */
  public void builtAnew() {
    archive
        .begin()
        .ifPresent(
            begin -> {
              notWholeBefore(begin);
              save();
            });
  }

  private synchronized void notWholeBefore(Instant from) {
    if (wholeFrom == null || from.isAfter(wholeFrom)) {
      wholeFrom = from;
      fromIsUnsaved = true;
    }
  }

  /**
   * From when on everything that happened is kept, but for what happened far from when it came;
   * null while nothing was dropped.
   */
  public synchronized @Nullable Instant wholeFrom() {
    return wholeFrom;
  }

  private void save() {
    synchronized (saving) {
      saveChanged();
    }
  }

  private void saveChanged() {
    Map<Part, @Nullable Rows> changed = new HashMap<>();
    Instant from;
    boolean fromChanged;
    synchronized (this) {
      unsaved.forEach(part -> changed.put(part, parts.get(part)));
      unsaved.clear();
      from = wholeFrom;
      fromChanged = fromIsUnsaved;
      fromIsUnsaved = false;
    }
    if (changed.isEmpty() && !fromChanged) {
      return;
    }
    boolean isSaved = false;
    try {
      transaction.executeWithoutResult(
          _ -> {
            changed.forEach(this::save);
            client
                .sql("UPDATE history_kept SET whole_from = ? WHERE id = 1")
                .param(from == null ? null : from.toEpochMilli())
                .update();
          });
      isSaved = true;
    } finally {
      if (!isSaved) {
        synchronized (this) {
          unsaved.addAll(changed.keySet());
          fromIsUnsaved |= fromChanged;
        }
      }
    }
  }

  private void save(Part part, @Nullable Rows rows) {
    if (rows == null) {
      client
          .sql("DELETE FROM history_part WHERE far = ? AND name = ?")
          .param(part.far() ? 1 : 0)
          .param(part.name())
          .update();
      return;
    }
    client
        .sql(
            """
            INSERT INTO history_part (far, name, first_row, last_row) VALUES (?, ?, ?, ?)
            ON CONFLICT (far, name)
            DO UPDATE SET first_row = excluded.first_row, last_row = excluded.last_row
            """)
        .param(part.far() ? 1 : 0)
        .param(part.name())
        .param(rows.first())
        .param(rows.last())
        .update();
  }
}

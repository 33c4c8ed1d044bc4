package org.linli.hub.journal;

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
 * Knows the age of the parts in which a store keeps its events. A part is as old as its youngest
 * event. That age follows from the journal row that the event came in and from the age marks of
 * those rows, which the {@link Archive} also uses. No clock is trusted, and an event that a store
 * receives again keeps its age.
 *
 * <p>A part is noted before anything is written to it. For parts that existed before, a crash may
 * lose the last minute of notes. Safe for several threads.
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

  /** Held while saving, so that no older state is saved after a newer one. */
  private final Object saving = new Object();

  private @Nullable Instant wholeFrom;
  private boolean fromIsUnsaved;
  private long tooOld;
  private long dayOld;

  /**
   * A part of the history, which is dropped as a whole.
   *
   * @param far whether its events happened far from when they arrived
   * @param name its name among the parts of that sort
   */
  public record Part(boolean far, String name) implements Comparable<Part> {

    @Override
    public int compareTo(Part other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : Boolean.compare(far, other.far);
    }
  }

  /** The range of journal rows whose events are in a part. */
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
    // Drops the marks of a journal that was emptied by hand: its rows are numbered anew.
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

  /** Notes a write. To be called before events of a journal row are written to these parts. */
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

  /** Notes parts that the store has and that are not yet known. Their age counts from now on. */
  public synchronized void has(Collection<Part> there) {
    long now = Math.max(1, archive.carried());
    for (Part part : there) {
      if (parts.putIfAbsent(part, new Rows(now, now)) == null) {
        unsaved.add(part);
      }
    }
  }

  /**
   * Forgets parts that the store does not have, once they are too old. Until then they may still
   * come to exist, because a part is noted before it is written.
   */
  public synchronized void hasNoOther(Collection<Part> there) {
    Set<Part> gone = new HashSet<>(parts.keySet());
    gone.removeAll(Set.copyOf(there));
    gone.removeIf(part -> !isTooOld(part));
    parts.keySet().removeAll(gone);
    unsaved.addAll(gone);
  }

  /** Computes the present age of all parts and saves the notes. */
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

  /** Returns whether, as of the last look, everything in this part is older than the retention. */
  public synchronized boolean isTooOld(Part part) {
    Rows rows = parts.get(part);
    return rows != null && rows.last() <= tooOld;
  }

  /** Returns whether, as of the last look, this part was begun within a day. */
  public synchronized boolean isNew(Part part) {
    Rows rows = parts.get(part);
    return rows == null || rows.first() > dayOld;
  }

  /** Returns the parts in the order in which they were begun, oldest first. */
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
   * Notes that these parts were dropped.
   *
   * @param from the history is no longer complete before this time; null if these parts do not
   *     change that
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

  /**
   * Notes that the store lost its data and has received everything again that the archive keeps.
   */
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
   * Returns the time from which on the history is complete, except for events that happened far
   * from when they arrived; null while nothing was dropped.
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

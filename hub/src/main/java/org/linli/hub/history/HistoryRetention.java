package org.linli.hub.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.hub.journal.HistoryKeeping;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.journal.HistoryParts.Part;
import org.linli.hub.journal.HistoryShortened;
import org.linli.hub.records.Availability;
import org.linli.hub.records.DiskSize;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * Runs once a minute. It drops from the store what exceeds the retention, and the oldest parts if
 * the store exceeds its disk limit. It never drops a part that was begun within the last day.
 */
final class HistoryRetention extends Ticker {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(HistoryRetention.class));

  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final double SHARE_OF_DISK = 0.6;

  private final HistoryStore store;
  private final HistoryParts parts;
  private final long limit;
  private final InstantSource clock;
  private final Consumer<Object> publisher;
  private final Counter tooOld;
  private final Counter tooMuch;
  private volatile long bytes;

  /**
   * @param limit in bytes
   */
  HistoryRetention(
      HistoryStore store,
      HistoryParts parts,
      long limit,
      InstantSource clock,
      MeterRegistry meters,
      Consumer<Object> publisher,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "history-retention", EVERY);
    this.store = store;
    this.parts = parts;
    this.limit = limit;
    this.clock = clock;
    this.publisher = publisher;
    this.tooOld = dropped(meters, "age");
    this.tooMuch = dropped(meters, "limit");
    Gauge.builder("linli.history.bytes", () -> bytes)
        .description("What the history takes on the disk, as of the last minute")
        .register(meters);
    Gauge.builder("linli.history.limit.bytes", () -> limit)
        .description("What the history may take on the disk")
        .register(meters);
  }

  private static Counter dropped(MeterRegistry meters, String by) {
    return Counter.builder("linli.history.dropped.events")
        .tag("by", by)
        .description("Events that the history dropped")
        .register(meters);
  }

  /**
   * Returns how many bytes the history in a folder may take; no limit if the disk does not report
   * its size.
   *
   * @throws IllegalArgumentException if the limit is larger than the disk
   */
  static long limit(HistoryKeeping keeping, Path folder) {
    OptionalLong disk = DiskSize.of(folder);
    keeping.requireRoom(disk, folder);
    if (keeping.limit() != null) {
      return keeping.limit().toBytes();
    }
    if (disk.isPresent()) {
      return (long) (disk.getAsLong() * SHARE_OF_DISK);
    }
    LoggerFactory.getLogger(HistoryRetention.class)
        .atWarn()
        .addKeyValue("folder", folder)
        .log(
            "It cannot be seen how large the disk is: the history has no limit by size. Set"
                + " linli.history.limit");
    return Long.MAX_VALUE;
  }

  /** As {@link #limit(HistoryKeeping, Path)}, for a disk that is not this machine's. */
  static long limit(HistoryKeeping keeping) {
    return keeping.limit() == null ? Long.MAX_VALUE : keeping.limit().toBytes();
  }

  void dropWhatIsToGo() {
    List<StoredPart> there = store.parts();
    List<Part> names = there.stream().map(StoredPart::part).toList();
    parts.has(names);
    parts.look();
    if (there.isEmpty()) {
      return;
    }
    parts.hasNoOther(names);
    bytes = there.stream().mapToLong(StoredPart::bytes).sum();
    Gone old = drop(there, parts::isTooOld);
    if (!old.parts().isEmpty()) {
      tooOld.increment(old.events());
      limited
          .atInfo("age")
          .addKeyValue("parts", old.names())
          .addKeyValue("events", old.events())
          .log("The history dropped what it had kept for long enough");
    }
    bytes -= old.bytes();
    if (bytes > limit) {
      shorten(there.stream().filter(part -> !old.parts().contains(part)).toList());
    }
  }

  private void shorten(List<StoredPart> there) {
    Gone gone = drop(oldest(there, bytes - limit), part -> !parts.isNew(part));
    bytes -= gone.bytes();
    if (gone.parts().isEmpty()) {
      limited
          .atWarn("new")
          .addKeyValue("bytes", bytes)
          .addKeyValue("limit", limit)
          .log("The history takes more than it may, and all of it was begun within a day");
      return;
    }
    tooMuch.increment(gone.events());
    Instant wholeFrom = parts.wholeFrom();
    limited
        .atWarn("limit")
        .addKeyValue("parts", gone.names())
        .addKeyValue("events", gone.events())
        .addKeyValue("limit", limit)
        .addKeyValue("wholeFrom", wholeFrom)
        .log(
            "The history takes more than it may: its oldest events were dropped before their time");
    publisher.accept(new HistoryShortened(gone.events(), limit, wholeFrom, clock.instant()));
  }

  /** Returns the oldest parts that together have this many bytes, except new ones. */
  private List<StoredPart> oldest(List<StoredPart> there, long wanted) {
    Map<Part, StoredPart> byPart =
        there.stream().collect(Collectors.toMap(StoredPart::part, Function.identity()));
    List<StoredPart> oldest = new ArrayList<>();
    long sum = 0;
    for (Part part : parts.oldestFirst(byPart.keySet())) {
      StoredPart stored = byPart.get(part);
      if (sum < wanted && stored != null && !parts.isNew(part)) {
        oldest.add(stored);
        sum += stored.bytes();
      }
    }
    return oldest;
  }

  private record Gone(List<StoredPart> parts) {

    long events() {
      return parts.stream().mapToLong(StoredPart::events).sum();
    }

    long bytes() {
      return parts.stream().mapToLong(StoredPart::bytes).sum();
    }

    List<String> names() {
      return parts.stream().map(part -> part.part().name()).sorted().toList();
    }
  }

  private Gone drop(List<StoredPart> there, Predicate<Part> which) {
    List<StoredPart> wanted = there.stream().filter(part -> which.test(part.part())).toList();
    Gone gone = new Gone(wanted.isEmpty() ? List.of() : store.drop(wanted, which));
    if (!gone.parts().isEmpty()) {
      parts.dropped(gone.parts().stream().map(StoredPart::part).toList(), wholeFrom(gone));
    }
    return gone;
  }

  /**
   * Returns the end of the last day that was dropped; days in the future, caused by a wrong clock,
   * do not count.
   */
  private @Nullable Instant wholeFrom(Gone gone) {
    return gone.parts().stream()
        .map(StoredPart::part)
        .filter(part -> !part.far())
        .map(
            part ->
                LocalDate.parse(part.name()).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
        .filter(end -> !end.isAfter(clock.instant()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  protected void look() {
    try {
      dropWhatIsToGo();
    } catch (HistoryUnavailableException | NestedRuntimeException e) {
      // The store or the records are away: nothing is wrong with the thread, and nothing is to be
      // dropped.
      if (!Availability.explains(e)) {
        limited
            .atWarn("away")
            .addKeyValue("reason", e.getMessage())
            .log("It cannot be seen now what of the history is to be dropped");
      }
    }
  }
}

package org.linli.sims.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedEvent;
import org.linli.sims.journal.RecordedRun;

/** The content of all records, by device. */
final class Recorded {

  /**
   * One device's part.
   *
   * @param sent in the order of the records and their numbers
   * @param spans when, so that events of other times are ignored
   */
  record OfDevice(String device, List<RecordedEvent> sent, List<Span> spans) {

    /** Whether it spoke a vendor's format. */
    boolean inFormat() {
      return sent.stream().anyMatch(event -> event.expectation().isPresent());
    }
  }

  private final List<RecordedRun> runs;
  private final List<OfDevice> devices;

  Recorded(List<RecordedRun> runs) {
    this(runs, Duration.ZERO);
  }

  /**
   * @param margin how much earlier or later the hub may show an event, because a gateway that did
   *     not believe the device's clock used another time
   */
  Recorded(List<RecordedRun> runs, Duration margin) {
    this.runs = List.copyOf(runs);
    Map<String, List<RecordedEvent>> sent = new LinkedHashMap<>();
    Map<String, List<Span>> spans = new LinkedHashMap<>();
    for (RecordedRun run : runs) {
      if (!run.events().isEmpty()) {
        Span span = span(run, margin);
        for (RecordedEvent event : run.events()) {
          sent.computeIfAbsent(event.device(), unused -> new ArrayList<>()).add(event);
          List<Span> ofDevice = spans.computeIfAbsent(event.device(), unused -> new ArrayList<>());
          if (ofDevice.isEmpty() || !ofDevice.getLast().equals(span)) {
            ofDevice.add(span);
          }
        }
      }
    }
    devices =
        sent.entrySet().stream()
            .map(
                entry ->
                    new OfDevice(
                        entry.getKey(),
                        entry.getValue(),
                        Span.merged(spans.getOrDefault(entry.getKey(), List.of()))))
            .toList();
  }

  List<OfDevice> devices() {
    return devices;
  }

  long offered() {
    return runs.stream().mapToLong(run -> run.events().size()).sum();
  }

  long count(Outcome outcome) {
    return runs.stream()
        .flatMap(run -> run.events().stream())
        .filter(event -> event.outcome() == outcome)
        .count();
  }

  long repeated() {
    return runs.stream()
        .flatMap(run -> run.events().stream())
        .mapToLong(RecordedEvent::repeats)
        .sum();
  }

  /** Whether any of it was in a vendor's format, in which one message may be several events. */
  boolean inFormats() {
    return devices.stream().anyMatch(OfDevice::inFormat);
  }

  /** How many runs ended by themselves. */
  long ended() {
    return runs.stream().filter(RecordedRun::ended).count();
  }

  int runs() {
    return runs.size();
  }

  private static Span span(RecordedRun run, Duration margin) {
    Comparator<RecordedEvent> byTime = Comparator.comparing(RecordedEvent::time);
    Instant from = run.events().stream().min(byTime).orElseThrow().time().minus(margin);
    Instant to = run.events().stream().max(byTime).orElseThrow().time().plus(margin).plusMillis(1);
    if (run.events().stream().noneMatch(event -> event.expectation().isPresent())) {
      return new Span(from, to);
    }
    // Some vendors send whole seconds; for others the gateway uses the time it received them.
    return new Span(
        from.truncatedTo(ChronoUnit.SECONDS),
        (to.isAfter(run.lastHeard()) ? to : run.lastHeard()).plusSeconds(1));
  }
}

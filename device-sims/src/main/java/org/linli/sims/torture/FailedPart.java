package org.linli.sims.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedEvent;
import org.linli.sims.journal.RecordedRun;
import org.linli.sims.ledger.Sentence;
import tools.jackson.databind.JsonNode;

/**
 * The outcome for a hub whose alerts fail with the events of one device: these events become dead
 * letters and are reported, and everything else is unharmed.
 *
 * @param events of that device, at the hub
 * @param letters dead letters of that device
 * @param otherLetters dead letters with the same reason, of other devices
 * @param told how many events the gateway alert counts
 * @param alerts of that device
 * @param alarmed other devices that reported an event that opens an alert
 * @param silent those of them without an alert
 */
record FailedPart(
    long events,
    long letters,
    long otherLetters,
    long told,
    long alerts,
    long alarmed,
    Set<String> silent) {

  static final String SABOTAGE = "fail-participant";

  /** A device that reports alarms from the first second on. */
  static final String DEVICE = "mixed-alarm-3";

  private static final String OPENS = "door.forced";
  private static final String TOLD = "gateway.participant-failed";

  FailedPart {
    silent = Set.copyOf(silent);
  }

  static FailedPart ask(JsonApi hub, List<Path> records)
      throws CannotRunException, InterruptedException {
    Set<String> alarmed = new HashSet<>();
    for (Path file : records) {
      for (RecordedEvent event : RecordedRun.read(file).events()) {
        if (event.type().equals(OPENS) && event.outcome() == Outcome.ACKNOWLEDGED) {
          alarmed.add(event.device());
        }
      }
    }
    alarmed.remove(DEVICE);
    List<JsonNode> alerts = all(hub, "/api/v1/alerts?limit=500");
    Set<String> silent = new TreeSet<>(alarmed);
    alerts.forEach(alert -> silent.remove(alert.path("device").asString("")));
    List<String> sources =
        all(hub, "/api/v1/dead-letters?reason=participant-failed&limit=1000").stream()
            .map(letter -> letter.path("source").asString(""))
            .toList();
    long letters = sources.stream().filter(source -> source.endsWith("/" + DEVICE)).count();
    return new FailedPart(
        all(hub, "/api/v1/events?limit=1000&device=" + DEVICE).size(),
        letters,
        sources.size() - letters,
        alerts.stream()
            .filter(alert -> alert.path("type").asString("").equals(TOLD))
            .mapToLong(alert -> alert.path("count").asLong(0))
            .sum(),
        alerts.stream().filter(alert -> alert.path("device").asString("").equals(DEVICE)).count(),
        alarmed.size(),
        silent);
  }

  private static List<JsonNode> all(JsonApi hub, String path)
      throws CannotRunException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = hub.get(cursor.isEmpty() ? path : path + "&cursor=" + cursor);
      page.path("items").valueStream().forEach(all::add);
      cursor = next(page);
    }
    return all;
  }

  private static @Nullable String next(JsonNode page) {
    JsonNode next = page.path("next");
    return next.isString() ? next.asString() : null;
  }

  List<Sentence> sentences() {
    return List.of(
        new Sentence(
            "what the alerts fail with is among the dead letters, once each",
            "%d events of %s, %d dead letters".formatted(events, DEVICE, letters),
            events > 0 && events == letters),
        new Sentence(
            "nothing else is",
            "%d dead letters of others".formatted(otherLetters),
            otherLetters == 0),
        new Sentence(
            "an alert about the gateway counts them",
            "%d counted, %d alerts of the device".formatted(told, alerts),
            told == events && alerts == 0),
        new Sentence(
            "every other device that had one opened its alert",
            "%d devices, %d without %s"
                .formatted(alarmed, silent.size(), String.join(" ", silent))
                .strip(),
            alarmed > 0 && silent.isEmpty()));
  }
}

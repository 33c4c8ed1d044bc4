package org.linli.sims.reconcile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import tools.jackson.databind.JsonNode;

/** The hub's events through its public API, a page at a time. Thread-safe. */
final class HubEvents {

  private static final int LIMIT = 1_000;

  private final JsonApi hub;

  HubEvents(JsonApi hub) {
    this.hub = hub;
  }

  /**
   * Everything that the hub returns about a device in its recorded time, newest first.
   *
   * @throws CannotRunException when the hub does not answer, or not with events
   */
  List<Stored> of(Recorded.OfDevice recorded) throws CannotRunException, InterruptedException {
    List<Stored> stored = new ArrayList<>();
    for (Span span : recorded.spans()) {
      String question =
          "/api/v1/events?device=%s&from=%s&to=%s&limit=%d"
              .formatted(
                  encode(recorded.device()),
                  encode(span.from().toString()),
                  encode(span.to().toString()),
                  LIMIT);
      read(hub.everyItem(question), stored);
    }
    return stored;
  }

  private static void read(List<JsonNode> items, List<Stored> stored) throws CannotRunException {
    for (JsonNode item : items) {
      try {
        stored.add(Stored.of(item));
      } catch (DateTimeException e) {
        throw CannotRunException.unreachable(
            "The hub shows an event without a time: %s".formatted(item));
      }
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

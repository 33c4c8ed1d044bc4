package org.linli.sims.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import tools.jackson.databind.JsonNode;

/**
 * How long events took until the hub had stored them, from a sample of every second of the load. It
 * is read after the load so that reading disturbs nothing.
 */
final class StoredSample {

  private static final int LIMIT = 200;

  private final Latency toStored = new Latency("device → stored");

  Latency toStored() {
    return toStored;
  }

  /** Reads the samples from the hub; {@code boot} distinguishes this run's events from others. */
  void take(JsonApi hub, Instant began, Duration length, int rate, String boot)
      throws CannotRunException, InterruptedException {
    Duration slice = Duration.ofMillis(Math.min(1_000, Math.max(1, 1_000L * LIMIT / 2 / rate)));
    for (long second = 0; second < length.toSeconds(); second++) {
      Instant from = began.plusSeconds(second);
      String path =
          "/api/v1/events?limit=%d&from=%s&to=%s"
              .formatted(LIMIT, encode(from), encode(from.plus(slice)));
      for (JsonNode event : hub.get(path).path("items")) {
        if (event.path("id").asString("").contains("-" + boot + "-")) {
          record(event);
        }
      }
    }
  }

  private void record(JsonNode event) {
    try {
      Instant stored = Instant.parse(event.path("storedAt").asString(""));
      Instant sent = Instant.parse(event.path("time").asString(""));
      toStored.record(Duration.between(sent, stored));
    } catch (DateTimeException e) {
      // Not stored yet, or of another shape: the report says how many were measured.
      return;
    }
  }

  private static String encode(Instant time) {
    return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
  }
}

package org.linli.sims.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Listens to the hub's stream of server-sent events for the alerts that the load opens, and
 * measures the time until each arrives.
 */
final class AlertWatch implements AutoCloseable {

  private final Latency toAlert = new Latency("device → alert");
  private final Map<String, Long> expected = new ConcurrentHashMap<>();
  private final @Nullable Thread listener;

  private AlertWatch(@Nullable Iterator<String> lines) {
    listener = lines == null ? null : Thread.ofVirtual().name("alerts").start(() -> listen(lines));
  }

  /** For a run without a hub: expects nothing. */
  static AlertWatch none() {
    return new AlertWatch(null);
  }

  /** Starts to listen. */
  static AlertWatch of(JsonApi hub) throws CannotRunException, InterruptedException {
    try {
      HttpResponse<Stream<String>> response =
          hub.client()
              .send(
                  hub.request("/api/v1/stream").header("Accept", "text/event-stream").build(),
                  BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        throw CannotRunException.unusable(
            "The hub's stream answers with HTTP %d.".formatted(response.statusCode()));
      }
      return new AlertWatch(response.body().iterator());
    } catch (IOException e) {
      throw CannotRunException.unreachable("The hub's stream does not answer.");
    }
  }

  /** Expects an alert of this device, whose event was meant to leave at that time. */
  void expect(String device, long intendedNanos) {
    if (listener != null) {
      expected.put(device, intendedNanos);
    }
  }

  Latency toAlert() {
    return toAlert;
  }

  /** How many expected alerts have not arrived yet. */
  int outstanding() {
    return expected.size();
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.interrupt();
    }
  }

  private void listen(Iterator<String> lines) {
    String event = "";
    try {
      while (lines.hasNext()) {
        String line = lines.next();
        if (line.startsWith("event:")) {
          event = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:") && event.equals("alert")) {
          heard(line.substring("data:".length()));
        }
      }
    } catch (UncheckedIOException e) {
      // The stream ended with the run; missing alerts are counted.
    }
  }

  private void heard(String data) {
    JsonNode alert;
    try {
      alert = JsonMapper.shared().readTree(data);
    } catch (JacksonException e) {
      return;
    }
    if (alert.path("status").asString("").equals("open")) {
      Long intended = expected.remove(alert.path("device").asString(""));
      if (intended != null) {
        toAlert.record(Duration.ofNanos(System.nanoTime() - intended));
      }
    }
  }
}

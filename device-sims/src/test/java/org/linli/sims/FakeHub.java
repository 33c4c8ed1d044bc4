package org.linli.sims;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The public pages of a hub and of a gateway, saying what a test wants them to say. It has stored
 * each event of a list 7 ms after its time, and its stream tells of each door that was forced.
 */
final class FakeHub implements AutoCloseable {

  static final String TOKEN = "a-token-for-tests";
  static final Duration STORED_AFTER = Duration.ofMillis(7);

  private static final Pattern RANGE = Pattern.compile("from=(\\S+?)&to=(\\S+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<String> events;

  /** A hub that has whatever comes into a list of events in Linli JSON. */
  FakeHub(List<String> events) {
    this.events = events;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  void page(String path, String json) {
    pages.put(path, json);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (path.startsWith("/api/v1/") && !("Bearer " + TOKEN).equals(authorization)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (path.equals("/api/v1/stream")) {
        stream(exchange);
      } else if (path.equals("/api/v1/events")) {
        write(exchange, stored(exchange.getRequestURI().getQuery()));
      } else {
        write(exchange, pages.getOrDefault(path, "{}"));
      }
    }
  }

  private String stored(String query) {
    MatchResult range =
        RANGE.matcher(query).results().findFirst().orElseThrow(IllegalArgumentException::new);
    Instant from = Instant.parse(range.group(1));
    Instant to = Instant.parse(range.group(2));
    ObjectNode page = JsonMapper.shared().createObjectNode();
    ArrayNode items = page.putArray("items");
    for (String json : events) {
      JsonNode event = JsonMapper.shared().readTree(json);
      Instant time = Instant.parse(event.path("time").asString());
      if (!time.isBefore(from) && time.isBefore(to)) {
        items
            .addObject()
            .put("id", event.path("id").asString())
            .put("time", time.toString())
            .put("storedAt", time.plus(STORED_AFTER).toString());
      }
    }
    return page.toString();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    int told = 0;
    try {
      while (true) {
        for (; told < events.size(); told++) {
          JsonNode event = JsonMapper.shared().readTree(events.get(told));
          if (event.path("type").asString().equals("door.forced")) {
            out.write(alert(event).getBytes(StandardCharsets.UTF_8));
            out.flush();
          }
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String alert(JsonNode event) {
    Matcher device = Pattern.compile("load-alarm-\\d+").matcher(event.path("id").asString());
    return device.find()
        ? "event: alert\ndata: {\"device\":\"%s\",\"status\":\"open\"}\n\n"
            .formatted(device.group())
        : "";
  }

  private static void write(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}

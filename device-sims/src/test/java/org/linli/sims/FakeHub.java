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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Kind;
import org.linli.event.Lane;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The public pages of a hub and of a gateway, saying what a test wants them to say. It has stored
 * each event of a list 7 ms after its time, and its stream tells of each door that was forced.
 */
final class FakeHub implements AutoCloseable {

  static final String TOKEN = "a-token-for-tests";
  static final Duration STORED_AFTER = Duration.ofMillis(7);

  private static final Pattern DEVICE = Pattern.compile("load-(alarm-)?\\d+");

  private static final Pattern CURSOR = Pattern.compile("cursor=.*");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, Queue<String>> before = new ConcurrentHashMap<>();
  private final List<String> events;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int mostOnAPage = 1_000;

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

  /**
   * @param path with {@code ?cursor=…} at the end for a later page of a list; other parameters of a
   *     question make no difference
   */
  void page(String path, String json) {
    pages.put(path, json);
  }

  /** What the page says, one answer each, before it says what it was told with {@link #page}. */
  void pageBefore(String path, String... inTurn) {
    before.put(path, new ConcurrentLinkedQueue<>(List.of(inTurn)));
  }

  /** How often it was asked for events. */
  int asked() {
    return asked.get();
  }

  /** Shows only so many events on a page. */
  void mostOnAPage(int items) {
    mostOnAPage = items;
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
        asked.incrementAndGet();
        write(exchange, stored(exchange.getRequestURI().getQuery()));
      } else {
        String asked = exchange.getRequestURI().getQuery();
        String first = before.getOrDefault(path, new ConcurrentLinkedQueue<>()).poll();
        write(
            exchange,
            first != null
                ? first
                : pages.getOrDefault(path + "?" + cursorOf(asked), pages.getOrDefault(path, "{}")));
      }
    }
  }

  private static String cursorOf(@Nullable String query) {
    Matcher cursor = CURSOR.matcher(query == null ? "" : query);
    return cursor.find() ? cursor.group() : "";
  }

  private String stored(String query) {
    Map<String, String> asked = new HashMap<>();
    for (String part : query.split("&")) {
      asked.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    Instant from = Instant.parse(asked.getOrDefault("from", "0000-01-01T00:00:00Z"));
    Instant to = Instant.parse(asked.getOrDefault("to", "9999-01-01T00:00:00Z"));
    int skipped = Integer.parseInt(asked.getOrDefault("cursor", "0"));
    int limit = Math.min(mostOnAPage, Integer.parseInt(asked.getOrDefault("limit", "100")));
    List<ObjectNode> found = new ArrayList<>();
    long order = 0;
    for (String json : events) {
      ObjectNode shown = shown(JsonMapper.shared().readTree(json), ++order);
      Instant time = Instant.parse(shown.path("time").asString());
      String device = asked.getOrDefault("device", shown.path("device").asString());
      if (!time.isBefore(from)
          && time.isBefore(to)
          && device.equals(shown.path("device").asString())) {
        found.addFirst(shown);
      }
    }
    ObjectNode page = JsonMapper.shared().createObjectNode();
    int end = Math.min(found.size(), skipped + limit);
    page.putArray("items").addAll(found.subList(Math.min(skipped, end), end));
    return page.put("next", end < found.size() ? Integer.toString(end) : null).toString();
  }

  /** An event of Linli JSON as the API shows it; who sent it stands in the ids of a load. */
  private static ObjectNode shown(JsonNode event, long order) {
    String id = event.path("id").asString();
    Matcher device = DEVICE.matcher(id);
    Instant time = Instant.parse(event.path("time").asString());
    ObjectNode shown = JsonMapper.shared().createObjectNode();
    shown
        .put("id", id)
        .put("device", device.find() ? device.group() : "")
        .put("kind", event.path("kind").asString())
        .put("type", event.path("type").asString())
        .put("lane", event.path("lane").asString(lane(event)))
        .put("time", time.toString())
        .put("storedAt", time.plus(STORED_AFTER).toString())
        .put("epoch", 1)
        .put("order", event.path("order").asLong(order));
    shown.set("values", event.path("values"));
    return shown;
  }

  private static String lane(JsonNode event) {
    return Kind.ofWireName(event.path("kind").asString())
        .map(kind -> EventTypes.laneOf(kind, new EventType(event.path("type").asString())))
        .orElse(Lane.BULK)
        .wireName();
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

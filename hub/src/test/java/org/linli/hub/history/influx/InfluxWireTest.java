package org.linli.hub.history.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.Value;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.Happened;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.journal.EventsRefusedException;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;

/** What leaves the hub, seen by a server that says what it is told to. */
class InfluxWireTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");

  private static final String NOTHING = "{\"results\":[{\"statement_id\":0}]}";

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int writeStatus = 204;
  private volatile int statusOfEvents;
  private volatile String answer = NOTHING;

  /** What is answered to a query, by its body. */
  private volatile UnaryOperator<String> answers = _ -> answer;

  private record Seen(String method, String target, @Nullable String authorization, String body) {}

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in = exchange.getRequestBody();
        InputStream plain = zipped ? new GZIPInputStream(in) : in) {
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(plain.readAllBytes(), StandardCharsets.UTF_8)));
    }
    if (exchange.getRequestURI().getPath().equals("/query")) {
      byte[] body = answers.apply(seen.getLast().body()).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } else {
      boolean events = seen.getLast().body().startsWith("event,");
      exchange.sendResponseHeaders(
          events && statusOfEvents != 0 ? statusOfEvents : writeStatus, -1);
    }
    exchange.close();
  }

  private InfluxStore store(
      String compatibility, @Nullable String token, @Nullable String username, boolean gzip) {
    return InfluxStore.open(
        new InfluxSettings(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "our-org",
            "home/forever",
            token,
            username,
            username == null ? null : "secret",
            compatibility,
            Duration.ofSeconds(5),
            gzip),
        BoundedNames.ofNobody(InstantSource.fixed(NOON), new SimpleMeterRegistry()),
        InstantSource.fixed(NOON.plusMillis(50)),
        new SimpleMeterRegistry());
  }

  private static void appendOne(InfluxStore store) {
    store.append(
        List.of(
            Happened.door("door 1".replace(' ', '-'), NOON)
                .order(1_000_007)
                .with("open", new Value.Truth(true))
                .asApplied()));
  }

  @Test
  void writesToVersionTwoWithItsTokenAndNothingElse() {
    try (InfluxStore store = store("2.x", "t0ken", null, true)) {
      appendOne(store);
    }

    assertThat(seen).hasSize(1);
    Seen write = seen.getFirst();
    assertThat(write.target())
        .startsWith("/api/v2/write?")
        .contains("org=our-org", "bucket=home%2Fforever", "precision=ns");
    assertThat(write.authorization()).isEqualTo("Token t0ken");
    assertThat(write.body())
        .startsWith(
            "event,device=xiongguan/door-1,gateway=gateway-1,kind=access,type=door.opened"
                + " deviceTime=\"\"")
        .contains("json=\"{\\\"open\\\":true}\"", "number=1000007i", "1795406400000000007")
        .endsWith("reading,device=xiongguan/door-1,metric=open value=1.0 1795406400000000007");
  }

  @Test
  void writesToVersionOneWhereItsDatabaseIsMadeFirst() {
    try (InfluxStore store = store("1.x", null, "linli", false)) {
      appendOne(store);
      appendOne(store);
    }

    assertThat(seen).hasSize(3);
    assertThat(seen.getFirst().target()).startsWith("/query?");
    assertThat(seen.getFirst().body()).isEqualTo("q=CREATE%20DATABASE%20%22home%22");
    assertThat(seen.get(1).target()).isEqualTo("/write?db=home&rp=forever");
    assertThat(seen).allSatisfy(one -> assertThat(one.authorization()).startsWith("Basic "));
  }

  @Test
  void asksForTheBatchAgainWhenInfluxDoesNotConfirmIt() {
    try (InfluxStore store = store("2.x", null, null, false)) {
      for (int status : List.of(401, 404, 429, 500, 503)) {
        writeStatus = status;
        assertThatThrownBy(() -> appendOne(store))
            .as("%d", status)
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("does not take events into home/forever");
      }
      server.stop(0);
      assertThatThrownBy(() -> appendOne(store)).isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void tellsAnEventThatInfluxRefusesFromAnInfluxThatIsSetUpWrongly() {
    try (InfluxStore store = store("2.x", null, null, false)) {
      for (int status : List.of(400, 413, 422)) {
        seen.clear();
        statusOfEvents = status;
        assertThatThrownBy(() -> appendOne(store))
            .as("%d", status)
            .isInstanceOf(EventsRefusedException.class)
            .hasMessageStartingWith("InfluxDB: ");
        assertThat(seen.getLast().body()).isEqualTo("linli_probe value=1i 1795406400050000000");
      }
    }
  }

  @Test
  void saysThatItCannotReadInsteadOfAnsweringNothing() {
    try (InfluxStore store = store("2.x", null, null, false)) {
      assertThat(store.find(EventQuery.newest(5)).items()).isEmpty();

      answer = "{\"results\":[{\"statement_id\":0,\"error\":\"timeout\"}]}";
      assertThatThrownBy(() -> store.find(EventQuery.newest(5)))
          .isInstanceOf(HistoryUnavailableException.class)
          .hasMessageContaining("timeout");
      server.stop(0);
      assertThatThrownBy(
              () -> store.metrics(new DeviceKey(TestCommunities.SAMPLE, new DeviceId("door-1"))))
          .isInstanceOf(HistoryUnavailableException.class);
    }
  }

  /** More events of one millisecond than anybody counts, as an InfluxDB with them would answer. */
  private static String endless(String body) {
    String query = URLDecoder.decode(body, StandardCharsets.UTF_8);
    Matcher limit = Pattern.compile("FROM event(_far)? .*LIMIT (\\d+)").matcher(query);
    if (!limit.find() || limit.group(1) != null) {
      return NOTHING;
    }
    int rows = Integer.parseInt(limit.group(2));
    if (rows > 10_000) {
      return "{\"results\":[{\"statement_id\":0,\"error\":\"more rows than any page has\"}]}";
    }
    Matcher upTo = Pattern.compile("time <= (\\d+)").matcher(query);
    if (upTo.find() && Long.parseLong(upTo.group(1)) < Literal.nanos(NOON)) {
      return NOTHING;
    }
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      values
          .append(i == 0 ? "" : ",")
          .append("[\"")
          .append(Literal.nanos(NOON))
          .append("\",\"door-")
          .append(i)
          .append(
              "\",\"gateway-1\",\"access\",\"door.opened\",\"id\",\"1\",\"1\",\"false\",\"false\",\"\",\"1\",\"1\",\"1\",\"{}\"]");
    }
    return """
    {"results":[{"statement_id":0,"series":[{"name":"event","columns":["time","device",\
    "gateway","kind","type","id","epoch","number","urgent","late","deviceTime","takenAt",\
    "receivedAt","storedAt","json"],"values":[%s]}]}]}\
    """
        .formatted(values);
  }

  @Test
  void asksForNoMoreAtATimeThanAPageHoweverManyEventsLieInOneMillisecond() {
    answers = InfluxWireTest::endless;
    try (InfluxStore store = store("2.x", null, null, false)) {
      assertThat(store.find(EventQuery.newest(1_000)).items()).isNotEmpty();
    }
    assertThat(seen).hasSizeBetween(2, 60);
  }

  /** A point is the same again where its measurement, tags and time are. */
  @Test
  void keepsFarEventsOfOneMillisecondApart() {
    List<HubEvent> far = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      HubEvent event =
          Happened.door("door-1", Instant.EPOCH).order(7 + 1_000L * i).with("t", 20).asApplied();
      far.add(
          new HubEvent(
              event.community(),
              event.id(),
              event.gateway(),
              1,
              event.lane(),
              event.taken(),
              NOON,
              event.late()));
    }
    try (InfluxStore store = store("2.x", null, null, false)) {
      store.append(far);
    }
    Set<String> points = new HashSet<>();
    for (String line : seen.getFirst().body().split("\n", -1)) {
      points.add(line.substring(0, line.indexOf(' ')) + line.substring(line.lastIndexOf(' ')));
    }
    assertThat(points).hasSize(2 * 64);
  }
}

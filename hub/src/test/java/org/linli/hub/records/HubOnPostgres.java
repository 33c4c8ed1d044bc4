package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.linli.event.EventId;
import org.linli.hub.RunningHub;
import tools.jackson.databind.JsonNode;

/** A whole hub with a PostgreSQL server of its own, and a gateway that reports all the time. */
final class HubOnPostgres implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);

  final PostgresServer server;
  final RunningHub hub;
  final KeepingGateway gateway;

  private HubOnPostgres(PostgresServer server, RunningHub hub) {
    this.server = server;
    this.hub = hub;
    this.gateway = KeepingGateway.reportingTo(hub);
  }

  /**
   * @param port where the hub looks for the server; 0 for where it is
   */
  static HubOnPostgres start(PostgresServer server, int port, Path folder, String... settings)
      throws IOException {
    Path community = folder.resolve("community.yml");
    Files.writeString(community, community());
    String url = server.url("postgres");
    String[] all =
        Stream.concat(
                Stream.of(
                    "--linli.community-file=" + community,
                    "--linli.database-url="
                        + (port == 0 ? url : url.replace(":" + server.port(), ":" + port)),
                    "--linli.database-user=" + PostgresServer.SUPERUSER,
                    "--linli.database-password=" + PostgresOutageTest.SECRET),
                Stream.of(settings))
            .toArray(String[]::new);
    return new HubOnPostgres(server, RunningHub.start(folder.resolve("hub"), all));
  }

  /** The sample community with many elevators more. */
  private static String community() throws IOException {
    try (InputStream sample =
        Objects.requireNonNull(EventId.class.getResourceAsStream("sample-community.yml"))) {
      String lifts =
          IntStream.range(0, KeepingGateway.LIFTS)
              .mapToObj(
                  n ->
                      "  - {id: lift-%d, kind: elevator, building: b1, gateway: gateway-1, name: {zh: %d号, en: Lift %d}}\n"
                          .formatted(n, n, n))
              .collect(Collectors.joining());
      return new String(sample.readAllBytes(), StandardCharsets.UTF_8)
          .replaceFirst("(?m)^devices:\n", "devices:\n" + lifts);
    }
  }

  /** Waits until the hub has confirmed so many more alarms. */
  void takesAlarms(int more) {
    long now = gateway.alarms();
    await().atMost(SOON).until(() -> gateway.alarms() >= now + more);
  }

  /** Returns what the health page says of the database; empty while it is up. */
  String trouble() {
    JsonNode database = RunningHub.read(hub.api("/actuator/health")).get("components").get("db");
    return database.get("status").asString().equals("UP")
        ? ""
        : database.get("description").asString();
  }

  boolean isDown() {
    return trouble().startsWith("PostgreSQL at ");
  }

  HttpResponse<String> alerts() {
    return hub.api("/api/v1/alerts");
  }

  /** Ends the gateway, and compares what it reported with what the hub has. */
  void hasEachEventAndAlertOnce() {
    gateway.finish();
    assertThat(server.ask("postgres", "SELECT COUNT(*) FROM alert"))
        .as("alerts, of alarms and of nothing else")
        .isEqualTo(Long.toString(gateway.alarms()));
    assertThat(
            server.ask(
                "postgres",
                "SELECT COUNT(DISTINCT device) FROM alert WHERE type = 'passenger.trapped'"))
        .isEqualTo(Long.toString(gateway.alarms()));
    JsonNode ledger = hub.json("/api/v1/ledger");
    assertThat(ledger.get("applied").asLong()).isEqualTo(gateway.events());
    assertThat(ledger.get("dead").asLong()).isZero();
    // The journal counts again what was in doubt when the database went.
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(eventsInHistory()).as("events found").hasSize((int) gateway.events()));
    assertThat(eventsInHistory()).doesNotHaveDuplicates();
  }

  private List<String> eventsInHistory() {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = hub.json("/api/v1/events?limit=1000" + cursor);
      page.get("items").valueStream().map(one -> one.get("id").asString()).forEach(ids::add);
      cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").asString() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  @Override
  public void close() {
    gateway.close();
    hub.close();
    server.close();
  }
}

package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.sims.RunningCommand;
import org.linli.sims.program.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole way of an event through the processes that people run, judged from outside: by what a
 * device was told, by the simulators' own list of ids and by the hub's public API. One hub and one
 * gateway serve all tests in turn, because starting them is what takes the time.
 */
@Tag("slow")
@ResourceLock("another hub and gateway that run")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Static, so that it is there before the programs start, which is once for all tests. */
  @TempDir private static Path folder = Path.of("unset");

  private Neighbourhood neighbourhood;
  private OutsideClients equipment;

  @BeforeAll
  void start() {
    neighbourhood = new Neighbourhood(folder);
    equipment = new OutsideClients(neighbourhood);
  }

  @AfterAll
  void stop() {
    neighbourhood.close();
  }

  @Test
  @Order(1)
  void anEventOfEachKindReachesTheHubOverMqttAndCoap() throws IOException, InterruptedException {
    equipment.publish(
        "311",
        "linli/access/door-1",
        "{\"type\":\"door.held-open\",\"time\":\"%s\",\"id\":\"hand-1\",\"values\":{\"seconds\":95,\"open\":true}}"
            .formatted(Instant.now()));
    equipment.publish(
        "5",
        "linli/camera/camera-1-lobby",
        "{\"type\":\"object.detected\",\"id\":\"hand-2\",\"values\":{\"object\":\"person\",\"confidence\":0.87}}");
    equipment.post(
        "linli/elevator/elevator-1-1",
        "{\"type\":\"trip.completed\",\"id\":\"hand-3\",\"values\":{\"from\":1,\"to\":12,\"vibration\":1.72}}");
    equipment.post(
        "linli/parking/bay-101",
        "[{\"type\":\"bay.occupied\",\"id\":\"hand-4\",\"values\":{\"field\":61.3}}]");

    JsonNode door = awaitEvent("door-1", "hand-1");
    assertThat(door.path("gateway").asString()).isEqualTo("gateway-1");
    assertThat(door.path("kind").asString()).isEqualTo("access");
    assertThat(door.path("type").asString()).isEqualTo("door.held-open");
    assertThat(door.path("values").path("seconds").asInt()).isEqualTo(95);
    assertThat(door.path("values").path("open").asBoolean()).isTrue();
    assertThat(Instant.parse(door.path("storedAt").asString()))
        .isAfterOrEqualTo(Instant.parse(door.path("receivedAt").asString()));
    assertThat(awaitEvent("camera-1-lobby", "hand-2").path("values").path("confidence").asDouble())
        .isEqualTo(0.87);
    assertThat(awaitEvent("elevator-1-1", "hand-3").path("values").path("vibration").asDouble())
        .isEqualTo(1.72);
    assertThat(awaitEvent("bay-101", "hand-4").path("type").asString()).isEqualTo("bay.occupied");

    assertThat(Files.readString(folder.resolve("hub.log")))
        .as("whoever reads the log is told which gateway")
        .containsPattern("Gateway online.* gateway=\"gateway-1\"");
  }

  @Test
  @Order(2)
  void trappedPassengersBringTheWorkerOnDutyWhoIsNamedUntilItIsDone()
      throws IOException, InterruptedException {
    try (StreamListener stream = new StreamListener(neighbourhood)) {
      equipment.post(
          "linli/elevator/elevator-1-2",
          "{\"type\":\"passenger.trapped\",\"id\":\"hand-5\",\"values\":{\"floor\":7}}");
      equipment.publish(
          "5",
          "linli/elevator/elevator-1-2",
          "{\"type\":\"passenger.trapped\",\"id\":\"hand-6\",\"values\":{\"floor\":7}}");
      awaitEvent("elevator-1-2", "hand-6");

      JsonNode alert = awaitAlert("elevator-1-2", "passenger.trapped", 2);
      String worker = workerOnDutyInGrid1(Instant.parse(alert.path("openedAt").asString()));
      assertThat(alert.path("severity").asString()).isEqualTo("critical");
      assertThat(alert.path("grid").asString()).isEqualTo("grid-1");
      assertThat(alert.path("assignee").path("id").asString()).isEqualTo(worker);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(stream.alerts())
                      .anyMatch(
                          told ->
                              told.path("id").equals(alert.path("id"))
                                  && told.path("status").asString().equals("open")));

      String path = "/api/v1/alerts/" + alert.path("id").asString();
      neighbourhood.act(path + "/acknowledge", "{\"by\":\"%s\"}".formatted(worker));
      neighbourhood.act(
          path + "/resolve", "{\"by\":\"%s\",\"comment\":\"all out\"}".formatted(worker));

      JsonNode done = neighbourhood.hub(path);
      assertThat(done.path("status").asString()).isEqualTo("resolved");
      assertThat(done.path("acknowledgedBy").toString()).contains(worker);
      assertThat(done.path("resolvedBy").toString()).contains(worker);
      assertThat(done.path("timeline").toString()).contains("all out");
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(stream.alerts())
                      .anyMatch(told -> told.path("status").asString().equals("resolved")));
    }
  }

  @Test
  @Order(3)
  void anAlertIsClearedByTheEventThatEndsIt() throws IOException, InterruptedException {
    equipment.publish("311", "linli/access/door-2", "{\"type\":\"door.forced\",\"id\":\"hand-7\"}");
    awaitAlert("door-2", "door.forced", 1);
    equipment.publish(
        "311", "linli/access/door-2", "{\"type\":\"door.secured\",\"id\":\"hand-8\"}");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(alerts("door-2", "door.forced"))
                    .extracting(alert -> alert.path("status").asString())
                    .containsExactly("resolved"));
  }

  @Test
  @Order(4)
  void aGatewayKilledInTheMiddleOfARushLosesNothingAndDoublesNothing() throws InterruptedException {
    CompletableFuture<RunningCommand> simulation = simulate("killed-gateway", 1_500);
    await().atMost(SOON).until(() -> taken() > 200);

    neighbourhood.killAgent();
    neighbourhood.restartAgent();

    RunningCommand run = simulation.join();
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    assertExactlyThese("killed-gateway", 1_500);
  }

  @Test
  @Order(5)
  void whileTheHubIsAwayEventsWaitAndThenAllOfThemArriveOnce() throws InterruptedException {
    neighbourhood.killHub();
    RunningCommand run = simulate("hub-away", 600).join();
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    assertThat(neighbourhood.agent("/api/ledger").path("queued").asLong())
        .isGreaterThanOrEqualTo(600);

    neighbourhood.restartHub();

    assertExactlyThese("hub-away", 600);
  }

  @Test
  @Order(6)
  void afterAllThisTheLedgersOfGatewayAndHubBalance() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode gateway = neighbourhood.agent("/api/ledger");
              JsonNode hub = neighbourhood.hub("/api/v1/ledger");
              assertThat(gateway.path("queued").asLong()).isZero();
              assertThat(gateway.path("offered").asLong())
                  .isEqualTo(
                      gateway.path("taken").asLong()
                          + gateway.path("refused").asLong()
                          + gateway.path("repeated").asLong());
              assertThat(gateway.path("taken").asLong())
                  .isEqualTo(gateway.path("receipted").asLong() + gateway.path("shed").asLong());
              assertThat(hub.path("received").asLong())
                  .isEqualTo(
                      hub.path("applied").asLong()
                          + hub.path("duplicate").asLong()
                          + hub.path("dead").asLong());
              assertThat(hub.path("applied").asLong()).isEqualTo(gateway.path("taken").asLong());
            });
    assertThat(neighbourhood.bothAlive()).isTrue();
  }

  @Test
  @Order(7)
  void aSecondAgentOnTheSameDataFolderSaysSoInOneSentence() throws InterruptedException {
    try (Program second = neighbourhood.secondAgent(folder.resolve("second.log"))) {
      assertThat(second.awaitExit(Duration.ofSeconds(60))).as(second::output).hasValue(1);
      assertThat(complaint(second)).hasSize(1);
      assertThat(complaint(second).getFirst()).contains(folder.resolve("agent").toString());
    }
  }

  @Test
  @Order(8)
  void aBrokenCommunityFileIsRefusedWithItsLineAndWithoutAStackTrace()
      throws IOException, InterruptedException {
    Path file = folder.resolve("community.yml");
    Files.writeString(
        file,
        """
        community: {id: c, name: {zh: 社区, en: Community}, zone: Asia/Shanghai}
        grids:
          - {id: g, name: {zh: 网格, en: Grid}, households: 300, colour: red}
        """);
    try (Program hub =
        Programs.launch(
            "hub",
            Map.of(
                "LINLI_DATA", folder.resolve("other-hub").toString(),
                "LINLI_COMMUNITY_FILE", file.toString()),
            folder.resolve("other-hub.log"),
            "--server.port=0",
            "--linli.gateway.port=0")) {
      assertThat(hub.awaitExit(Duration.ofSeconds(60))).as(hub::output).hasValue(1);
      assertThat(complaint(hub))
          .anySatisfy(line -> assertThat(line).contains(file.toString()))
          .anySatisfy(line -> assertThat(line).contains("line 3", "colour"))
          .noneMatch(line -> line.startsWith("\tat "));
    }
  }

  @Test
  @Order(9)
  void aGatewayThatTakesNothingIsSaidAtTheHubUntilItTakesAgain() throws IOException {
    Path database = folder.resolve("agent").resolve("outbox.db");
    Path aside = folder.resolve("aside.db");
    Files.move(database, aside);
    awaitTroubles(List.of("open"), "takes-nothing");

    Files.move(aside, database);
    awaitTroubles(List.of("resolved"));
    neighbourhood.offer("access/door-1", "{\"type\":\"door.opened\",\"id\":\"hand-99\"}");
  }

  /**
   * A gateway that has nothing else to send says it at most every 30 seconds, and that it takes
   * again 30 seconds after it did.
   */
  private void awaitTroubles(List<String> alerts, String... troubles) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              assertThat(alerts("gateway-1", "gateway.takes-nothing"))
                  .extracting(alert -> alert.path("status").asString())
                  .containsExactlyElementsOf(alerts);
              assertThat(
                      neighbourhood
                          .hub("/api/v1/gateways/gateway-1")
                          .path("troubles")
                          .valueStream()
                          .map(trouble -> trouble.path("what").asString()))
                  .containsExactly(troubles);
            });
  }

  private CompletableFuture<RunningCommand> simulate(String boot, int count) {
    return CompletableFuture.supplyAsync(
        () ->
            RunningCommand.run(
                "simulate",
                "--mqtt=" + neighbourhood.agentMqttUri(),
                "--coap=" + neighbourhood.agentCoapUri(),
                "--boot=" + boot,
                "--count=" + count,
                "--speed=100"));
  }

  /** What was sent is known without asking anybody: the same seed prints the same ids. */
  private void assertExactlyThese(String boot, int count) {
    List<String> sent =
        RunningCommand.run("simulate", "--print", "--boot=" + boot, "--count=" + count)
            .out()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line).path("id").asString())
            .sorted()
            .toList();
    assertThat(sent).hasSize(count);
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(arrived(boot)).isEqualTo(sent));
  }

  private List<String> arrived(String boot) {
    return neighbourhood.events("").stream()
        .map(event -> event.path("id").asString())
        .filter(id -> id.contains("-" + boot + "-"))
        .sorted()
        .toList();
  }

  private long taken() {
    return neighbourhood.agent("/api/ledger").path("taken").asLong();
  }

  private JsonNode awaitEvent(String device, String id) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                neighbourhood.events("device=" + device).stream()
                    .filter(event -> event.path("id").asString().equals(id))
                    .toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  private JsonNode awaitAlert(String device, String type, int count) {
    return await()
        .atMost(SOON)
        .until(
            () -> alerts(device, type),
            found -> found.size() == 1 && found.getFirst().path("count").asInt() == count)
        .getFirst();
  }

  private List<JsonNode> alerts(String device, String type) {
    return neighbourhood
        .hub("/api/v1/alerts")
        .path("items")
        .valueStream()
        .filter(alert -> alert.path("device").asString().equals(device))
        .filter(alert -> alert.path("type").asString().equals(type))
        .toList();
  }

  /** From the sample community's duty table. */
  private static String workerOnDutyInGrid1(Instant at) {
    LocalTime time = at.atZone(ZONE).toLocalTime();
    boolean day = !time.isBefore(LocalTime.of(7, 0)) && time.isBefore(LocalTime.of(19, 0));
    return day ? "wang" : "liu";
  }

  /** What a program wrote besides its log lines and empty ones. */
  private static List<String> complaint(Program program) {
    return Stream.of(program.output().split("\\R"))
        .filter(line -> !line.isBlank())
        .filter(line -> !line.matches("^\\d{4}-\\d{2}-\\d{2}T.*"))
        .toList();
  }
}

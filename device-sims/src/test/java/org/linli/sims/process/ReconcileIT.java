package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.sims.RunningCommand;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.journal.RecordedRun;
import org.linli.sims.program.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The delivery contract, judged by its judge: a load, a kill in the middle, and what is found. */
@Tag("slow")
@ResourceLock("a hub and a gateway that run")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcileIT {

  private static final int RATE = 300;
  private static final int SECONDS = 5;
  private static final int MESSAGES = 30;
  private static final int IN_MESSAGE = 300;

  /** Static, so that it is there before the programs start, which is once for all tests. */
  @TempDir private static Path folder = Path.of("unset");

  private Neighbourhood neighbourhood;

  @BeforeAll
  void start() {
    neighbourhood = new Neighbourhood(folder);
  }

  @AfterAll
  void stop() {
    neighbourhood.close();
  }

  @Test
  void aGatewayKilledInTheMiddleOfAMixedLoadLosesDoublesAndInventsNothing()
      throws InterruptedException, CannotRunException {
    Path record = folder.resolve("killed-gateway.txt");
    Path before = folder.resolve("before.json");
    RunningCommand.run(
        "check",
        "--note=" + before,
        "--agent=" + neighbourhood.agentUri(),
        "--hub=" + neighbourhood.hubUri(),
        "--token=" + Neighbourhood.TOKEN);
    long takenBefore = taken();
    CompletableFuture<RunningCommand> load =
        CompletableFuture.supplyAsync(
            () -> RunningCommand.run(load(record).toArray(String[]::new)));
    await().atMost(Duration.ofSeconds(20)).until(() -> taken() - takenBefore > RATE);

    neighbourhood.killAgent();
    neighbourhood.restartAgent();

    RunningCommand run = load.join();
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    assertThat(RecordedRun.read(record).events()).anyMatch(event -> event.repeats() > 0);

    JsonNode verdict = reconcile(record, "--since=" + before);
    assertThat(verdict.path("offered").asInt()).isEqualTo(RATE * SECONDS);
    assertThat(verdict.path("acknowledged").asInt()).isEqualTo(RATE * SECONDS);
    assertThat(verdict.path("stored").asInt()).isEqualTo(RATE * SECONDS);
  }

  @Test
  void aLoadThatIsKilledLeavesARecordByWhichItIsJudged() throws InterruptedException {
    Path record = folder.resolve("killed-load.txt");
    long before = taken();
    try (Program load =
        Programs.start(
            "device-sims/target/device-sims.jar",
            Map.of(),
            folder.resolve("load.log"),
            load(record).toArray(String[]::new))) {
      await().atMost(Duration.ofSeconds(30)).until(() -> taken() - before > RATE || !load.alive());
      load.kill();
    }
    JsonNode verdict = reconcile(record);
    assertThat(verdict.path("runsEnded").asInt()).isZero();
    assertThat(verdict.path("acknowledged").asInt()).isPositive();
    assertThat(verdict.path("stored").asLong())
        .isEqualTo(verdict.path("acknowledged").asLong() + verdict.path("recovered").asLong());
  }

  /** The gateway's quota holds a fraction of what it takes while the hub is away. */
  @Test
  void whatAGatewayGaveUpWhileTheHubWasAwayIsCountedAlikeOnBothSides() throws InterruptedException {
    neighbourhood.killAgent();
    neighbourhood.killHub();
    neighbourhood.restartAgent("--linli.outbox.waiting-bytes=128KB", "--linli.outbox.quota=768KB");
    long before = agent("taken");
    for (int message = 0; message < MESSAGES; message++) {
      neighbourhood.offer("elevator/lift-9", measurements(message));
    }
    assertThat(agent("taken") - before).isEqualTo((long) MESSAGES * IN_MESSAGE);
    neighbourhood.restartHub();

    await().atMost(Duration.ofSeconds(60)).until(() -> agent("queued") == 0);
    long shed = agent("shed");
    assertThat(shed).isBetween(1L, (long) MESSAGES * IN_MESSAGE - 1);
    assertThat(agent("taken")).as("the gateway's ledger").isEqualTo(agent("receipted") + shed);
    JsonNode hub = neighbourhood.hub("/api/v1/gateways/gateway-1/ledger");
    assertThat(hub.path("shed").asLong()).isEqualTo(shed);
    assertThat(hub.path("shedByDevice").path("lift-9").asLong()).isEqualTo(shed);
    assertThat(hub.path("received").asLong())
        .as("the hub's ledger %s", hub)
        .isEqualTo(
            hub.path("applied").asLong()
                + hub.path("duplicate").asLong()
                + hub.path("dead").asLong());
    assertThat(hub.path("applied").asLong()).isEqualTo(agent("receipted"));
    assertThat(neighbourhood.hub("/api/v1/alerts?limit=500").path("items"))
        .noneMatch(alert -> alert.toString().contains("gateway.counts-differ"));

    neighbourhood.killAgent();
    neighbourhood.restartAgent();
  }

  private static String measurements(int message) {
    return IntStream.range(0, IN_MESSAGE)
        .mapToObj(
            event ->
                """
                {"type":"measurement","values":{"note":"%s"}}\
                """
                    .formatted((message + "-" + event + " ").repeat(20)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private long agent(String figure) {
    return neighbourhood.agent("/api/ledger").path(figure).asLong();
  }

  private List<String> load(Path record) {
    return List.of(
        "load",
        "--protocol=mixed",
        "--rate=" + RATE,
        "--for=" + SECONDS + "s",
        "--connections=50",
        "--patience=90s",
        "--mqtt=" + neighbourhood.agentMqttUri(),
        "--coap=" + neighbourhood.agentCoapUri(),
        "--http=" + neighbourhood.agentUri(),
        "--record=" + record);
  }

  private JsonNode reconcile(Path record, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "reconcile",
                "--json",
                "--record=" + record,
                "--gateway=" + neighbourhood.agentUri(),
                "--hub=" + neighbourhood.hubUri(),
                "--token=" + Neighbourhood.TOKEN));
    arguments.addAll(List.of(options));
    RunningCommand run = RunningCommand.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    JsonNode verdict = JsonMapper.shared().readTree(run.out());
    for (String broken : List.of("lost", "doubled", "unexpected", "outOfOrder")) {
      assertThat(verdict.path(broken).asInt(-1)).as("%s in %s", broken, run.out()).isZero();
    }
    return verdict;
  }

  private long taken() {
    return agent("taken");
  }
}

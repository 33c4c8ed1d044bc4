package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.sims.RunningCommand;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.equipment.Format;
import org.linli.sims.journal.RecordedRun;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Equipment of every make at a real gateway, judged by what the hub shows of it. */
@Tag("slow")
@ResourceLock("a hub and a gateway that run")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormatsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int RATE = 300;
  private static final int SECONDS = 5;

  /** Long enough for messages of each make after two restarts, of which some makes notice late. */
  private static final int SECONDS_WITH_RESTARTS = 25;

  /** Of each format, what must be among its events. */
  private static final Map<Format, List<String>> MEANT =
      Map.ofEntries(
          meant(Format.LINLI, "door.opened", "door.closed", "trip.completed", "measurement"),
          meant(Format.LINLI_COAP, "door.opened", "door.closed", "trip.completed", "measurement"),
          meant(Format.LINLI_HTTP, "door.opened", "door.closed", "trip.completed", "measurement"),
          meant(Format.SENML_JSON, "measurement"),
          meant(Format.SENML_CBOR, "measurement"),
          meant(Format.CHIRPSTACK, "device.joined", "measurement", "battery.normal"),
          meant(
              Format.DAHUA,
              "zone.intruded",
              "motion.detected",
              "input.activated",
              "input.released",
              "measurement"),
          meant(
              Format.FRIGATE,
              "object.detected",
              "object.updated",
              "review.detection",
              "zone.intruded",
              "measurement",
              "device.online",
              "device.offline"),
          meant(
              Format.HIKVISION, "zone.intruded", "access.granted", "access.denied", "measurement"),
          meant(Format.ONVIF, "motion.detected", "zone.intruded", "access.granted", "measurement"),
          meant(Format.PLATECAMERA, "plate.read", "vehicle.seen"),
          meant(Format.PLATERECOGNIZER, "plate.read", "vehicle.seen"),
          meant(Format.SPARKPLUG, "device.online", "device.offline", "measurement"),
          meant(Format.TASMOTA, "device.online", "device.offline", "measurement"),
          meant(Format.THINGSBOARD, "device.attributes", "measurement"),
          meant(
              Format.THINGSBOARD_GATEWAY,
              "device.online",
              "device.offline",
              "device.attributes",
              "measurement"),
          meant(
              Format.ZIGBEE2MQTT,
              "door.opened",
              "door.closed",
              "button.pressed",
              "battery.normal",
              "measurement",
              "device.online",
              "device.offline"),
          meant(Format.ZKTECO, "door.opened", "door.closed", "access.granted", "access.denied"));

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
  void theGatewayReadsEveryFormatAsWhatItMeansAndLeavesNoDeadLetter() throws IOException {
    Path record = folder.resolve("formats.txt");
    RunningCommand run = RunningCommand.run(load(record, SECONDS).toArray(String[]::new));
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();

    assertThat(neighbourhood.agent("/api/dead-letters").path("items"))
        .as("dead letters at the gateway")
        .isEmpty();
    JsonNode verdict = reconcile(record);
    assertThat(verdict.path("acknowledged").asInt()).isEqualTo(RATE * SECONDS);
    assertThat(verdict.path("saidAgain").asInt()).isZero();
    Map<Format, TreeSet<String>> types = typesAtTheHub(record);
    MEANT.forEach(
        (format, meant) -> assertThat(types.get(format)).as(format.toString()).containsAll(meant));
    assertThat(types.get(Format.SPARKPLUG)).doesNotContain("messages.missed");
  }

  /**
   * A kill and a restart in order, each while every make has messages before and after it. What the
   * gateway acknowledged is judged message by message: an alarm that is told again, swallowed or
   * invented fails.
   */
  @Test
  void aGatewayThatIsKilledAndRestartedInTheMiddleOfEachMakeLosesDoublesAndInventsNothing()
      throws InterruptedException, CannotRunException, IOException {
    Path record = folder.resolve("killed-gateway.txt");
    CompletableFuture<RunningCommand> load =
        CompletableFuture.supplyAsync(
            () -> RunningCommand.run(load(record, SECONDS_WITH_RESTARTS).toArray(String[]::new)));
    awaitMoreOfEach(record, Map.of());
    neighbourhood.killAgent();
    Map<Format, Long> toldBeforeTheKill = acknowledged(record);
    neighbourhood.restartAgent();

    awaitMoreOfEach(record, toldBeforeTheKill);
    neighbourhood.stopAgent();
    Map<Format, Long> toldBeforeTheStop = acknowledged(record);
    neighbourhood.restartAgent();

    RunningCommand run = load.join();
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    Map<Format, Long> told = acknowledged(record);
    for (Format format : Format.values()) {
      assertThat(toldBeforeTheKill.get(format)).as("%s before the kill", format).isPositive();
      assertThat(toldBeforeTheStop.get(format))
          .as("%s between the kill and the stop", format)
          .isGreaterThan(toldBeforeTheKill.get(format));
      assertThat(told.get(format))
          .as("%s after the stop", format)
          .isGreaterThan(toldBeforeTheStop.get(format));
    }
    assertThat(RecordedRun.read(record).events()).anyMatch(event -> event.repeats() > 0);
    JsonNode verdict = reconcile(record);
    assertThat(verdict.path("offered").asInt()).isEqualTo(RATE * SECONDS_WITH_RESTARTS);
    assertThat(verdict.path("acknowledged").asInt()).isEqualTo(RATE * SECONDS_WITH_RESTARTS);
  }

  /**
   * What a person closed stays closed while the device repeats its state, over a restart and over a
   * kill, until the condition has really ended and begun again.
   */
  @Test
  void anAlertThatAPersonClosedStaysClosedUntilTheLeakHasEndedAndBegunAgain()
      throws InterruptedException {
    String leak = "{\"water_leak\":true,\"battery\":77}";
    neighbourhood.post("/intake/zigbee2mqtt/leak-1", leak);
    JsonNode alert =
        await().atMost(SOON).until(() -> alerts("water.leak"), all -> all.size() == 1).getFirst();
    neighbourhood.act(
        "/api/v1/alerts/" + alert.path("id").asString() + "/resolve",
        "{\"by\":\"wang\",\"comment\":\"the tap is shut\"}");

    neighbourhood.stopAgent();
    neighbourhood.restartAgent();
    neighbourhood.post("/intake/zigbee2mqtt/leak-1", leak);
    neighbourhood.killAgent();
    neighbourhood.restartAgent();
    neighbourhood.post("/intake/zigbee2mqtt/leak-1", leak);
    // Comes after them, in the same lane.
    neighbourhood.post("/intake/zigbee2mqtt/leak-1", "{\"smoke\":true}");
    await().atMost(SOON).until(() -> alerts("smoke.detected"), all -> all.size() == 1);
    assertThat(statuses("water.leak"))
        .as("what the device only repeats")
        .containsExactly("resolved");

    neighbourhood.post("/intake/zigbee2mqtt/leak-1", "{\"water_leak\":false}");
    neighbourhood.post("/intake/zigbee2mqtt/leak-1", leak);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(statuses("water.leak"))
                    .as("a new leak")
                    .containsExactlyInAnyOrder("resolved", "open"));
    assertThat(alerts("water.leak"))
        .filteredOn(each -> each.path("id").equals(alert.path("id")))
        .extracting(each -> each.path("status").asString() + " " + each.path("count").asInt())
        .containsExactly("resolved 1");
  }

  private List<JsonNode> alerts(String type) {
    return neighbourhood
        .hub("/api/v1/alerts")
        .path("items")
        .valueStream()
        .filter(alert -> alert.path("device").asString().equals("leak-1"))
        .filter(alert -> alert.path("type").asString().equals(type))
        .toList();
  }

  private List<String> statuses(String type) {
    return alerts(type).stream().map(alert -> alert.path("status").asString()).toList();
  }

  /** Makes differ in how soon they try again after a restart. */
  private static void awaitMoreOfEach(Path record, Map<Format, Long> before) {
    await()
        .atMost(SOON)
        .ignoreExceptions() // the last line may not be whole yet
        .until(
            () -> {
              Map<Format, Long> now = acknowledged(record);
              return Stream.of(Format.values())
                  .allMatch(each -> now.getOrDefault(each, 0L) > before.getOrDefault(each, 0L));
            });
  }

  /** How many messages of each make were acknowledged so far. */
  private static Map<Format, Long> acknowledged(Path record) throws IOException {
    Map<String, Format> formats = new HashMap<>();
    Map<Format, Long> acknowledged = new EnumMap<>(Format.class);
    for (String line : Files.readAllLines(record)) {
      String[] words = line.split(" ");
      if (words[0].equals("M") && words.length > 4) {
        formats.put(words[1], Format.ofName(words[4]).orElseThrow());
      } else if (words[0].equals("A") && words.length > 2) {
        acknowledged.merge(Objects.requireNonNull(formats.get(words[1])), 1L, Long::sum);
      }
    }
    return acknowledged;
  }

  private static Map.Entry<Format, List<String>> meant(Format format, String... types) {
    return Map.entry(format, List.of(types));
  }

  private Map<Format, TreeSet<String>> typesAtTheHub(Path record) throws IOException {
    Map<Format, TreeSet<String>> devices = new TreeMap<>();
    for (String line : Files.readAllLines(record)) {
      String[] words = line.split(" ");
      if (words[0].equals("M")) {
        devices
            .computeIfAbsent(Format.ofName(words[4]).orElseThrow(), unused -> new TreeSet<>())
            .add(words[6]);
      }
    }
    Map<Format, TreeSet<String>> types = new TreeMap<>();
    devices.forEach(
        (format, ofFormat) -> {
          TreeSet<String> seen = new TreeSet<>();
          for (String device : ofFormat) {
            String name = URLEncoder.encode(device, StandardCharsets.UTF_8);
            neighbourhood
                .events("device=" + name)
                .forEach(event -> seen.add(event.path("type").asString()));
          }
          types.put(format, seen);
        });
    return types;
  }

  private List<String> load(Path record, int seconds) {
    return List.of(
        "load",
        "--mix=" + String.join(",", Format.names()),
        "--seed=5",
        "--rate=" + RATE,
        "--for=" + seconds + "s",
        "--connections=20",
        "--patience=90s",
        "--mqtt=" + neighbourhood.agentMqttUri(),
        "--coap=" + neighbourhood.agentCoapUri(),
        "--http=" + neighbourhood.agentUri(),
        "--record=" + record);
  }

  private JsonNode reconcile(Path record) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "reconcile",
                "--json",
                "--record=" + record,
                "--gateway=" + neighbourhood.agentUri(),
                "--hub=" + neighbourhood.hubUri(),
                "--token=" + Neighbourhood.TOKEN));
    RunningCommand run = RunningCommand.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    JsonNode verdict = JsonMapper.shared().readTree(run.out());
    for (String broken : List.of("lost", "doubled", "unexpected", "outOfOrder")) {
      assertThat(verdict.path(broken).asInt(-1)).as("%s in %s", broken, run.out()).isZero();
    }
    return verdict;
  }
}

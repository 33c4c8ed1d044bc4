package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Clients that nobody here wrote, against the programs as people run them: what each was told is
 * done is at the hub, once. One hub and one gateway serve all of them.
 */
@Tag("slow")
@ResourceLock("another hub and gateway that run")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutsideClientsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** {@code {"type":"trip.completed","id":"cbor-1"}} in CBOR (RFC 8949). */
  private static final byte[] CBOR =
      HexFormat.of().parseHex("a264747970656e747269702e636f6d706c657465646269646663626f722d31");

  /** Static, so that it is there before the programs start, which is once for all tests. */
  @TempDir private static Path folder = Path.of("unset");

  private final Map<String, List<String>> said = new TreeMap<>();
  private Neighbourhood neighbourhood;

  @BeforeAll
  void start() {
    neighbourhood = new Neighbourhood(folder);
  }

  @AfterAll
  void stop() {
    neighbourhood.close();
  }

  @ParameterizedTest
  @Order(1)
  @CsvSource({"311, 0", "311, 1", "311, 2", "5, 0", "5, 1", "5, 2"})
  void mosquittoPublishes(String version, String qos) throws IOException, InterruptedException {
    OutsideClients.require("mosquitto_pub");
    String id = "mosquitto-" + version + "-" + qos;
    OutsideClients.run(
        "mosquitto_pub",
        "-V",
        version,
        "-p",
        Integer.toString(neighbourhood.agentMqtt()),
        "-q",
        qos,
        "-t",
        "linli/access/mosquitto",
        "-m",
        event("door.opened", id));
    said("mosquitto", id);
  }

  @Test
  @Order(1)
  void mosquittoIsToldWhyWhatItPublishedIsRefused() throws IOException, InterruptedException {
    OutsideClients.require("mosquitto_pub");
    String output =
        OutsideClients.run(
            "mosquitto_pub",
            "-V",
            "5",
            "-p",
            Integer.toString(neighbourhood.agentMqtt()),
            "-q",
            "1",
            "-t",
            "linli/access/mosquitto",
            "-m",
            "no JSON");
    assertThat(output).contains("Payload format invalid");
  }

  @ParameterizedTest
  @Order(1)
  @ValueSource(strings = {"311", "5"})
  void mosquittoIsToldThatThereIsNothingToSubscribeTo(String version)
      throws IOException, InterruptedException {
    OutsideClients.require("mosquitto_sub");
    String output =
        OutsideClients.run(
            "mosquitto_sub",
            "-V",
            version,
            "-p",
            Integer.toString(neighbourhood.agentMqtt()),
            "-W",
            "10",
            "-t",
            "linli/#");
    assertThat(output).contains("denied");
  }

  @Test
  @Order(1)
  void nodesMqttPublishesAndHearsCommandsInBothVersionsAtEveryQualityOfService()
      throws IOException, InterruptedException {
    OutsideClients.require("npm");
    Path npm = Files.createDirectory(folder.resolve("npm"));
    for (String file : List.of("package.json", "package-lock.json", "publish.mjs", "hear.mjs")) {
      Files.copy(Path.of("src/test/npm", file), npm.resolve(file));
    }
    Path log = folder.resolve("npm.log");
    Process install =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(npm.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean installed = install.waitFor(60, TimeUnit.SECONDS) && install.exitValue() == 0;
    OutsideClients.requireThat(installed, "npm cannot install mqtt:\n" + Files.readString(log));
    for (String version : List.of("4", "5")) {
      OutsideClients.run(
          "node",
          npm.resolve("publish.mjs").toString(),
          neighbourhood.agentMqttUri(),
          version,
          "linli/access/npm");
      OutsideClients.run(
          "node",
          npm.resolve("hear.mjs").toString(),
          neighbourhood.agentMqttUri(),
          version,
          neighbourhood.agentUri().toString(),
          Neighbourhood.TOKEN);
      for (int qos = 0; qos <= 2; qos++) {
        said("npm", "npm-" + version + "-" + qos);
      }
    }
  }

  @ParameterizedTest
  @Order(1)
  @ValueSource(ints = {0, 1, 2})
  void pahoPublishesInBothVersions(int qos) throws Exception {
    int port = neighbourhood.agentMqtt();
    Paho.publishThree(port, "linli/camera/paho", qos, event("object.detected", "three-" + qos));
    Paho.publishFive(port, "linli/camera/paho", qos, event("object.detected", "five-" + qos));
    said("paho", "three-" + qos, "five-" + qos);
  }

  @ParameterizedTest
  @Order(1)
  @ValueSource(strings = {"311", "5"})
  void mosquittoHearsTheLastCommandAndThenTheNext(String version)
      throws IOException, InterruptedException {
    OutsideClients.require("mosquitto_sub");
    String device = "access/hears-" + version;
    neighbourhood.command(device, "{\"open\":1}");
    neighbourhood.command(device, "{\"open\":2}");
    List<String> command = mosquittoHears(version, device);
    command.addAll(List.of("-C", "2"));
    Process subscriber = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader heard = subscriber.inputReader(StandardCharsets.UTF_8)) {
      assertThat(heard.readLine()).as("retained").isEqualTo("1 1 {\"open\":2}");
      neighbourhood.command(device, "{\"open\":3}");
      assertThat(heard.readLine()).isEqualTo("0 1 {\"open\":3}");
    } finally {
      subscriber.destroy();
    }
  }

  @ParameterizedTest
  @Order(1)
  @ValueSource(strings = {"311", "5"})
  void mosquittoHearsTheLastOfTheCommandsThatCameWhileItWasAway(String version)
      throws IOException, InterruptedException {
    OutsideClients.require("mosquitto_sub");
    String device = "access/returns-" + version;
    List<String> lasting = mosquittoHears(version, device);
    lasting.addAll(version.equals("5") ? List.of("-c", "-x", "600") : List.of("-c"));
    List<String> once = new ArrayList<>(lasting);
    once.add("-E");
    OutsideClients.run(once.toArray(String[]::new));
    neighbourhood.command(device, "{\"open\":1}");
    neighbourhood.command(device, "{\"open\":2}");

    lasting.addAll(List.of("-C", "1"));
    assertThat(OutsideClients.run(lasting.toArray(String[]::new)).strip())
        .as("by its session, before it has subscribed again")
        .isEqualTo("0 1 {\"open\":2}");
  }

  @Test
  @Order(1)
  void pahoHearsTheLastCommandInBothVersions() throws Exception {
    for (String device : List.of("paho-hears-3", "paho-hears-5")) {
      neighbourhood.command("access/" + device, "{\"open\":1}");
      String topic = "linli/access/" + device + "/command";
      assertThat(
              device.endsWith("3")
                  ? Paho.hearThree(neighbourhood.agentMqtt(), device, topic)
                  : Paho.hearFive(neighbourhood.agentMqtt(), device, topic))
          .isEqualTo("true 1 {\"open\":1}");
    }
  }

  /** Prints whether it is retained, its quality of service and its content. */
  private List<String> mosquittoHears(String version, String device) {
    String id = device.substring(device.indexOf('/') + 1);
    return new ArrayList<>(
        List.of(
            "mosquitto_sub",
            "-V",
            version,
            "-p",
            Integer.toString(neighbourhood.agentMqtt()),
            "-i",
            id,
            "-q",
            "1",
            "-W",
            "15",
            "-F",
            "%r %q %p",
            "-t",
            "linli/" + device + "/command"));
  }

  @Test
  @Order(1)
  void libcoapPostsConfirmableAndNot() throws IOException, InterruptedException {
    String json = event("trip.completed", "con-1");
    assertThat(coap("-t", "50", "-e", json)).contains("t:ACK c:2.04");
    String notConfirmable = event("trip.completed", "non-1");
    assertThat(coap("-N", "-t", "50", "-e", notConfirmable)).contains("c:2.04");
    said("libcoap", "con-1", "non-1");
  }

  @Test
  @Order(1)
  void libcoapPostsCbor() throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("coap.cbor"), CBOR);
    assertThat(coap("-t", "60", "-f", file.toString())).contains("2.04");
    said("libcoap", "cbor-1");
  }

  @Test
  @Order(1)
  void libcoapPostsALargeBodyInBlocks() throws IOException, InterruptedException {
    String[] ids = IntStream.range(0, 60).mapToObj(i -> "block-" + i).toArray(String[]::new);
    Path file =
        Files.writeString(
            folder.resolve("blocks.json"),
            List.of(ids).stream()
                .map(id -> event("trip.completed", id))
                .collect(Collectors.joining(",", "[", "]")));
    assertThat(coap("-t", "50", "-b", "256", "-f", file.toString()))
        .contains("Block1:0/M/256", "2.04");
    said("libcoap", ids);
  }

  @Test
  @Order(1)
  void libcoapIsToldWhatIsWrong() throws IOException, InterruptedException {
    assertThat(coap("-t", "50", "-e", "no JSON")).contains("4.00");
    assertThat(coap("-t", "41", "-e", "<xml/>")).contains("4.15");
  }

  @Test
  @Order(1)
  void curlPostsJsonAnArrayAndCbor() throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("curl.cbor"), CBOR);
    assertThat(curl("application/json", event("bay.occupied", "curl-1"))).endsWith("204");
    assertThat(
            curl(
                "application/json",
                "[" + event("bay.freed", "curl-2") + "," + event("bay.occupied", "curl-3") + "]"))
        .endsWith("204");
    assertThat(curl("application/cbor", "@" + file)).endsWith("204");
    said("curl", "curl-1", "curl-2", "curl-3", "cbor-1");
  }

  @Test
  @Order(1)
  void curlIsToldThatABodyIsTooLarge() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("huge.json"), "[" + " ".repeat(300_000) + "]");
    assertThat(curl("application/json", "@" + file)).contains("262144").endsWith("413");
  }

  @Test
  @Order(2)
  void everythingThatAClientWasToldIsDoneIsAtTheHubOnceAndNothingElse() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(neighbourhood.agent("/api/ledger").path("queued").asInt()).isZero());
    said.forEach(
        (device, ids) ->
            await()
                .atMost(SOON)
                .untilAsserted(
                    () ->
                        assertThat(neighbourhood.events("device=" + device))
                            .extracting(event -> event.path("id").asString())
                            .containsExactlyInAnyOrderElementsOf(ids)));
    JsonNode ledger = neighbourhood.agent("/api/ledger");
    assertThat(ledger.path("taken").asInt())
        .isEqualTo(said.values().stream().mapToInt(List::size).sum());
    assertThat(ledger.path("repeated").asInt()).isZero();
  }

  private String coap(String... options) throws IOException, InterruptedException {
    OutsideClients.require("coap-client-notls");
    List<String> command = new ArrayList<>(List.of("coap-client-notls", "-v", "6", "-m", "post"));
    command.addAll(List.of(options));
    command.add(neighbourhood.agentCoapUri() + "/linli/elevator/libcoap");
    return OutsideClients.run(command.toArray(String[]::new));
  }

  /** What was answered, and after it the status. */
  private String curl(String contentType, String body) throws IOException, InterruptedException {
    OutsideClients.require("curl");
    return OutsideClients.run(
        "curl",
        "-s",
        "-w",
        "%{http_code}",
        "-H",
        "Content-Type: " + contentType,
        "--data-binary",
        body,
        neighbourhood.agentUri().resolve("/linli/parking/curl").toString());
  }

  private void said(String device, String... ids) {
    said.computeIfAbsent(device, unused -> new ArrayList<>()).addAll(List.of(ids));
  }

  private static String event(String type, String id) {
    return "{\"type\":\"%s\",\"id\":\"%s\",\"values\":{\"n\":1}}".formatted(type, id);
  }
}

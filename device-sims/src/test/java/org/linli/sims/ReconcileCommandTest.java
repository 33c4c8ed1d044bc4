package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.sims.program.FreePort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One load is recorded for all tests; each makes the hub, or the record, tell another story. */
class ReconcileCommandTest {

  private static final int OFFERED = 200;

  @TempDir private static Path folder = Path.of("unset");

  private static List<String> received = List.of();
  private static List<String> recorded = List.of();

  private final List<String> stored = new CopyOnWriteArrayList<>();
  private FakeHub hub = new FakeHub(List.of());
  private Path record = Path.of("unset");

  @BeforeAll
  static void recordOneLoad() throws IOException {
    Path file = folder.resolve("original.txt");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run =
          RunningCommand.run(
              "load",
              "--rate=" + OFFERED,
              "--for=1s",
              "--devices=10",
              "--alert-every=50",
              "--connections=5",
              "--protocol=mixed",
              "--mqtt=" + gateway.mqttUri(),
              "--coap=" + gateway.coapUri(),
              "--http=" + gateway.httpUri(),
              "--record=" + file);
      assertThat(run.exitCode()).as(run.err()).isZero();
      received = List.copyOf(gateway.received());
    }
    recorded = Files.readAllLines(file);
  }

  @BeforeEach
  void everythingIsAtTheHub() throws IOException {
    stored.addAll(received);
    hub.close();
    hub = new FakeHub(stored);
    hub.page(
        "/api/ledger",
        "{\"offered\":%1$d,\"taken\":%1$d,\"refused\":0,\"repeated\":0,\"receipted\":%1$d,\"queued\":0,\"shed\":0}"
            .formatted(OFFERED));
    hub.page(
        "/api/v1/ledger",
        "{\"received\":%1$d,\"applied\":%1$d,\"duplicate\":0,\"dead\":0}".formatted(OFFERED));
    write(recorded);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void everythingThatWasAcknowledgedIsThereOnce() {
    hub.mostOnAPage(3);
    RunningCommand run = reconcile("--gateway=" + hub.uri());
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out())
        .containsPattern("offered +200 ")
        .containsPattern("acknowledged +200")
        .containsPattern("stored +200 ")
        .containsPattern("lost +0 ")
        .contains("Everything holds.")
        .doesNotContain("NO ");
  }

  @Test
  void whatWasAcknowledgedAndIsNotThereIsLost() {
    String missing = stored.remove(17);
    assertFound("lost", 1, id(missing));
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void whatIsThereTwiceIsDoubled() {
    stored.add(stored.getFirst());
    assertFound("doubled", 1, id(stored.getFirst()));
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void whatWasNeverSentIsUnexpected() {
    stored.add(stored.get(50).replace(id(stored.get(50)), "load-3-another"));
    assertFound("unexpected", 1, "load-3-another");
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"number\":', '\"number\":1', values",
    "'\"number\":', '\"count\":', values",
    "'\"type\":\"measurement\"', '\"type\":\"door.opened\"', type is door.opened",
    "'\"kind\":\"', '\"kind\":\"smart-', kind is smart-",
  })
  void whatIsThereOtherwiseThanItWasSentIsUnexpected(String part, String wrong, String why) {
    int reading = indexOf("\"measurement\"");
    stored.set(reading, stored.get(reading).replace(part, wrong));
    assertFound("unexpected", 1, why);
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void anUrgentEventThatCameBehindBulkIsUnexpected() {
    int alarm = indexOf("\"door.forced\"");
    stored.set(alarm, stored.get(alarm).replace("\"type\":", "\"lane\":\"bulk\",\"type\":"));
    assertFound("unexpected", 1, "it came with bulk events, urgent was meant");
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void whatIsThereUnderAnotherTimeThanItWasSentWithIsUnexpected() {
    String event = number(50);
    String time = JsonMapper.shared().readTree(number(60)).path("time").asString();
    stored.set(
        stored.indexOf(event), event.replaceAll("\"time\":\"[^\"]+\"", "\"time\":\"" + time + '"'));
    assertFound("unexpected", 1, "time is " + time);
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void whatGotNoAnswerAndIsThereIsRecovered() throws IOException {
    write(without("A 5 "));
    assertFound("recovered", 1, id(number(5)));
    assertThat(reconcile().exitCode()).isZero();
  }

  @Test
  void whatGotNoAnswerAndIsNotThereIsNoFault() throws IOException {
    write(without("A 5 "));
    stored.remove(number(5));
    RunningCommand run = reconcile();
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).containsPattern("unknown +1 ");
  }

  @Test
  void whatWasRefusedAndIsThereIsUnexpected() throws IOException {
    List<String> lines = without("A 5 ");
    lines.add("R 5 100 HTTP 400 not JSON");
    write(lines);
    assertFound("unexpected", 1, "was refused");
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void whatIsOrderedBeforeAnEarlierOneOfItsDeviceIsOutOfOrder() {
    String later = number(15);
    stored.set(stored.indexOf(later), later.replace("{\"type\"", "{\"order\":0,\"type\""));
    assertFound("outOfOrder", 1, id(later));
    assertThat(reconcile().exitCode()).isEqualTo(1);
  }

  @Test
  void whatTheGatewaySaysOfADeviceIsListedAndNotUnexpected() {
    stored.add(
        "{\"type\":\"device.offline\",\"id\":\"linli-load-3-1\",\"kind\":\"access\",\"time\":\"%s\"}"
            .formatted(JsonMapper.shared().readTree(number(7)).path("time").asString()));
    assertFound("byGateway", 1, "device.offline");
    assertThat(reconcile().exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A 1", "O 200 3 1004 acc", "R 7 100 HTT"})
  void aLastLineThatAKillHasTornSaysNothing(String torn) throws IOException {
    Files.writeString(record, String.join("\n", recorded) + "\n" + torn);
    RunningCommand run = reconcile();
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @Test
  void theRecordOfALoadThatWasKilledIsJudgedAsFarAsItGoes() throws IOException {
    int last =
        recorded.indexOf(
            recorded.stream().filter(l -> l.startsWith("O 99 ")).findFirst().orElseThrow());
    write(recorded.subList(0, last + 1));
    stored.removeIf(json -> number(json) > 99);
    RunningCommand run = reconcile();
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).containsPattern("offered +100 .*1 of them cut off");
  }

  @Test
  void aFileThatIsNoRecordGetsItsLine() throws IOException {
    List<String> lines = new ArrayList<>(recorded);
    lines.add(8, "what is this");
    write(lines);
    RunningCommand run = reconcile();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("line 9", "what is this");
  }

  @Test
  void whatTheHubShowsAMomentLaterIsWaitedFor() {
    String late = stored.remove(17);
    CompletableFuture<RunningCommand> running =
        CompletableFuture.supplyAsync(() -> reconcile("--settle=20s"), Thread::startVirtualThread);
    await().until(() -> hub.asked() > 20);
    stored.add(17, late);
    assertThat(running.join().exitCode()).isZero();
  }

  @Test
  void aQueueThatDoesNotEmptyIsSaid() {
    hub.page(
        "/api/ledger",
        "{\"offered\":200,\"taken\":200,\"refused\":0,\"repeated\":0,\"receipted\":193,\"queued\":7,\"shed\":0}");
    RunningCommand run = reconcile("--gateway=" + hub.uri());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("still has 7 events queued");
    assertThat(run.out()).containsPattern("NO +gateway: nothing is left in a queue");
  }

  /** Others send by the same gateway: what is on its way at one moment is nothing that is left. */
  @Test
  void aGatewayThatGoesOnTakingIsJudgedWhenNothingIsOnItsWay() {
    String ledger =
        "{\"offered\":%1$d,\"taken\":%1$d,\"refused\":0,\"repeated\":0,\"receipted\":200,\"queued\":%2$d,\"shed\":0}";
    hub.pageBefore(
        "/api/ledger",
        ledger.formatted(200, 0),
        ledger.formatted(204, 4),
        ledger.formatted(202, 2));
    RunningCommand run = reconcile("--gateway=" + hub.uri(), "--settle=20s");
    assertThat(run.out()).doesNotContain("NO ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aGatewayThatTookLessThanItAcknowledgedIsSaid() {
    hub.page(
        "/api/ledger",
        "{\"offered\":199,\"taken\":199,\"refused\":0,\"repeated\":0,\"receipted\":199,\"queued\":0,\"shed\":0}");
    RunningCommand run = reconcile("--gateway=" + hub.uri());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern("NO +gateway took.* 199 taken, 200 acknowledged");
  }

  @Test
  void aHubThatIsAwayAndATokenThatIsWrongGetTheirExitCodes() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "wrong\n");
    String option = "--record=" + record;
    RunningCommand away =
        RunningCommand.run("reconcile", option, "--hub=http://127.0.0.1:" + FreePort.tcp());
    assertThat(away.exitCode()).isEqualTo(3);
    assertThat(away.err()).contains("No hub answers at");
    RunningCommand wrong =
        RunningCommand.run("reconcile", option, "--hub=" + hub.uri(), "--token-file=" + token);
    assertThat(wrong.exitCode()).isEqualTo(2);
    Files.writeString(token, FakeHub.TOKEN + "\n");
    RunningCommand right =
        RunningCommand.run("reconcile", option, "--hub=" + hub.uri(), "--token-file=" + token);
    assertThat(right.exitCode()).as(right.err()).isZero();
  }

  private void assertFound(String figure, int count, String example) {
    RunningCommand run = reconcile("--json");
    JsonNode verdict = JsonMapper.shared().readTree(run.out());
    assertThat(verdict.path(figure).asInt()).as(run.out()).isEqualTo(count);
    for (String other :
        List.of("lost", "doubled", "unexpected", "recovered", "outOfOrder", "byGateway")) {
      if (!other.equals(figure)) {
        assertThat(verdict.path(other).asInt()).as("%s in %s", other, run.out()).isZero();
      }
    }
    assertThat(verdict.path("examples").toString()).contains(example);
  }

  private RunningCommand reconcile(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "reconcile",
                "--record=" + record,
                "--hub=" + hub.uri(),
                "--token=" + FakeHub.TOKEN));
    arguments.addAll(List.of(options));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--settle"))) {
      arguments.add("--settle=0s");
    }
    return RunningCommand.run(arguments.toArray(String[]::new));
  }

  private void write(List<String> lines) throws IOException {
    record = folder.resolve("record.txt");
    Files.writeString(record, String.join("\n", lines) + "\n");
  }

  private static List<String> without(String start) {
    return new ArrayList<>(recorded.stream().filter(line -> !line.startsWith(start)).toList());
  }

  private int indexOf(String part) {
    return stored.indexOf(
        stored.stream().filter(json -> json.contains(part)).findFirst().orElseThrow());
  }

  /** The event that was sent with that number. */
  private String number(int number) {
    return stored.stream().filter(json -> number(json) == number).findFirst().orElseThrow();
  }

  private static int number(String json) {
    String id = id(json);
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  private static String id(String json) {
    return JsonMapper.shared().readTree(json).path("id").asString();
  }
}

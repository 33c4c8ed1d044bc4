package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.sims.console.Console;
import org.linli.sims.program.FreePort;

class CheckCommandTest {

  private static final String GATEWAY =
      """
      {"gateway":"gateway-1","offered":12,"taken":10,"refused":1,"repeated":1,
       "receipted":10,"queued":0,"shed":0}\
      """;
  private static final String HUB =
      """
      {"received":13,"applied":10,"duplicate":3,"dead":0}\
      """;
  private static final String ALERTS =
      """
      {"items":[{"type":"passenger.trapped","device":"elevator-1-1","status":"open",
        "lastSeenAt":"2026-11-23T05:00:00Z","assignee":{"id":"wang","name":"王芳"}}],"next":null}\
      """;

  @TempDir private Path folder = Path.of(".");
  private FakeHub server = new FakeHub(List.of());

  @BeforeEach
  void everythingBalances() throws IOException {
    server.page("/api/ledger", GATEWAY);
    server.page("/api/v1/ledger", HUB);
    server.page("/api/v1/alerts", ALERTS);
    writeCount(10, 10);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void holdsWhenEveryCountDoes() {
    RunningCommand run = check();
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).hasLineCount(8).doesNotContain("NO").contains("1 of wang");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an event that was acknowledged and is not taken, /api/ledger, '\"taken\":10', '\"taken\":9'",
    "a gateway that counts wrong, /api/ledger, '\"offered\":12', '\"offered\":13'",
    "an event still queued, /api/ledger, '\"receipted\":10,\"queued\":0',"
        + " '\"receipted\":9,\"queued\":1'",
    "an event shed, /api/ledger, '\"receipted\":10,\"queued\":0,\"shed\":0',"
        + " '\"receipted\":9,\"queued\":0,\"shed\":1'",
    "a hub that counts wrong, /api/v1/ledger, '\"received\":13', '\"received\":14'",
    "an event applied twice, /api/v1/ledger, '\"applied\":10,\"duplicate\":3',"
        + " '\"applied\":11,\"duplicate\":2'",
    "an alert for nobody, /api/v1/alerts, '{\"id\":\"wang\",\"name\":\"王芳\"}', 'null'",
    "an alert for somebody else, /api/v1/alerts, '\"wang\"', '\"zhou\"'"
  })
  void saysWhatDoesNotHold(String what, String path, String right, String wrong) {
    String page =
        switch (path) {
          case "/api/ledger" -> GATEWAY.replaceAll("\\s", "");
          case "/api/v1/ledger" -> HUB;
          default -> ALERTS;
        };
    assertThat(page).contains(right);
    server.page(path, page.replace(right, wrong));

    RunningCommand run = check();

    assertThat(run.exitCode()).as(what).isEqualTo(1);
    assertThat(run.out()).containsPattern("(?m)^NO ");
  }

  @Test
  void countsTheAlertsOfEveryPage() {
    server.page("/api/v1/alerts", ALERTS.replace("\"next\":null", "\"next\":\"to+2\""));
    server.page(
        "/api/v1/alerts?cursor=to+2",
        ALERTS.replace("open", "resolved").replace("\"next\":null", "\"next\":\"3\""));
    server.page("/api/v1/alerts?cursor=3", ALERTS);

    assertThat(run().out()).contains("alerts: 2 open, 1 resolved ·");
    assertThat(check().out()).contains("3 of wang");
  }

  @Test
  void saysThatTheHubsPagesDoNotEnd() {
    server.page("/api/v1/alerts", ALERTS.replace("\"next\":null", "\"next\":\"2\""));

    RunningCommand run = run();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("pages").contains("do not end");
  }

  @Test
  void doesNotHoldWhenAnEventStayedUnanswered() throws IOException {
    writeCount(11, 10);
    assertThat(check().exitCode()).isEqualTo(1);
  }

  /** The gateway took ten events. */
  @ParameterizedTest
  @CsvSource({
    "8, 3, 3, 2, 2, 0",
    "8, 3, 3, 1, 4, 0",
    "8, 3, 3, 3, 4, 1",
    "8, 3, 3, 1, 1, 1",
    "8, 3, 2, 2, 2, 1"
  })
  void judgesWhatIsMadeOfMessagesByTheirLeastAndMost(
      int events, int messages, int acknowledged, int least, int most, int exitCode)
      throws IOException {
    Files.writeString(
        count(),
        """
        {"offered":%1$d,"acknowledged":%1$d,"refused":0,"unanswered":0,
         "messages":{"offered":%2$d,"acknowledged":%3$d,"leastEvents":%4$d,"mostEvents":%5$d}}\
        """
            .formatted(events, messages, acknowledged, least, most));
    RunningCommand run = check();
    assertThat(run.exitCode()).as(run.out()).isEqualTo(exitCode);
  }

  @Test
  void doesNotHoldWhenNothingWasOffered() throws IOException {
    writeCount(0, 0);
    assertThat(check().exitCode()).isEqualTo(1);
  }

  @Test
  void judgesOnlyWhatCameSinceAGatewayWasNoted() throws IOException {
    Path noted = folder.resolve("before.json");
    assertThat(run("--note=" + noted).exitCode()).isZero();
    server.page("/api/ledger", GATEWAY.replace("12", "17").replace("10", "15"));
    server.page("/api/v1/ledger", HUB.replace("13", "18").replace("10", "15"));
    server.page("/api/v1/alerts", ALERTS.replace("2026-", "2999-"));
    writeCount(5, 5);

    assertThat(run("--since=" + noted, "--report=" + count()).out()).doesNotContain("NO ");

    server.page("/api/v1/alerts", ALERTS);
    assertThat(run("--since=" + noted, "--report=" + count()).out())
        .containsPattern("NO .*grid worker");
  }

  @Test
  void watchingShowsHowThingsStandAgainAndAgainAlsoWhenNobodyAnswersForAWhile()
      throws InterruptedException {
    StringWriter out = new StringWriter();
    Thread watching = watch(new Console(out, new StringWriter(), false));
    try {
      await()
          .untilAsserted(
              () -> assertThat(out.toString()).contains("10 taken, 0 queued, 10 stored"));
      assertThat(out.toString()).contains("alerts: 1 open", "passenger.trapped at elevator-1-1");

      server.page("/api/ledger", GATEWAY.replace("\"queued\":0", "\"queued\":4"));
      await().untilAsserted(() -> assertThat(out.toString()).contains("4 queued"));

      server.page("/api/ledger", "away");
      await().untilAsserted(() -> assertThat(out.toString()).contains("gave no JSON"));

      server.page("/api/ledger", GATEWAY.replace("\"queued\":0", "\"queued\":5"));
      await().untilAsserted(() -> assertThat(out.toString()).contains("5 queued"));
    } finally {
      watching.interrupt();
      watching.join();
    }
  }

  @Test
  void watchingAdvisesNothingWhileSomebodyElseStartsTheHubAgain() throws InterruptedException {
    StringWriter out = new StringWriter();
    String away = "http://127.0.0.1:" + FreePort.tcp();
    Thread watching = watchHub(away, new Console(out, new StringWriter(), false));
    try {
      await()
          .untilAsserted(
              () ->
                  assertThat(out.toString())
                      .contains("No hub answers at " + away + "; asking again.")
                      .doesNotContain("start one"));
    } finally {
      watching.interrupt();
      watching.join();
    }
  }

  @Test
  void watchingLiveWritesOverTheSameLine() throws InterruptedException {
    StringWriter err = new StringWriter();
    Thread watching = watch(new Console(new StringWriter(), err, false), "--live");
    try {
      await()
          .untilAsserted(
              () -> assertThat(err.toString()).containsPattern("\revents: [^\r\n]*\revents: "));
    } finally {
      watching.interrupt();
      watching.join();
    }
  }

  private Thread watch(Console console, String... more) {
    return watchHub(server.uri().toString(), console, more);
  }

  private Thread watchHub(String hub, Console console, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "check",
                "--watch=5ms",
                "--agent=" + server.uri(),
                "--hub=" + hub,
                "--token=" + FakeHub.TOKEN));
    arguments.addAll(List.of(more));
    return Thread.ofVirtual()
        .start(() -> DeviceSims.commandLine(console).execute(arguments.toArray(String[]::new)));
  }

  @Test
  void aHubThatDoesNotAnswerGetsOneSentence() {
    RunningCommand run =
        RunningCommand.run(
            "check", "--agent=" + server.uri(), "--hub=http://127.0.0.1:" + FreePort.tcp());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).hasLineCount(1).contains("No hub answers at");
  }

  @Test
  void aWrongTokenGetsOneSentence() {
    RunningCommand run =
        RunningCommand.run(
            "check", "--agent=" + server.uri(), "--hub=" + server.uri(), "--token=wrong");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("--token");
  }

  private RunningCommand check() {
    return run("--report=" + count());
  }

  private RunningCommand run(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "check",
                "--within=0s",
                "--agent=" + server.uri(),
                "--hub=" + server.uri(),
                "--token=" + FakeHub.TOKEN));
    arguments.addAll(List.of(options));
    return RunningCommand.run(arguments.toArray(String[]::new));
  }

  private Path count() {
    return folder.resolve("count.json");
  }

  private void writeCount(int offered, int acknowledged) throws IOException {
    Files.writeString(
        count(),
        """
        {"offered":%d,"acknowledged":%d,"refused":0,"unanswered":%d,"repeated":0}\
        """
            .formatted(offered, acknowledged, offered - acknowledged));
  }
}

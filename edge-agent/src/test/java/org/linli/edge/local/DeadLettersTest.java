package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeadLettersTest {

  private static RunningGateway gateway;
  private static HttpClient http;

  @TempDir static Path data;
  @TempDir static Path stopped;

  @BeforeAll
  static void start() throws Exception {
    gateway = RunningGateway.start(data);
    http = HttpClient.newHttpClient();
    post(gateway, "/linli/access/door-1", "door\u001b[2J opened");
    post(gateway, "/linli/doors/door-1", "{}");
    post(gateway, "/linli/access/door-1", "{\"type\":7}");
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  record Ended(int code, String out, String err) {}

  @Test
  void listsThemBesideTheRunningAgentForPeople() {
    Ended all = run("--data", data.toString());

    assertThat(all.code()).as(all.err()).isZero();
    List<String> lines = all.out().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.getFirst()).contains("TIME", "SOURCE / ADDRESS", "REASON", "BYTES");
    assertThat(lines.get(1)).contains("http://127.0.0.1", "bad-field", "type: is not a string");
    assertThat(lines.get(2)).contains(" /linli/access/door-1 ").endsWith("{\"type\":7}");
    assertThat(lines.get(3)).contains("unknown-kind", "kind doors is none of");
    assertThat(lines.get(4)).contains(" /linli/doors/door-1 ");
    assertThat(lines.get(6))
        .as("no escape sequence reaches the terminal")
        .endsWith("door·[2J opened");
  }

  @Test
  void saysWhichMayReportAnEmergency(@TempDir Path folder) throws Exception {
    try (RunningGateway other = RunningGateway.start(folder)) {
      post(other, "/linli/access/door-1", "{\"type\":7}");
      post(other, "/linli/access/door-1", "smoke in the hall");
    }
    List<String> lines = run("--data", folder.toString(), "--limit", "1").out().lines().toList();

    assertThat(lines).hasSize(4);
    assertThat(lines.getLast().strip())
        .isEqualTo("! may be an emergency (smoke): told as unreadable-alarm");
    JsonNode items =
        new JsonMapper().readTree(run("--data", folder.toString(), "--json").out()).path("items");
    assertThat(items.get(0).path("emergency").stringValue()).isEqualTo("smoke");
    assertThat(items.get(1).path("emergency").isNull()).isTrue();
  }

  @Test
  void picksByNumberReasonAndSource() {
    assertThat(run("--data", data.toString(), "--limit", "1").out().lines()).hasSize(3);
    assertThat(run("--data", data.toString(), "--reason", "not-json").out())
        .contains("not-json")
        .doesNotContain("unknown-kind");
    assertThat(run("--data", data.toString(), "--source", "coap:").out().strip())
        .isEqualTo("No dead letters.");
  }

  @Test
  void printsWhatTheApiAnswers() throws Exception {
    String api = get("/api/dead-letters?limit=2&reason=unknown-kind&source=http").body();

    Ended command =
        run(
            "--data",
            data.toString(),
            "--json",
            "--limit",
            "2",
            "--reason",
            "unknown-kind",
            "--source",
            "http");

    JsonNode items = new JsonMapper().readTree(api).get("items");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("size").asInt()).isEqualTo(2);
    assertThat(new JsonMapper().readTree(command.out())).isEqualTo(new JsonMapper().readTree(api));
  }

  @Test
  void refusesAReasonThatDoesNotExist() throws Exception {
    HttpResponse<String> answer = get("/api/dead-letters?reason=bad-luck");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("reason: is none of not-json, not-cbor");

    Ended command = run("--data", data.toString(), "--reason", "bad-luck");
    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err()).contains("bad-luck is none of not-json");
    assertThat(run("--data", data.toString(), "--limit", "0").err())
        .contains("--limit is 0; it must lie between 1 and 1000");
  }

  @Test
  void readsTheFolderOfAnAgentThatIsNotRunning() {
    try (RunningGateway other = RunningGateway.start(stopped)) {
      assertThat(other.lastDeadLetterId()).isZero();
    }
    Ended ended = run("--data", stopped.toString());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().strip()).isEqualTo("No dead letters.");
  }

  @Test
  void saysWhatToDoWhereThereIsNoOutbox() {
    Ended ended = run("--data", data.resolve("nowhere").toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("no outbox that can be read").contains("--data or LINLI_DATA");
    assertThat(ended.err().lines()).hasSize(1);
  }

  @Test
  void hasEveryReasonOnItsPage() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "dead-letters.md"));

    assertThat(RefusalReason.values())
        .allSatisfy(reason -> assertThat(page).contains("| `" + reason.wireName() + "` |"));
  }

  @Test
  void explainsItself() {
    Ended ended = run("--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("--limit", "--reason", "--json", "--data", "LINLI_DATA");
  }

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        DeadLettersCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private static void post(RunningGateway to, String path, String body)
      throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(to.http(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.discarding());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(gateway.http(path)).build(), BodyHandlers.ofString());
  }
}

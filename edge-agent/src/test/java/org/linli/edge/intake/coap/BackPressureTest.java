package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.intake.coap.RawCoap.CON;
import static org.linli.edge.intake.coap.RawCoap.post;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.event.DeviceEvent;

/**
 * A disk that stands still: what waits is bounded, and nothing is acknowledged that is not kept.
 */
class BackPressureTest {

  @TempDir private Path data;

  @ParameterizedTest
  @CsvSource({
    // Bounded by number: forty small ones. Bounded by bytes: 16 KB are twenty of 800 bytes.
    "40, 8MB, 1, 40",
    "10000, 16KB, 760, 20",
  })
  void holdsAFewBackAndSendsTheOthersAwayUntilTheDiskIsBack(
      int events, String bytes, int padding, int fit) throws Exception {
    try (RunningGateway gateway =
            RunningGateway.start(
                data,
                "--linli.outbox.waiting-events=" + events,
                "--linli.outbox.waiting-bytes=" + bytes,
                "--linli.http.patience=25s");
        HttpClient http = HttpClient.newHttpClient();
        RawCoap device = new RawCoap(gateway)) {
      gateway.valve().close();
      Map<String, CompletableFuture<HttpResponse<String>>> posts = new TreeMap<>();
      Set<String> acknowledged = new HashSet<>();
      try {
        posts.put("h-0", send(gateway, http, "h-0", 1));
        await().until(gateway.valve()::holds);
        int overCoap = fit / 2;
        for (int i = 1; i <= overCoap; i++) {
          device.send(
              post(CON, i, "%02x".formatted(i), "/linli/access/slow", event("c-" + i, padding)));
        }
        assertThat(device.receiveWithin(300)).as("nothing is acknowledged").isEmpty();

        for (int i = 1; i <= 60; i++) {
          posts.put("h-" + i, send(gateway, http, "h-" + i, padding));
        }
        int turnedAway = 60 - (fit - overCoap);
        await().until(() -> answered(posts).size() >= turnedAway);
        assertThat(answered(posts))
            .hasSize(turnedAway)
            .allSatisfy(
                answer -> {
                  assertThat(answer.statusCode()).isEqualTo(503);
                  assertThat(answer.headers().firstValue("Retry-After")).contains("5");
                  assertThat(answer.headers().firstValue("Content-Type"))
                      .contains("application/problem+json");
                });
        Answer busy =
            device.exchange(post(CON, 999, "ffff", "/linli/access/slow", event("c-999", padding)));
        assertThat(busy.code()).isEqualTo("5.03");
        assertThat(busy.bytes())
            .as("option 14, Max-Age, of one byte: 5")
            .containsSequence(0xd1, 0x01, 0x05);
        assertThat(gateway.ledger().offered()).as("nothing is counted").isZero();
      } finally {
        gateway.valve().open();
      }

      for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> post : posts.entrySet()) {
        if (post.getValue().join().statusCode() == 204) {
          acknowledged.add(post.getKey());
        }
      }
      for (Answer answer : rest(device)) {
        assertThat(answer.code()).isEqualTo("2.04");
        acknowledged.add("c-" + answer.id());
      }
      assertThat(acknowledged).hasSize(fit + 1);
      assertThat(gateway.kept("slow"))
          .extracting(DeviceEvent::givenId)
          .extracting(id -> id.orElseThrow().value())
          .containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  private static List<HttpResponse<String>> answered(
      Map<String, CompletableFuture<HttpResponse<String>>> posts) {
    return posts.values().stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .collect(Collectors.toList());
  }

  private static List<Answer> rest(RawCoap device) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (Optional<Answer> next = device.receiveWithin(2_000);
        next.isPresent();
        next = device.receiveWithin(500)) {
      answers.add(next.get());
    }
    return answers;
  }

  private static CompletableFuture<HttpResponse<String>> send(
      RunningGateway gateway, HttpClient http, String id, int padding) {
    return http.sendAsync(
        HttpRequest.newBuilder(gateway.http("/linli/access/slow"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event(id, padding)))
            .build(),
        BodyHandlers.ofString());
  }

  /** Of as many bytes whatever its id. */
  private static String event(String id, int padding) {
    return "{\"type\":\"a\",\"id\":\"%s\",\"values\":{\"t\":\"%s\"}}"
        .formatted(id, "x".repeat(padding + 5 - id.length()));
  }
}

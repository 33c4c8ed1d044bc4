package org.linli.hub.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.RunningHub.Visitor;
import org.linli.hub.alert.ActionOutcome;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;
import org.linli.hub.trial.RecordingLine.Page;
import org.springframework.dao.TransientDataAccessResourceException;
import tools.jackson.databind.JsonNode;

/**
 * A new floor has its place: participant, listener, channel and page work in a hub that does not
 * know them. Each test uses devices of its own.
 */
class TrialFloorTest {

  private static RunningHub hub;

  @BeforeAll
  static void start(@TempDir Path data) {
    hub = RunningHub.start(data);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void participantIsInTheTransactionOfTheBatch() {
    long applied = applied();
    FailingStore store = hub.bean(FailingStore.class);
    store.failsFor("smoke-rolled-back");
    assertThatThrownBy(
            () -> hub.gateway().reports("smoke-rolled-back", Kind.ENVIRONMENT, "smoke.detected"))
        .isInstanceOf(TransientDataAccessResourceException.class);
    store.failsFor(null);
    hub.gateway().inEpoch(2);

    assertThat(store.seenBefore()).as("counted within the transaction").isEqualTo(1);
    assertThat(counted("smoke-rolled-back")).as("rolled back with the batch").isZero();
    assertThat(applied()).isEqualTo(applied);

    hub.gateway().reports("smoke-rolled-back", Kind.ENVIRONMENT, "smoke.detected");
    assertThat(counted("smoke-rolled-back")).as("committed with the batch").isEqualTo(1);
    assertThat(applied()).isEqualTo(applied + 1);
    await().until(() -> pagesAbout("smoke-rolled-back", hub).size() == 1);
  }

  @Test
  void channelTellsThePersonAndTakesTheAnswer() {
    hub.gateway().reports("smoke-paged", Kind.ENVIRONMENT, "smoke.detected");
    await().until(() -> !pagesAbout("smoke-paged", hub).isEmpty());
    Page page = pagesAbout("smoke-paged", hub).getFirst();
    await().until(() -> through(page).anyMatch("commented"::equals));

    assertThat(hub.bean(Pager.class).comes(page.alert(), page.person()))
        .isInstanceOf(ActionOutcome.Done.class);

    assertThat(through(page)).containsExactly("commented", "acknowledged");
    JsonNode alert = hub.json("/api/v1/alerts/" + page.alert());
    assertThat(alert.get("status").asString()).isEqualTo("acknowledged");
    assertThat(hub.signedInVisitor().get("/alerts/" + page.alert() + "?lang=en").body())
        .contains("Paged " + page.person());
  }

  @Test
  void pageLooksLikeTheOthersInBothLanguages() {
    hub.gateway().reports("door-shown", Kind.ACCESS, "door.opened");
    Visitor visitor = hub.signedInVisitor();

    HttpResponse<String> english = visitor.get("/trial?lang=en");
    assertThat(english.statusCode()).isEqualTo(200);
    assertThat(english.body())
        .contains("<html lang=\"en\"", "<title>Trial floor · Linli</title>")
        .contains("<a href=\"/trial\" aria-current=\"page\">Trial floor</a>")
        .contains("door-shown reported once.", RunningHub.ADMINISTRATOR, "action=\"/sign-out\"")
        .contains("href=\"/trial?lang=zh\"", "sse-connect=\"/api/v1/stream?after=")
        .doesNotContain("??");
    assertThat(visitor.get("/trial?lang=zh").body())
        .contains("<html lang=\"zh-CN\"", "<title>试验层 · 邻里</title>")
        .contains("<a href=\"/trial\" aria-current=\"page\">试验层</a>", "door-shown 上报了 1 次。")
        .doesNotContain("??");
    // What is heard of a device is told to people with the next tick.
    await().until(() -> visitor.get("/devices/door-shown").statusCode() == 200);
    for (String other : List.of("/", "/devices", "/devices/door-shown")) {
      assertThat(visitor.get(other + "?lang=en").body())
          .as(other)
          .contains("<a href=\"/trial\">Trial floor</a>");
    }
    assertThat(english.headers().firstValue("Content-Security-Policy"))
        .isPresent()
        .isEqualTo(visitor.get("/").headers().firstValue("Content-Security-Policy"));
  }

  @Test
  void pageIsRefusedToAStranger() {
    HttpResponse<String> stranger = hub.visitor().get("/trial");

    assertThat(stranger.statusCode()).isEqualTo(302);
    assertThat(stranger.headers().firstValue("Location")).contains("/sign-in");
    assertThat(stranger.body()).doesNotContain("Trial floor");
  }

  @Test
  void streamShowsItsChanges() throws IOException, InterruptedException {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> stream =
          client.send(hub.withToken("/api/v1/stream").build(), BodyHandlers.ofLines());
      Thread.ofVirtual().start(() -> readUntilClosed(stream, lines));
      try {
        hub.gateway().reports("door-streamed", Kind.ACCESS, "door.opened");

        await()
            .until(
                () ->
                    lines.stream()
                        .anyMatch(
                            line ->
                                line.contains("door-streamed") && line.contains("\"reports\":1")));
        assertThat(lines).contains("event: trial-report");
      } finally {
        client.shutdownNow();
      }
    }
  }

  @Test
  void listenerIsToldOnceAfterTheCommitAlsoAfterARestart(@TempDir Path data) {
    RunningHub own = RunningHub.start(data);
    try {
      own.gateway().reports("smoke-before", Kind.ENVIRONMENT, "smoke.detected");
      await().until(() -> pagesAbout("smoke-before", own).size() == 1);
      own.gateway().reports("smoke-before", Kind.ENVIRONMENT, "smoke.detected");
      own.bean(AlertLetters.class).stop();
      own.gateway().reports("smoke-meanwhile", Kind.ENVIRONMENT, "smoke.detected");
      assertThat(own.bean(Letters.class).count()).as("letters before the restart").isEqualTo(1);
    } finally {
      own.close();
    }

    RunningHub again = own.startAgain();
    try {
      again.gateway().reports("smoke-afterwards", Kind.ENVIRONMENT, "smoke.detected");
      await().until(() -> !pagesAbout("smoke-afterwards", again).isEmpty());

      assertThat(pagesAbout("smoke-before", again)).as("told before the restart").isEmpty();
      assertThat(pagesAbout("smoke-meanwhile", again)).hasSize(1);
      assertThat(again.bean(RecordingLine.class).pages())
          .hasSize(2)
          .allMatch(Page::committed, "after the commit");
      assertThat(again.bean(Letters.class).count()).isEqualTo(3);
    } finally {
      again.close();
    }
  }

  private static void readUntilClosed(HttpResponse<Stream<String>> stream, List<String> lines) {
    try {
      stream.body().forEach(lines::add);
    } catch (UncheckedIOException closed) {
      // The test has heard enough.
    }
  }

  private static long applied() {
    return hub.json("/api/v1/ledger").get("applied").asLong();
  }

  private static long counted(String device) {
    return hub.bean(ReportCounts.class)
        .of(new DeviceKey(TestCommunities.SAMPLE, new DeviceId(device)))
        .orElse(0L);
  }

  private static List<Page> pagesAbout(String device, RunningHub of) {
    return of.bean(RecordingLine.class).pages().stream()
        .filter(
            page ->
                of.json("/api/v1/alerts/" + page.alert()).get("device").asString().equals(device))
        .toList();
  }

  /** What was done about the alert through the pager. */
  private static Stream<String> through(Page page) {
    return hub.json("/api/v1/alerts/" + page.alert())
        .get("timeline")
        .valueStream()
        .filter(entry -> entry.get("channel").asString().equals("trial-pager"))
        .map(entry -> entry.get("what").asString());
  }
}

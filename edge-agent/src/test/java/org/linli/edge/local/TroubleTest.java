package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.program.folder.SmallDisk;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThreads;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page and the health page say of a gateway that needs a person. */
class TroubleTest {

  private static final String OPENED = "{\"type\":\"door.opened\"}";
  private static final String SINCE = "[0-9]{2}:[0-9]{2} \\(UTC[+-][0-9]{2}:[0-9]{2}\\)";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private final Random random = new Random(7);

  @AfterAll
  static void close() {
    HTTP.close();
  }

  @Test
  void aDiskThatRefusesIsTheFirstThingThatThePageSaysAndHealthSaysWhy() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder)) {
      gateway.valve().breakDisk(true);
      assertThat(post(gateway, OPENED)).isEqualTo(503);

      JsonNode outbox = component(gateway, "outbox");
      assertThat(outbox.path("status").asString()).isEqualTo("DOWN");
      assertThat(outbox.path("details").path("since").asString()).endsWith("Z");
      assertThat(outbox.path("details").path("why").asString())
          .startsWith("the gateway could not write this down: ");
      assertThat(firstSentence(gateway, "en"))
          .matches(
              "This gateway has taken nothing since "
                  + SINCE
                  + ": it cannot write events to its disk \\(.*the disk refuses.*\\)\\. Devices"
                  + " that keep their events send them again; what others report is lost\\.");
      assertThat(firstSentence(gateway, "zh"))
          .matches(
              "本网关自 "
                  + SINCE
                  + " 起不再接收事件：无法写入磁盘（.*the disk refuses.*）。会保留事件的设备会重新发送；其他设备上报的事件将丢失。");

      gateway.valve().breakDisk(false);
      await()
          .untilAsserted(
              () ->
                  assertThat(firstSentence(gateway, "en"))
                      .isEqualTo("One device has reported since this gateway started."));
    }
  }

  @Test
  @Tag("slow")
  void aFullDiskIsSaidOnThePageAndInHealth() throws Exception {
    try (SmallDisk small = SmallDisk.in(folder, 2);
        RunningGateway gateway = RunningGateway.start(small.path())) {
      Path disk = small.path();
      small.fillUp(disk.resolve("ballast"));
      await().until(() -> post(gateway, large()) == 503);

      assertThat(component(gateway, "outbox").path("details").path("why").asString())
          .isEqualTo(
              "the disk with " + disk.resolve("outbox.db") + " is full: free some space on it");
      assertThat(firstSentence(gateway, "en"))
          .matches(
              "This gateway has taken nothing since "
                  + SINCE
                  + ": the disk with "
                  + disk
                  + " is full\\. Please free some space on it\\. Devices that keep their events"
                  + " send them again; what others report is lost\\.");
      assertThat(firstSentence(gateway, "zh"))
          .matches(
              "本网关自 " + SINCE + " 起不再接收事件：" + disk + " 所在的磁盘已满，请清理空间。会保留事件的设备会重新发送；其他设备上报的事件将丢失。");
    }
  }

  @Test
  @Tag("slow")
  void aFullDiskOnWhoseReserveTheGatewayLivesIsTheFirstThingThatThePageSays() throws Exception {
    try (SmallDisk small = SmallDisk.in(folder, 40);
        RunningGateway gateway = RunningGateway.start(small.path())) {
      Path disk = small.path();
      await().until(() -> Files.exists(disk.resolve("outbox.reserve")));
      Path ballast = disk.resolve("ballast");
      small.fillUp(ballast);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                int answer = post(gateway, large());
                return answer == 204 && firstSentence(gateway, "en").startsWith("The disk with ");
              });

      assertThat(firstSentence(gateway, "en"))
          .matches(
              "The disk with "
                  + disk
                  + " is full since "
                  + SINCE
                  + ", and this gateway goes on with the little room that its reserve left: .*");
      assertThat(firstSentence(gateway, "zh"))
          .matches("自 " + SINCE + " 起，" + disk + " 所在的磁盘已满，本网关正在使用预留空间继续工作：.*");
      JsonNode outbox = component(gateway, "outbox");
      assertThat(outbox.path("status").asString()).isEqualTo("UP");
      assertThat(outbox.path("details").path("degraded").asString())
          .startsWith("The disk is full, and the outbox goes on without its reserve");

      Files.delete(ballast);
      await()
          .untilAsserted(
              () ->
                  assertThat(troublesOrNone(gateway))
                      .doesNotContain("disk with " + disk + " is full"));
      assertThat(component(gateway, "outbox").path("details").path("degraded").asString(""))
          .doesNotContain("goes on without its reserve");
    }
  }

  @Test
  void eventsThatAreGivenUpAreSaidOnThePage() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            folder, "--linli.outbox.waiting-bytes=64KB", "--linli.outbox.quota=1MB")) {
      assertThat(page(gateway, "en")).doesNotContain("has given up");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                for (int i = 0; i < 10; i++) {
                  post(gateway, random());
                }
                return page(gateway, "en").contains("has given up");
              });
      assertThat(troubles(gateway, "en"))
          .containsPattern(
              "<p>Since "
                  + SINCE
                  + " this gateway has given up [0-9,]+ events that waited for the hub, the last at"
                  + " "
                  + SINCE
                  + "; what is given up is lost\\.");
      assertThat(troubles(gateway, "zh"))
          .containsPattern("<p>自 " + SINCE + " 起，本网关已放弃 [0-9,]+ 条等待送达平台的事件，最近一次在 " + SINCE);
      assertThat(page(gateway, "en")).contains("<p>One device lost some, most of all door-1 (");

      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
          Statement statement = other.createStatement()) {
        statement.execute("INSERT INTO shed_device VALUES (0, 69074)");
      }
      assertThat(page(gateway, "en"))
          .contains("<p>One device lost some, most of all door-1 (")
          .contains("<p>69,074 events were of devices that are no longer remembered.</p>")
          .doesNotContain("linli-others");
      assertThat(page(gateway, "zh"))
          .contains("<p>涉及 1 台设备，最多的是 door-1（")
          .contains("<p>其中 69,074 条来自网关已不再记住的设备。</p>");
    }
  }

  @Test
  void aHubThatIsAwayIsSaidInWordsInHealth() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(component(gateway, "uplink").path("details").path("why").asString())
                      .startsWith("The hub at mqtt://127.0.0.1:1 is away (")
                      .endsWith("); what is taken waits on disk"));
      assertThat(component(gateway, "uplink").path("status").asString()).isEqualTo("UP");
    }
  }

  @Test
  void aPartThatFailsIsSaidOnThePage() throws Exception {
    LivingThreads threads = new LivingThreads(Clock.systemUTC());
    try (RunningGateway gateway =
        RunningGateway.start(folder, Map.of("livingThreadsOfTheTest", threads))) {
      threads.guard("mqtt <door>").failed(new IllegalStateException("boom"));

      assertThat(troubles(gateway, "en"))
          .containsPattern(
              "<p>Part of this gateway does not work: mqtt &lt;door&gt; fails and is tried again,"
                  + " the last time at "
                  + SINCE
                  + " \\(java\\.lang\\.IllegalStateException: boom\\)\\. Please keep the log");
      assertThat(troubles(gateway, "zh"))
          .containsPattern(
              "<p>本网关有功能出现故障：mqtt &lt;door&gt; 出错，正在自动重试，最近一次在 "
                  + SINCE
                  + "（java\\.lang\\.IllegalStateException: boom）。日志中有详细原因")
          .doesNotContain("fails", "newest");
    }
  }

  @Test
  void aPartWithoutASignOfLifeIsSaidInTheReadersLanguage() throws Exception {
    AtomicLong nanos = new AtomicLong();
    LivingThreads threads = new LivingThreads(Clock.systemUTC(), nanos::get);
    try (RunningGateway gateway =
        RunningGateway.start(folder, Map.of("livingThreadsOfTheTest", threads))) {
      Heartbeat silent = threads.heartbeat("lift-door", Duration.ofSeconds(5));
      nanos.addAndGet(Duration.ofSeconds(7).toNanos());
      assertThat(troubles(gateway, "zh")).contains("lift-door 已有 7 秒没有响应");
      assertThat(troubles(gateway, "en"))
          .contains("lift-door has given no sign of life for 7 seconds");
      silent.close();
    }
  }

  @Test
  void devicesThatWereForgottenAreSaidWithTheDoorOfThoseThatPushedThemOut() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            folder, "--linli.outbox.waiting-bytes=1MB", "--linli.outbox.quota=24MB")) {
      assertThat(page(gateway, "en")).doesNotContain("forgotten");
      gateway.hubHasEverything();
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> {
                invent(gateway);
                gateway.hubHasEverything();
                return page(gateway, "en").contains("were forgotten since");
              });
      assertThat(page(gateway, "en"))
          .containsPattern(
              "<p>[0-9,]+ devices that nobody registered were forgotten since "
                  + SINCE
                  + ", for want of room; the newest names came from http://127\\.0\\.0\\.1[^ ]*\\."
                  + " Perhaps somebody invents names: please find");
      assertThat(page(gateway, "zh"))
          .containsPattern(
              "<p>自 "
                  + SINCE
                  + " 起，因空间不足已遗忘 [0-9,]+ 台未登记的设备；最近的新设备来自 http://127\\.0\\.0\\.1[^"
                  + " ]*，可能有人在编造设备编号。请排查该来源");
    }
  }

  private int names;

  private void invent(RunningGateway gateway) throws Exception {
    for (int i = 0; i < 300; i++) {
      assertThat(post(gateway, "/linli/access/invented-" + names++, OPENED)).isEqualTo(204);
    }
  }

  /** Nothing makes it shorter. */
  private String random() {
    return IntStream.range(0, 20)
        .mapToObj(
            _ ->
                "{\"type\":\"measurement\",\"values\":{\"note\":\"%s\"}}"
                    .formatted(
                        IntStream.range(0, 20)
                            .mapToObj(_ -> Long.toHexString(random.nextLong()))
                            .collect(Collectors.joining())))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String large() {
    String note = "0123456789".repeat(20);
    return IntStream.range(0, 100)
        .mapToObj(
            i -> "{\"type\":\"measurement\",\"values\":{\"note\":\"%d%s\"}}".formatted(i, note))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static int post(RunningGateway to, String body) throws Exception {
    return post(to, "/linli/access/door-1", body);
  }

  private static int post(RunningGateway to, String path, String body) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(to.http(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static JsonNode component(RunningGateway of, String name) throws Exception {
    return new JsonMapper().readTree(get(of, "/actuator/health")).path("components").path(name);
  }

  private static String page(RunningGateway of, String language) throws Exception {
    return get(of, "/?lang=" + language);
  }

  private static String troubles(RunningGateway of, String language) throws Exception {
    String page = page(of, language);
    int begin = page.indexOf("<div class=\"troubles\">");
    assertThat(begin).as(page).isPositive();
    return page.substring(begin, page.indexOf("</div>", begin));
  }

  private static String troublesOrNone(RunningGateway of) throws Exception {
    String page = page(of, "en");
    int begin = page.indexOf("<div class=\"troubles\">");
    return begin < 0 ? "" : page.substring(begin, page.indexOf("</div>", begin));
  }

  private static String firstSentence(RunningGateway of, String language) throws Exception {
    String page = page(of, language);
    int begin = page.indexOf("<p>") + 3;
    return page.substring(begin, page.indexOf("</p>", begin));
  }

  private static String get(RunningGateway of, String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(of.http(path)).build(), BodyHandlers.ofString()).body();
  }
}

package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway's own pages show of messages that it could not read, or not in full. */
class DeadLettersPageTest {

  private static RunningGateway gateway;
  private static HttpClient http;

  @TempDir static Path data;

  @BeforeAll
  static void start() throws Exception {
    gateway = RunningGateway.start(data);
    http = HttpClient.newHttpClient();
    post("<b>smoke</b> in\r\nhall \u001b[2J".getBytes(StandardCharsets.UTF_8));
    post("烟感报警 七号楼".getBytes(Charset.forName("GB18030")));
    post(("x".repeat(1_022) + "烟".repeat(100)).getBytes(StandardCharsets.UTF_8));
    post(new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1, 2, 0});
    post("--boundary: smoke\0\1\2".getBytes(StandardCharsets.UTF_8));
    post("[{\"type\":\"door.forced\",\"id\":\"7\"},7]".getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  @Test
  void showsThemAsTextTheNewestFirst() throws Exception {
    String page = get("/dead-letters?lang=en");

    assertThat(page)
        .containsSubsequence(
            "bad field",
            "text at first, then 3 bytes",
            "<pre>--boundary: smoke</pre>",
            "Binary, 6 bytes",
            "<pre>ff d8 00 01 02 00</pre>",
            "1,322 bytes; this is the beginning, 298 more",
            "<pre>xxx",
            "<pre>烟感报警 七号楼</pre>",
            "not JSON",
            "May report an emergency (smoke): the hub is told, as unreadable-alarm",
            "From http://127.0.0.1, sent to /linli/access/door-1",
            "<pre>&lt;b&gt;smoke&lt;/b&gt; in\nhall ·[2J</pre>")
        .doesNotContain("\u001b", "<b>", "http-equiv");
    assertThat(get("/dead-letters?lang=zh"))
        .contains(
            "可能涉及人身安全（smoke）：将以 unreadable-alarm 告警上报平台",
            "不是 JSON",
            "来自 http://127.0.0.1，发往 /linli/access/door-1",
            "二进制数据，共 6 字节");
  }

  @Test
  void isWhereThePageOfTheGatewayLeads() throws Exception {
    assertThat(get("/?lang=zh")).contains("<a href=\"/dead-letters?lang=zh\">死信</a>");
    assertThat(get("/?lang=en")).contains("<a href=\"/dead-letters?lang=en\">Dead letters</a>");
  }

  @Test
  void countsWhatWasTakenThoughNotAllOfItCouldBeRead() throws Exception {
    assertThat(get("/?lang=en"))
        .contains("One message was taken since this gateway started though not everything in it");
    assertThat(get("/?lang=zh")).contains("启动以来有 1 条消息未能完整读取");
    assertThat(new JsonMapper().readTree(get("/api/ledger")).get("defectsByProfile").toString())
        .isEqualTo("{\"linli\":1}");
  }

  private static void post(byte[] body) throws Exception {
    http.send(
        HttpRequest.newBuilder(gateway.http("/linli/access/door-1"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.discarding());
  }

  private static String get(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(gateway.http(path)).build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8))
        .body();
  }
}

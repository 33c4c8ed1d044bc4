package org.linli.hub.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.PrintedLines;
import org.linli.hub.RunningHub;
import org.linli.hub.access.UnsafeSettingException;
import org.linli.program.web.OpenConnections;
import org.linli.program.web.WebServerBounds;
import org.linli.program.web.WebServerPulse;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Those who open connections and say nothing, or little, keep out nobody. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class CrowdTest {

  private static final int MOST = 16;

  @TempDir Path data;

  @Test
  void answersBesideManyWhoHaveBegunAForm(CapturedOutput output) throws Exception {
    List<SlowClient> crowd = new ArrayList<>();
    try (RunningHub hub = RunningHub.start(data, "--server.tomcat.max-connections=" + MOST)) {
      for (int i = 0; i < 10 * MOST; i++) {
        crowd.add(SlowClient.of(hub).beginsAForm(16_000));
      }

      assertThat(hub.visitor().get("/sign-in").statusCode()).isEqualTo(200);
      assertThat(hub.bean(WebServerBounds.class).connections().size())
          .isLessThanOrEqualTo(MOST + OpenConnections.CLOSING);
      assertThat(PrintedLines.with("ERROR", output, 0)).isEmpty();
      assertThat(output.toString().split("are closed in favour of newer ones", -1)).hasSize(2);
    } finally {
      for (SlowClient one : crowd) {
        one.close();
      }
    }
  }

  @Test
  void answersBesideManyWhoSayNothing() throws Exception {
    List<SlowClient> crowd = new ArrayList<>();
    try (RunningHub hub = RunningHub.start(data, "--server.tomcat.max-connections=" + MOST)) {
      for (int i = 0; i < 10 * MOST; i++) {
        crowd.add(SlowClient.of(hub));
      }

      assertThat(hub.visitor().get("/sign-in").statusCode()).isEqualTo(200);
    } finally {
      for (SlowClient one : crowd) {
        one.close();
      }
    }
  }

  @Test
  void refusesALargeFormBeforeItComes(CapturedOutput output) throws Exception {
    try (RunningHub hub = RunningHub.start(data);
        SlowClient client = SlowClient.of(hub).beginsAForm(2_000_000);
        SlowClient chunked =
            SlowClient.of(hub)
                .sends(
                    "POST /sign-in HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                        + "5000\r\n"
                        + "a".repeat(0x5000)
                        + "\r\n0\r\n\r\n");
        SlowClient broken =
            SlowClient.of(hub).sends("GET /sign-in?name=%zz HTTP/1.1\r\nHost: hub\r\n\r\n")) {

      assertThat(client.reads()).startsWith("HTTP/1.1 413");
      assertThat(chunked.reads()).startsWith("HTTP/1.1 413");
      assertThat(broken.reads()).startsWith("HTTP/1.1 400");
      assertThat(PrintedLines.with("ERROR", output, 0)).isEmpty();
    }
  }

  @Test
  void takesNoFormButByPost() throws Exception {
    try (RunningHub hub = RunningHub.start(data);
        SlowClient client =
            SlowClient.of(hub)
                .sends(
                    "PUT /sign-in HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 40000\r\n\r\n")) {

      assertThat(client.reads()).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void livesByWhatItAnswers() throws Exception {
    try (RunningHub hub = RunningHub.start(data)) {
      java.net.InetSocketAddress where =
          new java.net.InetSocketAddress("127.0.0.1", Integer.parseInt(hub.port()));

      assertThat(WebServerPulse.answers(where)).isTrue();
      assertThat(hub.json("/actuator/health").get("components").get("threads").toString())
          .contains("web-server");
    }
  }

  @Test
  void refusesMoreConnectionsThanTheHeapCarries() {
    assertThat(WebServerConfiguration.mostOf(null, 512L << 20)).isEqualTo(409);
    assertThat(WebServerConfiguration.mostOf(null, 1L << 20)).isEqualTo(64);
    assertThat(WebServerConfiguration.mostOf(null, 64L << 30)).isEqualTo(2000);
    assertThat(WebServerConfiguration.mostOf(819, 512L << 20)).isEqualTo(819);
    assertThatThrownBy(() -> WebServerConfiguration.mostOf(820, 512L << 20))
        .isInstanceOf(UnsafeSettingException.class)
        .hasMessage("server.tomcat.max-connections is 820, and a heap of 512 MB carries 2 to 819.");
  }
}

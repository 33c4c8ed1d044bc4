package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.event.DeviceEvent;

/** Bodies beyond every limit, and what of them counts all the same (decision 0066). */
class HttpLargeBodyTest {

  private static final String ALARM =
      "<EventNotificationAlert><eventType>fielddetection</eventType>"
          + "<eventState>active</eventState></EventNotificationAlert>";
  private static final String DOCUMENT = "--b\r\nContent-Type: application/xml\r\n\r\n" + ALARM;
  private static final String PICTURE = "--b\r\nContent-Type: image/jpeg\r\n\r\n";
  private static final String MULTIPART = "multipart/form-data; boundary=b";
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.http.patience=2s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** A text of numbers, in which nothing can be cut, before the word. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/linli/access/box-1|application/json|{\"v\":[%s],\"smoke\":true}|413",
        "/linli/access/box-1|application/cbor|%s smoke|413",
        "/linli/access/box-1|text/plain|%s smoke detected|415",
        "/linli/access/box-1|application/senml+json|[%s,{\"n\":\"gas_alarm\",\"vb\":true}]|413",
        "/intake/thingsboard/box-1|application/json|{\"v\":[%s],\"烟雾\":1}|413",
        "/intake/hikvision/box-1|application/xml|<a>%s<b>carbon monoxide</b></a>|413",
        "/intake/hikvision/box-1|multipart/form-data; boundary=b|--b\\nContent-Type:"
            + " application/xml\\n\\n<a>%s<b>sos</b></a>\\n--b--\\n|413",
        "/nowhere|application/json|{\"v\":[%s],\"smoke\":true}|404",
        "/nowhere/else|text/plain|%s fire|404",
      })
  void callsForAWordWhereverItStands(String path, String type, String body, int status)
      throws IOException {
    for (int numbers : new int[] {1_000, 100_000}) {
      long before = gateway.calls();
      byte[] bytes =
          body.replace("\\n", "\r\n")
              .formatted("17000.5,".repeat(numbers) + "1")
              .getBytes(StandardCharsets.UTF_8);

      String answer = post(path, type, bytes.length, out -> out.write(bytes));

      if (numbers > 1_000 || status != 413) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(gateway.calls()).isEqualTo(before + 1);
        assertThat(gateway.lastDeadLetter().size()).isEqualTo(bytes.length);
        assertThat(gateway.lastDeadLetter().sample()).isEqualTo(Arrays.copyOf(bytes, 1_024));
      }
    }
  }

  @Test
  void callsNobodyForWhatIsDeniedFarFromTheBeginning() throws IOException {
    long before = gateway.calls();
    byte[] bytes =
        ("[" + "17000.5,".repeat(100_000) + "{\"smoke\":false,\"fall\":0}]")
            .getBytes(StandardCharsets.UTF_8);

    post("/linli/access/box-1", "application/json", bytes.length, out -> out.write(bytes));

    assertThat(gateway.calls()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 1_024})
  void takesTheAlarmBehindAPictureOfManyMegabytes(int megabytes) throws IOException {
    String device = "cam-" + megabytes;
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) 0xd8);
    byte[] before = PICTURE.getBytes(StandardCharsets.US_ASCII);
    byte[] after = ("\r\n" + DOCUMENT + "\r\n--b--\r\n").getBytes(StandardCharsets.US_ASCII);

    String answer =
        post(
            "/intake/hikvision/" + device,
            MULTIPART,
            before.length + ((long) megabytes << 20) + after.length,
            out -> {
              out.write(before);
              for (int i = 0; i < megabytes; i++) {
                out.write(chunk);
              }
              out.write(after);
            });

    assertThat(answer).startsWith("HTTP/1.1 204");
    DeviceEvent event = gateway.kept(device).getFirst();
    assertThat(event.type().value()).isEqualTo("zone.intruded");
    assertThat(event.values().find("picture-lost")).isPresent();
  }

  @Test
  void readsThePlateBehindAPictureOfManyMegabytesInJson() throws IOException {
    byte[] chunk = "/9j/".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);
    byte[] before =
        "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"imageFile\":\""
            .getBytes(StandardCharsets.US_ASCII);
    byte[] after = "\",\"license\":\"OTM2022\"}}}}".getBytes(StandardCharsets.US_ASCII);

    String answer =
        post(
            "/intake/platecamera/gate-9",
            "application/json",
            before.length + 64L * chunk.length + after.length,
            out -> {
              out.write(before);
              for (int i = 0; i < 64; i++) {
                out.write(chunk);
              }
              out.write(after);
            });

    assertThat(answer).startsWith("HTTP/1.1 204");
    assertThat(gateway.kept("gate-9").getFirst().type().value()).isEqualTo("plate.read");
  }

  /** Its sender breaks off behind the document, whether the line of the next part has come. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "\r\n", "\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n\u00ff\u00d8", "\r\n--"})
  void takesTheAlarmOfASenderThatBreaksOff(String more) throws IOException {
    String device = "cam-" + more.length() + "-off";
    try (Socket socket = connect("/intake/hikvision/" + device, MULTIPART, 900_000)) {
      socket.getOutputStream().write((DOCUMENT + more).getBytes(StandardCharsets.ISO_8859_1));
    }
    await().untilAsserted(() -> assertThat(gateway.kept(device)).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({
    "/intake/hikvision/cam-one, application/xml, <EventNotificationAlert><eventType>fielddetection"
        + "</eventType></EventNotificationAlert>",
    "/linli/access/door-one, application/json,"
        + " '{\"type\":\"door.forced\",\"values\":{\"a\":\"}\"}}'"
  })
  void takesADocumentThatIsWholeThoughMoreWasAnnounced(String path, String type, String body)
      throws IOException {
    try (Socket socket = connect(path, type, 900_000)) {
      socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }
    await()
        .untilAsserted(
            () -> assertThat(gateway.kept(path.substring(path.lastIndexOf('/') + 1))).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"door.forced\"",
        "{\"type\":\"door.forced\",\"values\":{\"a\":\"}",
        "<a><b></b>",
      })
  void countsWhatBreaksOffWithinADocument(String body) throws IOException {
    long before = incomplete();
    try (Socket socket = connect("/intake/thingsboard/off-1", "text/plain", 900_000)) {
      socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
    }
    await().untilAsserted(() -> assertThat(incomplete()).isEqualTo(before + 1));
    assertThat(gateway.kept("off-1")).isEmpty();
  }

  private static long incomplete() {
    return gateway.refusals().getOrDefault("http", Map.of()).getOrDefault("incomplete", 0L);
  }

  /** The picture never comes, because the gateway stops. */
  @Test
  void takesTheAlarmOfAnUploadInWhichItIsStopped(@TempDir Path other) throws IOException {
    // More than the kernel keeps for both ends, so once it is written the gateway reads in it.
    String begun = DOCUMENT + "\r\n" + PICTURE + "x".repeat(40 << 20);
    RunningGateway stopped = RunningGateway.start(other);
    try (Socket socket = connect(stopped, "/intake/hikvision/cam-1", MULTIPART, 99 << 20)) {
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      long began = System.nanoTime();
      stopped.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
    try (RunningGateway again = RunningGateway.start(other)) {
      assertThat(again.kept("cam-1"))
          .singleElement()
          .satisfies(event -> assertThat(event.type().value()).isEqualTo("zone.intruded"));
    }
  }

  /** Writes a body. */
  @FunctionalInterface
  private interface Body {
    void write(OutputStream out) throws IOException;
  }

  private static String post(String path, String type, long length, Body body) throws IOException {
    try (Socket socket = connect(path, type, length)) {
      body.write(socket.getOutputStream());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Socket connect(String path, String type, long length) throws IOException {
    return connect(gateway, path, type, length);
  }

  private static Socket connect(RunningGateway to, String path, String type, long length)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.http("/").getPort());
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            ("POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n"
                    + "Content-Type: %s\r\n\r\n")
                .formatted(path, length, type)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}

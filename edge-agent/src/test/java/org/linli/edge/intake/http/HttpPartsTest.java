package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** Multipart posts that are larger than what the door keeps. */
class HttpPartsTest {

  private static final String ALARM =
      "<EventNotificationAlert><channelID>1</channelID><activePostCount>1</activePostCount>"
          + "<eventType>fielddetection</eventType><eventState>active</eventState>"
          + "</EventNotificationAlert>";
  private static final String DOCUMENT = "--b\r\nContent-Type: application/xml\r\n\r\n%s\r\n";
  private static final String PICTURE = "--b\r\nContent-Type: image/jpeg\r\n\r\n";
  private static final byte[] START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(data, "--linli.http.patience=2s", "--linli.http.request-timeout=6s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void takesTheAlarmOfAPostOf832KilobytesAndCutsItsPicture() throws IOException {
    String answer = post("/intake/hikvision/gate-1", document(), picture(832_000), end());

    assertThat(answer).startsWith("HTTP/1.1 204");
    DeviceEvent event = gateway.kept("gate-1").getFirst();
    assertThat(event.type().value()).isEqualTo("zone.intruded");
    assertThat(event.values().find("picture-lost"))
        .contains(new Value.Text("larger than linli.http.max-message-size"));
    assertThat(event.values().toString()).contains("message of 832259 bytes");
  }

  /** Cameras name another boundary or type than they use. */
  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "multipart/form-data; boundary=another", "text/plain"})
  void cutsThePictureWhateverTheContentTypeSays(String type) throws IOException {
    String camera = "gate-" + type.length();
    byte[] document = document();
    byte[] picture = picture(832_000);
    byte[] end = end();
    int length = document.length + picture.length + end.length;
    try (Socket socket = connect("/intake/hikvision/" + camera, length, type)) {
      OutputStream out = socket.getOutputStream();
      out.write(document);
      out.write(picture);
      out.write(end);
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 204");
    }
    assertThat(gateway.kept(camera).getFirst().values().find("picture-lost")).isPresent();
  }

  @Test
  void keepsTheFirstPictureAndCutsTheSecond() throws IOException {
    String answer =
        post("/intake/hikvision/gate-2", document(), picture(100_000), picture(500_000), end());

    assertThat(answer).startsWith("HTTP/1.1 204");
    DeviceEvent event = gateway.kept("gate-2").getFirst();
    assertThat(event.values().find("picture")).isPresent();
    assertThat(event.values().find("picture-lost")).isPresent();
  }

  @Test
  void takesTheAlarmBehindItsPictures() throws IOException {
    String answer =
        post("/intake/hikvision/gate-3", picture(200_000), picture(400_000), document(), end());

    assertThat(answer).startsWith("HTTP/1.1 204");
    assertThat(gateway.kept("gate-3").getFirst().type().value()).isEqualTo("zone.intruded");
  }

  /** Four pictures fill all the room, and the others have headers alone. */
  @Test
  void takesTheAlarmBehindAsManyPicturesAsThereMayBe() throws IOException {
    byte[] all = picture((64 << 10) - PICTURE.length() - 2);
    byte[][] parts = new byte[31][];
    Arrays.fill(parts, 0, 4, all);
    Arrays.fill(parts, 4, 29, picture(1_000));
    parts[29] = document();
    parts[30] = end();

    assertThat(post("/intake/hikvision/gate-9", parts)).startsWith("HTTP/1.1 204");
    assertThat(gateway.kept("gate-9").getFirst().type().value()).isEqualTo("zone.intruded");
  }

  /** Below the limit of a message and above it. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 30_000})
  void saysHowManyPartsItDidNotRead(int size) throws IOException {
    byte[][] parts = new byte[42][];
    Arrays.fill(parts, picture(size));
    parts[0] = document();
    parts[41] = end();

    assertThat(post("/intake/hikvision/many-" + size, parts)).startsWith("HTTP/1.1 204");
    assertThat(gateway.kept("many-" + size).getFirst().values().toString())
        .contains("at most 32 parts; 9 more are not read");
  }

  @Test
  void letsADocumentTakeTheRoomOfAPicture() throws IOException {
    String large = ALARM.replace("</Event", "<x>" + "y".repeat(90_000) + "</x></Event");
    String answer =
        post(
            "/intake/hikvision/gate-4",
            picture(200_000),
            picture(20_000),
            DOCUMENT.formatted(large).getBytes(StandardCharsets.US_ASCII),
            end());

    assertThat(answer).startsWith("HTTP/1.1 204");
    assertThat(gateway.kept("gate-4").getFirst().type().value()).isEqualTo("zone.intruded");
  }

  @Test
  void takesTheAlarmBeforeAPictureOfAGigabyteInBoundedTime() throws IOException {
    long began = System.nanoTime();
    try (Socket socket = connect("/intake/hikvision/gate-5", 1 << 30)) {
      OutputStream out = socket.getOutputStream();
      byte[] much = new byte[1 << 16];
      out.write(document());
      out.write(PICTURE.getBytes(StandardCharsets.US_ASCII));
      try {
        for (int sent = 0; sent < 1 << 14; sent++) {
          out.write(much);
        }
      } catch (SocketException answeredAndClosed) {
        // It need not read all of it.
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(gateway.kept("gate-5")).hasSize(1));
  }

  @Test
  void takesTheAlarmOfASenderThatBreaksOff() throws IOException {
    try (Socket socket = connect("/intake/hikvision/gate-6", 832_000)) {
      socket.getOutputStream().write(document());
      socket.getOutputStream().write(picture(20_000));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(gateway.kept("gate-6")).hasSize(1));
  }

  @Test
  void refusesPicturesWithoutAnAlarm() throws IOException {
    assertThat(post("/intake/hikvision/gate-7", picture(300_000), picture(300_000), end()))
        .startsWith("HTTP/1.1 413");
    assertThat(gateway.kept("gate-7")).isEmpty();
  }

  @Test
  void readsTwoSlashesAsOne() throws IOException {
    assertThat(post("//intake//hikvision/gate-8?x=1", document(), end()))
        .startsWith("HTTP/1.1 204");
    assertThat(gateway.kept("gate-8")).hasSize(1);
  }

  private static byte[] document() {
    return DOCUMENT.formatted(ALARM).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] picture(int size) {
    byte[] head = PICTURE.getBytes(StandardCharsets.US_ASCII);
    byte[] part = new byte[head.length + size + 2];
    System.arraycopy(head, 0, part, 0, head.length);
    System.arraycopy(START, 0, part, head.length, START.length);
    // Lines that could begin a delimiter, so that they are looked at.
    for (int i = head.length + START.length; i < part.length; i++) {
      part[i] = (byte) (i % 7 == 0 ? '\n' : i % 7 < 3 ? '-' : i);
    }
    part[part.length - 2] = '\r';
    part[part.length - 1] = '\n';
    return part;
  }

  private static byte[] end() {
    return "--b--\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  private static String post(String path, byte[]... parts) throws IOException {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    try (Socket socket = connect(path, length)) {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Socket connect(String path, int length) throws IOException {
    return connect(path, length, "multipart/form-data; boundary=b");
  }

  private static Socket connect(String path, int length, String type) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.http("/").getPort());
    socket.setSoTimeout(20_000);
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

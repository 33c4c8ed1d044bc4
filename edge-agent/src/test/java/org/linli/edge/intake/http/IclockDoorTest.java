package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;

/** The push protocol of ZKTeco's terminals over a real socket. */
class IclockDoorTest {

  private static final Path FIELD = Path.of("src/test/resources/field/36-own-mapping-zkteco");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static RunningGateway gateway;
  private static HttpClient http;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.http.max-message-size=64KB");
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  @Test
  void tellsATerminalItsSettings() throws Exception {
    HttpResponse<String> answer =
        get("/iclock/cdata?SN=A1&options=all&pushver=2.4.1&language=83&pushcommkey=x");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(answer.body())
        .startsWith("GET OPTION FROM: A1\r\n")
        .contains("\r\nATTLOGStamp=None\r\n", "\r\nRealtime=1\r\n", "\r\nTimeZone=8\r\n");
  }

  @Test
  void registersADoorController() throws Exception {
    String code = post("/iclock/registry?SN=B2", "DeviceType=acc,~DeviceName=F20").body().strip();
    String known = get("/iclock/cdata?SN=B2&pushver=3.1.2&DeviceType=acc&options=all").body();

    assertThat(code).matches("RegistryCode=[0-9a-f]{16}");
    assertThat(known).startsWith("registry=ok\r\n" + code + "\r\n").contains("Realtime=1");
    assertThat(post("/iclock/push?SN=B2", "").body()).contains("ServerVersion=3.1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/iclock/getrequest?SN=A1", "/iclock/ping?SN=A1"})
  void hasNoCommands(String path) throws Exception {
    assertThat(get(path).body().strip()).isEqualTo("OK");
    assertThat(post("/iclock/devicecmd?SN=A1", "ID=1&Return=0&CMD=DATA").body().strip())
        .isEqualTo("OK");
  }

  /** Some firmware says that a form comes, whose fields the web server would read itself. */
  @ParameterizedTest
  @CsvSource({
    "attlog.txt, ATTLOG, 2, access.granted",
    "attlog-live.txt, ATTLOG, 1, access.granted",
    "attlog-gbk.txt, ATTLOG, 1, access.granted",
    "rtlog.txt, rtlog, 1, door.forced"
  })
  void takesRecordsOnceHoweverOftenTheyCome(String file, String table, int records, String type)
      throws Exception {
    byte[] body = Files.readAllBytes(FIELD.resolve(file));
    String serial = file.substring(0, file.indexOf('.'));
    String path = "/iclock/cdata?SN=" + serial + "&table=" + table + "&Stamp=9999";

    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = post(path, body, FORM);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().strip()).isEqualTo("OK: " + records);
    }

    assertThat(gateway.kept(serial))
        .hasSize(records)
        .allSatisfy(event -> assertThat(event.type().toString()).isEqualTo(type))
        .allSatisfy(
            event ->
                assertThat(event.values().byName()).doesNotContainKeys("employee", "card", "pin"));
  }

  /** What a door controller kept while nobody took it. */
  @Test
  void takesTheEventsThatAControllerKept() throws Exception {
    String path = "/iclock/cdata?SN=A9&table=tabledata&tablename=transaction&count=2";
    String events =
        """
        transaction cardno=0\tpin=0\tdoorid=1\teventtype=102\tinoutstate=2\ttime_second=%d\tindex=7
        transaction cardno=0\tpin=4\tdoorid=2\teventtype=101\tinoutstate=0\ttime_second=%d\tindex=8
        """
            .formatted(now(), now());

    assertThat(post(path, events).body().strip()).isEqualTo("transaction=2");
    assertThat(post(path, events).body().strip()).isEqualTo("transaction=2");
    assertThat(gateway.kept("A9"))
        .extracting(event -> event.type().value())
        .containsExactly("door.forced");
    assertThat(gateway.kept("A9:sos"))
        .extracting(event -> event.type().value())
        .containsExactly("sos.pressed");
  }

  /** In ZKTeco's calendar, whose months have 31 days. */
  private static long now() {
    LocalDateTime now = LocalDateTime.now(ZoneId.of("Asia/Shanghai"));
    long months = (now.getYear() - 2000) * 12L + now.getMonthValue() - 1;
    return (months * 31 + now.getDayOfMonth() - 1) * 86_400 + now.toLocalTime().toSecondOfDay();
  }

  @Test
  void acknowledgesWhatItCannotReadSoThatItDoesNotComeForEver() throws Exception {
    HttpResponse<String> answer = post("/iclock/cdata?SN=A3&table=ATTLOG", "hello");

    assertThat(answer.body().strip()).isEqualTo("OK: 1");
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.BAD_FIELD);
    assertThat(gateway.lastDeadLetter().sample())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("hello");
  }

  @Test
  void acknowledgesAndKeepsNothingOfPeopleAndPhotos() throws Exception {
    long letter = gateway.lastDeadLetterId();
    byte[] photo = new byte[300_000];

    assertThat(post("/iclock/cdata?SN=A4&table=ATTPHOTO&Stamp=1", photo, "image/jpeg").body())
        .startsWith("OK");
    assertThat(post("/iclock/cdata?SN=A4&table=OPERLOG", "USER PIN=1\tName=Li").body())
        .startsWith("OK: 1");
    assertThat(gateway.lastDeadLetterId()).isEqualTo(letter);
    assertThat(gateway.kept("A4")).isEmpty();
  }

  @Test
  void takesAnUploadLargerThanAMessage() throws Exception {
    int records = 4_000;
    String body =
        IntStream.range(0, records)
            .mapToObj(
                i ->
                    "%d\t2026-11-2%d 0%d:%02d:%02d\t0\t1\t0\t0"
                        .formatted(i, i % 5, i / 3600 % 10, i / 60 % 60, i % 60))
            .collect(Collectors.joining("\r\n", "", "\r\n"));

    HttpResponse<String> answer = post("/iclock/cdata?SN=A5&table=ATTLOG&Stamp=0", body);

    assertThat(answer.body().strip()).isEqualTo("OK: " + records);
    assertThat(gateway.kept("A5")).hasSize(records);
  }

  @Test
  void doesNotAcknowledgeWhatTheDiskRefuses() throws Exception {
    gateway.valve().breakDisk(true);
    try {
      assertThat(
              post("/iclock/cdata?SN=A6&table=ATTLOG", "1\t2026-11-23 13:16:00\t0\t1").statusCode())
          .isEqualTo(503);
    } finally {
      gateway.valve().breakDisk(false);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(
                        post("/iclock/cdata?SN=A6&table=ATTLOG", "1\t2026-11-23 13:16:00\t0\t1")
                            .statusCode())
                    .isEqualTo(200));
    assertThat(gateway.kept("A6")).hasSize(1);
  }

  @Test
  void letsNoWebPageSend() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(gateway.http("/iclock/cdata?SN=A7&table=ATTLOG"))
                .header("Origin", "https://example.org")
                .POST(BodyPublishers.ofString("1\t2026-11-23 13:16:00\t0\t1"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(gateway.kept("A7")).isEmpty();
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.NOT_ALLOWED);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(gateway.http(path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, body.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private static HttpResponse<String> post(String path, byte[] body, String type) throws Exception {
    return http.send(
        HttpRequest.newBuilder(gateway.http(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }
}

package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.intake.coap.RawCoap.ACK;
import static org.linli.edge.intake.coap.RawCoap.BLOCK1;
import static org.linli.edge.intake.coap.RawCoap.CON;
import static org.linli.edge.intake.coap.RawCoap.CONTENT_FORMAT;
import static org.linli.edge.intake.coap.RawCoap.GET;
import static org.linli.edge.intake.coap.RawCoap.NON;
import static org.linli.edge.intake.coap.RawCoap.PUT;
import static org.linli.edge.intake.coap.RawCoap.RST;
import static org.linli.edge.intake.coap.RawCoap.SIZE1;
import static org.linli.edge.intake.coap.RawCoap.message;
import static org.linli.edge.intake.coap.RawCoap.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.edge.intake.coap.RawCoap.Option;

/**
 * What CoAP clients in the field do, byte by byte: libcoap's (RFC 7252, 7959), aiocoap's and
 * Zephyr's habits, small NB-IoT modules, and the options of RFC 7967 and RFC 9175. Uploads have
 * their own test.
 */
class CoapHabitsTest extends CoapDeviceTests {

  private static final String OPENED = "{\"type\":\"door.opened\"}";
  private static final Path FIELD = Path.of("src/test/resources/field");
  private static final int URI_HOST = 3;
  private static final int URI_PORT = 7;
  private static final int ACCEPT = 17;
  private static final int NO_RESPONSE = 258;

  /**
   * @param name of the device too
   * @param type and code of the answer; none for no answer
   */
  private record Habit(String name, byte[] datagram, int type, String code, int kept) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final int NOTHING = -1;

  static Stream<Habit> habits() throws IOException {
    return Stream.of(
        new Habit(
            "libcoap-host-and-port",
            post(
                CON,
                1,
                "0102",
                "/linli/access/libcoap-host-and-port",
                OPENED,
                Option.text(URI_HOST, "gateway.example"),
                Option.number(URI_PORT, 5_683),
                Option.number(CONTENT_FORMAT, 50)),
            ACK,
            "2.04",
            1),
        new Habit(
            "libcoap-no-token",
            post(CON, 2, "", "/linli/access/libcoap-no-token", OPENED),
            ACK,
            "2.04",
            1),
        new Habit(
            "aiocoap-one-block-with-size",
            post(
                CON,
                3,
                "a1b2",
                "/linli/access/aiocoap-one-block-with-size",
                OPENED,
                Option.number(ACCEPT, 50),
                Option.number(BLOCK1, 6),
                Option.number(SIZE1, OPENED.length())),
            ACK,
            "2.04",
            1),
        new Habit(
            "zephyr-token-of-eight",
            post(CON, 4, "0102030405060708", "/linli/access/zephyr-token-of-eight", OPENED),
            ACK,
            "2.04",
            1),
        new Habit(
            "zephyr-echo-at-once",
            post(
                CON, 5, "01", "/linli/access/zephyr-echo-at-once", OPENED, Option.text(ECHO, "e1")),
            ACK,
            "2.04",
            1),
        new Habit(
            "riot-trailing-slash",
            post(CON, 6, "01", "/linli/access/riot-trailing-slash/", OPENED),
            ACK,
            "2.04",
            1),
        new Habit("box-1", hex("24-coap-client-habits/onepath.hex"), ACK, "2.04", 1),
        new Habit(
            "nbiot-leading-slash",
            message(
                CON,
                RawCoap.POST,
                8,
                "01",
                List.of(Option.text(RawCoap.URI_PATH, "/linli/access/nbiot-leading-slash")),
                OPENED),
            ACK,
            "2.04",
            1),
        new Habit(
            "nbiot-non", post(NON, 9, "01", "/linli/access/nbiot-non", OPENED), NON, "2.04", 1),
        new Habit(
            "put",
            message(CON, PUT, 10, "01", List.of(Option.path("/linli/access/put")), OPENED),
            ACK,
            "4.05",
            0),
        new Habit("ping", HexFormat.of().parseHex("4000000b"), RST, "0.00", 0),
        new Habit(
            "rfc8974-token-of-thirteen",
            HexFormat.of().parseHex("4d02000c00" + "01".repeat(13) + "ff7b7d"),
            NOTHING,
            "",
            0),
        new Habit(
            "marker-without-payload",
            HexFormat.of().parseHex("4002000db56c696e6c69ff"),
            RST,
            "0.00",
            0),
        new Habit(
            "empty-message-with-more", HexFormat.of().parseHex("4000000eff01"), RST, "0.00", 0));
  }

  private static byte[] hex(String file) throws IOException {
    return HexFormat.of().parseHex(Files.readString(FIELD.resolve(file)).strip());
  }

  @ParameterizedTest
  @MethodSource("habits")
  void answersWhatClientsAreUsedTo(Habit habit) throws IOException {
    int before = gateway.kept(habit.name()).size();

    device.send(habit.datagram());
    Optional<Answer> answer = device.receiveWithin(habit.type() == NOTHING ? 300 : 5_000);

    if (habit.type() == NOTHING) {
      assertThat(answer).isEmpty();
    } else {
      assertThat(answer.orElseThrow().type()).isEqualTo(habit.type());
      assertThat(answer.orElseThrow().code()).isEqualTo(habit.code());
    }
    assertThat(gateway.kept(habit.name())).hasSize(before + habit.kept());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4002000db56c696e6c69ff",
        "5002000db56c696e6c69ff",
        "4d02000c00010101ff7b7d",
        "c0",
        "40020001b5",
        "4000000eff01"
      })
  void countsWhatIsNoCoap(String hex) throws IOException {
    long before = counted("malformed");

    device.send(HexFormat.of().parseHex(hex));

    await().untilAsserted(() -> assertThat(counted("malformed")).isGreaterThan(before));
  }

  @Test
  void countsEveryRefusal() throws IOException {
    long unknown = counted("unknown-address");
    long method = counted("wrong-method");
    long notJson = counted("not-json");
    long incomplete = counted("incomplete");

    device.exchange(message(CON, GET, 20, "01", List.of(Option.path("/nowhere")), ""));
    device.exchange(post(CON, 21, "01", "/nowhere", OPENED));
    device.exchange(message(CON, GET, 22, "01", List.of(Option.path("/linli/access/x")), ""));
    device.exchange(message(CON, PUT, 23, "01", List.of(Option.path("/linli/access/x")), "y"));
    device.exchange(post(CON, 24, "01", "/linli/access/x", "no json"));
    device.exchange(post(CON, 25, "01", "/linli/access/x", "y", Option.number(BLOCK1, 0x10)));

    assertThat(counted("unknown-address")).isEqualTo(unknown + 2);
    assertThat(counted("wrong-method")).isEqualTo(method + 2);
    assertThat(counted("not-json")).isEqualTo(notJson + 1);
    assertThat(counted("incomplete")).isEqualTo(incomplete + 1);
  }

  private long counted(String kind) {
    return gateway.refusals().getOrDefault("coap", Map.of()).getOrDefault(kind, 0L);
  }

  @Test
  void acknowledgesAConfirmableRequestWhoseResponseNobodyWants() throws IOException {
    byte[] request = hex("26-coap-no-response/noresponse.hex");
    int before = gateway.kept("box-1").size();

    Answer first = device.exchange(request);
    Answer again = device.exchange(request);

    assertThat(HexFormat.of().formatHex(first.bytes())).isEqualTo("60000001");
    assertThat(again.bytes()).isEqualTo(first.bytes());
    assertThat(device.receiveWithin(3_000)).as("the response, after 2 to 3 s").isEmpty();
    assertThat(gateway.kept("box-1")).hasSize(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, door.opened, 2.04",
    "0, 2, door.opened, 0.00",
    "0, 26, door.opened, 0.00",
    "0, 8, door.opened, 2.04",
    "0, 2, , 4.00",
    "0, 8, , 0.00",
    "1, 0, door.opened, 2.04",
    "1, 2, door.opened, nothing",
    "1, 2, , 4.00",
    "1, 8, , nothing",
    "1, 16, door.opened, 2.04"
  })
  void leavesAwayOnlyTheResponsesThatNobodyWants(int type, int mask, String event, String answered)
      throws IOException {
    String payload = event == null ? "no json" : "{\"type\":\"" + event + "\"}";
    int id = 100 + type * 50 + mask;
    device.send(
        post(type, id, "01", "/linli/access/hush-1", payload, Option.number(NO_RESPONSE, mask)));

    Optional<Answer> answer = device.receiveWithin(answered.equals("nothing") ? 400 : 5_000);

    assertThat(answer.map(Answer::code).orElse("nothing")).isEqualTo(answered);
    assertThat(answer.map(Answer::type).orElse(type == CON ? ACK : NON))
        .isEqualTo(type == CON ? ACK : NON);
  }

  /** An empty acknowledgement would say that the event is kept. */
  @Test
  void alwaysTellsAConfirmableRequestThatItIsNotKept() throws IOException {
    try (RunningGateway full = RunningGateway.start(data.resolve("full"));
        RawCoap other = new RawCoap(full)) {
      full.valve().breakDisk(true);
      Answer answer =
          other.exchange(
              post(CON, 1, "01", "/linli/access/x", OPENED, Option.number(NO_RESPONSE, 26)));

      assertThat(answer.code()).isEqualTo("5.03");
      assertThat(answer.type()).isEqualTo(ACK);
    }
  }

  @ParameterizedTest
  @CsvSource({"-N, libcoap-non", "'-O258,0x1a', libcoap-hush", "-b64, libcoap-blocks"})
  void worksWithTheHabitsOfLibcoapsClient(String habit, String name) throws Exception {
    Path client = Path.of("/usr/bin/coap-client-notls");
    assumeThat(Files.isExecutable(client)).isTrue();
    List<String> command = new ArrayList<>(List.of(client.toString(), "-m", "post", "-B", "2"));
    if (habit.length() == 2) {
      command.add(habit);
    } else {
      command.addAll(List.of(habit.substring(0, 2), habit.substring(2)));
    }
    command.addAll(
        List.of(
            "-t",
            "application/json",
            "-e",
            "{\"type\":\"a\",\"values\":{\"t\":\"%s\"}}".formatted("x".repeat(300)),
            gateway.coap("/linli/access/" + name)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(gateway.kept(name)).as(said).hasSize(1);
  }
}

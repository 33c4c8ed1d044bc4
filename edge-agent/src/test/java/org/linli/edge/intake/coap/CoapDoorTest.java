package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.intake.coap.RawCoap.ACK;
import static org.linli.edge.intake.coap.RawCoap.CON;
import static org.linli.edge.intake.coap.RawCoap.NON;
import static org.linli.edge.intake.coap.RawCoap.message;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.edge.intake.coap.RawCoap.Option;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import tools.jackson.dataformat.cbor.CBORMapper;

class CoapDoorTest {

  private static final int JSON = MediaTypeRegistry.APPLICATION_JSON;
  private static final int CBOR = MediaTypeRegistry.APPLICATION_CBOR;

  private static RunningGateway gateway;
  private static CoapEndpoint endpoint;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.coap.max-message-size=16KB");
    Configuration configuration =
        Configuration.createStandardWithoutFile()
            .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 20 * 1024 * 1024);
    endpoint = CoapEndpoint.builder().setConfiguration(configuration).setPort(0).build();
  }

  @AfterAll
  static void stop() {
    endpoint.destroy();
    gateway.close();
  }

  @Test
  void answersOnlyAfterTheCommit() throws Exception {
    AtomicReference<@Nullable CoapResponse> answer = new AtomicReference<>();
    gateway.valve().close();
    try {
      client("/linli/elevator/lift-1")
          .post(
              new CoapHandler() {
                @Override
                public void onLoad(CoapResponse response) {
                  answer.set(response);
                }

                @Override
                public void onError() {}
              },
              "{\"type\":\"passenger.trapped\"}",
              JSON);
      await()
          .during(Duration.ofMillis(600))
          .atMost(Duration.ofSeconds(3))
          .until(() -> answer.get() == null);
    } finally {
      gateway.valve().open();
    }

    await().untilAsserted(() -> assertThat(answer.get()).isNotNull());
    assertThat(answer.get()).extracting(CoapResponse::getCode).isEqualTo(ResponseCode.CHANGED);
    assertThat(gateway.kept("lift-1"))
        .as("repeated by the device meanwhile, taken once")
        .hasSize(1);
  }

  @Test
  void takesCbor() throws Exception {
    byte[] cbor =
        new CBORMapper()
            .writeValueAsBytes(Map.of("type", "measurement", "values", Map.of("co2", 612)));

    assertThat(client("/linli/environment/air-1").post(cbor, CBOR).getCode())
        .isEqualTo(ResponseCode.CHANGED);
    assertThat(gateway.kept("air-1"))
        .singleElement()
        .extracting(DeviceEvent::kind)
        .isEqualTo(Kind.ENVIRONMENT);
  }

  @Test
  void takesAMessageInBlocks() throws Exception {
    String text = "x".repeat(900);
    String array =
        "["
            + "{\"type\":\"a\",\"values\":{\"t\":\"%s\"}},".formatted(text).repeat(9)
            + "{\"type\":\"a\"}]";

    assertThat(client("/linli/care/bed-1").post(array, JSON).getCode())
        .isEqualTo(ResponseCode.CHANGED);
    assertThat(gateway.kept("bed-1")).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/linli/access/door-1|50|{\"type\":|BAD_REQUEST|NOT_JSON|line 1, column 9",
        "/linli/access/door-1|60|{\"type\"|BAD_REQUEST|NOT_CBOR|byte",
        "/linli/access/door-1|50|[{\"type\":\"measurement\"},{}]|BAD_REQUEST|MISSING_FIELD|event 2:"
            + " type: is missing",
        "/linli/access/door-1|41|<event/>|UNSUPPORTED_CONTENT_FORMAT|UNSUPPORTED_FORMAT|content"
            + " format 41",
        "/linli/doors/door-1|50|{\"type\":\"a\"}|NOT_FOUND|UNKNOWN_KIND|kind doors is none of",
        "/linli/access|50|{\"type\":\"a\"}|NOT_FOUND|UNKNOWN_ADDRESS|/linli/{kind}/{deviceId}",
        "/linli/access/door-1/x|50|{\"type\":\"a\"}|NOT_FOUND|UNKNOWN_ADDRESS|/linli/{kind}/{deviceId}",
      })
  void refusesWithADiagnosticOnceTheDeadLetterIsKept(
      String path,
      int format,
      String payload,
      ResponseCode code,
      RefusalReason reason,
      String detail)
      throws Exception {
    CoapResponse response = client(path).post(payload, format);

    assertThat(response.getCode()).isEqualTo(code);
    assertThat(response.getResponseText()).contains(detail);
    assertThat(gateway.lastDeadLetter())
        .satisfies(
            letter -> {
              assertThat(letter.refusal().reason()).isEqualTo(reason);
              assertThat(letter.source()).startsWith("coap://127.0.0.1:");
            });
    assertThat(gateway.kept("door-1")).as("an array is refused whole").isEmpty();
  }

  @Test
  void asksTheDeviceToComeAgainWhenTheDiskRefuses() throws Exception {
    gateway.valve().breakDisk(true);
    try {
      CoapResponse response =
          client("/linli/access/door-9").post("{\"type\":\"door.opened\"}", JSON);

      assertThat(response.getCode()).isEqualTo(ResponseCode.SERVICE_UNAVAILABLE);
      assertThat(response.getOptions().getMaxAge()).isEqualTo(5);
    } finally {
      gateway.valve().breakDisk(false);
    }
  }

  @Test
  void refusesTenMegabytesAndLivesOn() throws Exception {
    CoapResponse response =
        client("/linli/access/door-2")
            .post("x".repeat(10 * 1024 * 1024).getBytes(StandardCharsets.UTF_8), JSON);

    assertThat(response.getCode()).isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
    assertThat(response.getResponseText()).contains("16384");
    assertThat(client("/linli/access/door-2").post("{\"type\":\"door.opened\"}", JSON).getCode())
        .isEqualTo(ResponseCode.CHANGED);
  }

  @Test
  void tellsWhereEventsGo() throws Exception {
    assertThat(client("/.well-known/core").get().getResponseText())
        .contains("</linli>")
        .contains("</linli/elevator>;ct=\"50 60 110 112\";rt=\"linli.event\"")
        .contains("</linli/parcel>")
        .contains("rt=\"linli.event\"")
        .contains("ct=\"50 60 110 112\"");
    assertThat(client("/linli/access/door-1").get().getCode())
        .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
  }

  @Test
  void writesNoFileOfItsOwn() {
    assertThat(Files.exists(Path.of("Californium3.properties"))).isFalse();
  }

  /** RFC 7252 section 5.8: a method code that nobody knows gets 4.05, piggybacked on the ACK. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 12, 29, 30, 31})
  void answersAnUnknownMethodWith405(int method) throws Exception {
    long letter = gateway.lastDeadLetterId();
    try (RawCoap device = new RawCoap(gateway)) {
      for (String path :
          List.of("/linli/access/door-1", "/elsewhere/door-1", "/.well-known/core")) {
        Answer answer =
            device.exchange(
                message(CON, method, 100 + path.length(), "aa", List.of(Option.path(path)), ""));

        assertThat(answer.code()).isEqualTo("4.05");
        assertThat(answer.type()).isEqualTo(ACK);
        assertThat(answer.id()).isEqualTo(100 + path.length());
        assertThat(answer.token()).isEqualTo("aa");
        assertThat(answer.payload())
            .startsWith("method 0.%02d takes no events; POST them to".formatted(method));
      }
      Answer answer =
          device.exchange(
              message(NON, method, 7, "bb", List.of(Option.path("/linli/access/door-1")), ""));
      assertThat(answer.code()).isEqualTo("4.05");
      assertThat(answer.type()).isEqualTo(NON);
      assertThat(answer.token()).isEqualTo("bb");
    }
    assertThat(gateway.lastDeadLetterId()).as("nothing was sent to be lost").isEqualTo(letter);
  }

  @Test
  void keepsWhatCameWithAnUnknownMethodAsADeadLetter() throws Exception {
    try (RawCoap device = new RawCoap(gateway)) {
      Answer answer =
          device.exchange(
              message(CON, 12, 1, "cc", List.of(Option.path("/linli/access/door-1")), "opened"));

      assertThat(answer.code()).isEqualTo("4.05");
      assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.WRONG_METHOD);
      assertThat(gateway.lastDeadLetter().sample()).asString().isEqualTo("opened");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, GET", "3, PUT", "4, DELETE", "5, FETCH", "6, PATCH", "7, IPATCH"})
  void answersEveryKnownMethodButPostWith405(int method, String name) throws Exception {
    try (RawCoap device = new RawCoap(gateway)) {
      for (int type : List.of(CON, NON)) {
        Answer answer =
            device.exchange(
                message(type, method, 5 + type, "dd", List.of(Option.path("/linli/access/d")), ""));

        assertThat(answer.code()).isEqualTo("4.05");
        assertThat(answer.type()).isEqualTo(type == CON ? ACK : NON);
        assertThat(answer.payload())
            .isEqualTo("there is nothing to " + name + " here; events are POSTed");
      }
    }
  }

  private CoapClient client(String path) {
    CoapClient client = new CoapClient(gateway.coap(path));
    client.setEndpoint(endpoint);
    client.setTimeout(20_000L);
    return client;
  }
}

package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.outbox.DeadLetter;
import org.linli.event.DeviceEvent;

/** The same bad input at both doors: the answer, the dead letter, and that the door lives on. */
class BadInputTest {

  private static final byte[] GOOD = "{\"type\":\"a\"}".getBytes(StandardCharsets.UTF_8);
  private static RunningGateway gateway;
  private static HttpClient http;
  private static CoapEndpoint endpoint;

  @TempDir static Path data;

  /** The doors whose answers carry a reason. */
  enum Door {
    HTTP {
      @Override
      String say(RefusalReason reason) {
        return switch (reason) {
          case NOT_JSON, NOT_CBOR, NOT_XML -> "400";
          case MISSING_FIELD, BAD_FIELD, BAD_DEVICE_ID, BAD_OPTION -> "400";
          case NOT_ALLOWED -> "403";
          case UNKNOWN_ADDRESS, UNKNOWN_KIND -> "404";
          case WRONG_METHOD -> "405";
          case TOO_LARGE -> "413";
          case TOO_MANY_DEVICES -> "503";
          case UNSUPPORTED_FORMAT -> "415";
          case NOTHING_IN_IT, PROFILE_FAILED -> "422";
        };
      }

      @Override
      List<String> send(String path, boolean cbor, byte[] content) throws Exception {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(gateway.http("/linli/" + path))
                    .header("Content-Type", cbor ? "application/cbor" : "application/json")
                    .POST(BodyPublishers.ofByteArray(content))
                    .build(),
                BodyHandlers.ofString());
        return List.of(String.valueOf(answer.statusCode()), answer.body());
      }
    },
    COAP {
      @Override
      String say(RefusalReason reason) {
        return switch (reason) {
          case NOT_JSON, NOT_CBOR, NOT_XML, MISSING_FIELD, BAD_FIELD, BAD_DEVICE_ID -> "4.00";
          case BAD_OPTION -> "4.02";
          case NOT_ALLOWED -> "4.03";
          case UNKNOWN_ADDRESS, UNKNOWN_KIND -> "4.04";
          case WRONG_METHOD -> "4.05";
          case TOO_LARGE -> "4.13";
          case TOO_MANY_DEVICES -> "5.03";
          case UNSUPPORTED_FORMAT -> "4.15";
          case NOTHING_IN_IT, PROFILE_FAILED -> "4.22";
        };
      }

      @Override
      List<String> send(String path, boolean cbor, byte[] content) throws Exception {
        Request request = Request.newPost();
        request.setURI(gateway.coap("/linli"));
        // One option for each part, as the device would write it: a client splits at %2F.
        for (String part : path.split("/")) {
          request.getOptions().addUriPath(URLDecoder.decode(part, StandardCharsets.UTF_8));
        }
        request
            .getOptions()
            .setContentFormat(
                cbor ? MediaTypeRegistry.APPLICATION_CBOR : MediaTypeRegistry.APPLICATION_JSON);
        request.setPayload(content);
        CoapClient client = new CoapClient();
        client.setEndpoint(endpoint);
        client.setTimeout(10_000L);
        CoapResponse answer = client.advanced(request);
        return List.of(answer.getCode().text, answer.getResponseText());
      }
    };

    abstract String say(RefusalReason reason);

    /** The code of the answer, and what it says. */
    abstract List<String> send(String path, boolean cbor, byte[] content) throws Exception;

    String taken() {
      return this == HTTP ? "204" : "2.04";
    }
  }

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data, "--linli.http.max-message-size=16KB", "--linli.coap.max-message-size=16KB");
    http = HttpClient.newHttpClient();
    endpoint =
        CoapEndpoint.builder()
            .setConfiguration(
                Configuration.createStandardWithoutFile()
                    .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 20 * 1024 * 1024))
            .setPort(0)
            .build();
  }

  @AfterAll
  static void stop() {
    endpoint.destroy();
    http.close();
    gateway.close();
  }

  static List<Object[]> everywhere() {
    return Arrays.stream(Door.values())
        .flatMap(door -> BadInput.all().map(input -> new Object[] {door, input}))
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everywhere")
  void isRefusedWithItsReasonKeptAndSurvived(Door door, BadInput input) throws Exception {
    long before = gateway.lastDeadLetterId();

    List<String> answer = door.send(input.path(), input.cbor(), input.content());

    assertThat(answer.getFirst()).as(answer.getLast()).isEqualTo(door.say(input.reason()));
    assertThat(answer.getLast()).contains(input.detail());
    DeadLetter letter = gateway.lastDeadLetter();
    assertThat(letter.id()).as("one dead letter").isEqualTo(before + 1);
    assertThat(letter.refusal().reason()).isEqualTo(input.reason());
    assertThat(letter.refusal().detail()).contains(input.detail());
    assertThat(letter.sample().length).isLessThanOrEqualTo(1_024);
    assertThat(gateway.kept("matrix-1")).as("nothing of it was taken").isEmpty();
    assertThat(door.send("access/alive-1", false, GOOD).getFirst()).isEqualTo(door.taken());
  }

  @ParameterizedTest
  @EnumSource
  void keepsATimeThatCannotBeAsTheDevicesOwn(Door door) throws Exception {
    String device = "clock-" + door.ordinal();
    for (String time : List.of("1970-01-01T00:00:00Z", "2090-01-01T00:00:00Z")) {
      Instant before = Instant.now();
      assertThat(door.send("access/" + device, false, event("a", time)).getFirst())
          .isEqualTo(door.taken());

      DeviceEvent kept = gateway.kept(device).getLast();
      assertThat(kept.deviceTime()).isEqualTo(Instant.parse(time));
      assertThat(kept.time()).isBetween(before.minusMillis(1), Instant.now());
      assertThat(Duration.between(kept.time(), kept.takenAt())).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesTheSameIdOnceAlsoWithOtherContent(Door door) throws Exception {
    String device = "again-" + door.ordinal();
    long repeated = gateway.ledger().repeated();
    for (String type : List.of("door.opened", "door.opened", "door.closed")) {
      assertThat(
              door.send(
                      "access/" + device,
                      false,
                      "{\"type\":\"%s\",\"id\":\"x-1\"}"
                          .formatted(type)
                          .getBytes(StandardCharsets.UTF_8))
                  .getFirst())
          .isEqualTo(door.taken());
    }

    assertThat(gateway.kept(device))
        .as("the first")
        .singleElement()
        .extracting(kept -> kept.type().value())
        .isEqualTo("door.opened");
    assertThat(gateway.ledger().repeated()).isEqualTo(repeated + 2);
    assertThat(gateway.ledger().balances()).isTrue();
  }

  private static byte[] event(String type, String time) {
    return "{\"type\":\"%s\",\"time\":\"%s\"}"
        .formatted(type, time)
        .getBytes(StandardCharsets.UTF_8);
  }
}

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
import static org.linli.edge.intake.coap.RawCoap.PROXY_URI;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.edge.intake.coap.RawCoap.Option;
import org.linli.edge.outbox.DeadLetter;

/** The CoAP door as its datagrams show it. */
class CoapWireTest extends CoapDeviceTests {

  private static final String OPENED = "{\"type\":\"door.opened\"}";

  @Override
  String[] settings() {
    return new String[] {
      "--linli.coap.max-message-size=4KB",
      "--linli.coap.unfinished-messages=20",
      "--linli.coap.block-timeout=1s",
      "--linli.coap.remembered-requests=200"
    };
  }

  @Test
  void answersTheSameRequestTheSameWayAndKeepsOneEvent() throws IOException {
    byte[] request = post(CON, 4711, "a1b2c3", "/linli/access/again-1", OPENED);

    Answer first = device.exchange(request);
    Answer second = device.exchange(request);

    assertThat(first.code()).isEqualTo("2.04");
    assertThat(first.type()).isEqualTo(ACK);
    assertThat(first.id()).isEqualTo(4711);
    assertThat(first.token()).isEqualTo("a1b2c3");
    assertThat(second.bytes()).isEqualTo(first.bytes());
    assertThat(gateway.kept("again-1")).hasSize(1);
  }

  @Test
  void repeatsARefusalWithoutASecondDeadLetter() throws IOException {
    byte[] request = post(CON, 4712, "a1", "/linli/access/again-2", "door opened");

    Answer first = device.exchange(request);
    long letter = gateway.lastDeadLetter().id();

    assertThat(first.code()).isEqualTo("4.00");
    assertThat(device.exchange(request).bytes()).isEqualTo(first.bytes());
    assertThat(gateway.lastDeadLetter().id()).isEqualTo(letter);
  }

  @Test
  void takesTheSameMessageIdWithAnotherTokenAsAnotherRequest() throws IOException {
    device.exchange(post(CON, 1, "01", "/linli/access/restarted-1", OPENED));

    Answer second = device.exchange(post(CON, 1, "02", "/linli/access/restarted-1", OPENED));

    assertThat(second.token()).isEqualTo("02");
    assertThat(gateway.kept("restarted-1")).hasSize(2);
  }

  @Test
  void answersANonConfirmableRequestNonConfirmably() throws IOException {
    byte[] request = post(NON, 77, "aa", "/linli/access/non-1", OPENED);

    Answer answer = device.exchange(request);
    device.send(request);

    assertThat(answer.type()).isEqualTo(NON);
    assertThat(answer.code()).isEqualTo("2.04");
    assertThat(answer.token()).isEqualTo("aa");
    device.receiveWithin(300);
    assertThat(gateway.kept("non-1")).as("a repeated NON is one event too").hasSize(1);
  }

  @Test
  void refusesAnUnknownCriticalOptionWithADiagnosticAndADeadLetter() throws IOException {
    Answer answer =
        device.exchange(
            post(CON, 5, "bb", "/linli/access/door-1", OPENED, Option.text(2_049, "x")));

    assertThat(answer.code()).isEqualTo("4.02");
    assertThat(answer.type()).isEqualTo(ACK);
    assertThat(answer.payload()).isEqualTo("option 2049 is critical and not known here");
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.BAD_OPTION);
    assertThat(gateway.lastDeadLetter().sample()).asString().isEqualTo(OPENED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9})
  void refusesConditionsItCannotHoldTo(int option) throws IOException {
    Answer answer =
        device.exchange(
            post(
                CON,
                20 + option,
                "bb",
                "/linli/access/door-1",
                OPENED,
                Option.text(option, option == 1 ? "x" : "")));

    assertThat(answer.code()).isEqualTo("4.02");
    assertThat(answer.payload()).contains("(" + option + ") is critical");
  }

  @Test
  void resetsANonConfirmableRequestWithAnUnknownCriticalOption() throws IOException {
    Answer answer =
        device.exchange(
            post(NON, 6, "bb", "/linli/access/door-1", OPENED, Option.text(2_049, "x")));

    assertThat(answer.type()).isEqualTo(RST);
    assertThat(answer.id()).isEqualTo(6);
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.BAD_OPTION);
  }

  @Test
  void passesOverAnUnknownElectiveOption() throws IOException {
    Answer answer =
        device.exchange(
            post(CON, 7, "bb", "/linli/access/elective-1", OPENED, Option.text(2_050, "x")));

    assertThat(answer.code()).isEqualTo("2.04");
  }

  @Test
  void saysWhyAPathOrAMethodIsNotForEvents() throws IOException {
    Answer elsewhere = device.exchange(post(CON, 8, "bb", "/events/door-1", OPENED));
    assertThat(elsewhere.code()).isEqualTo("4.04");
    assertThat(elsewhere.payload()).contains("/linli/{kind}/{deviceId}");
    assertThat(gateway.lastDeadLetter().refusal().reason())
        .isEqualTo(RefusalReason.UNKNOWN_ADDRESS);

    Answer put =
        device.exchange(
            message(CON, PUT, 9, "bb", List.of(Option.path("/linli/access/door-1")), OPENED));
    assertThat(put.code()).isEqualTo("4.05");
    assertThat(put.payload()).contains("POST them to");
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.WRONG_METHOD);

    long letter = gateway.lastDeadLetter().id();
    Answer get =
        device.exchange(
            message(CON, GET, 10, "bb", List.of(Option.path("/linli/access/door-1")), ""));
    assertThat(get.code()).isEqualTo("4.05");
    assertThat(get.payload()).contains("events are POSTed");
    Answer getElsewhere =
        device.exchange(
            message(CON, GET, 11, "bb", List.of(Option.path("/elsewhere/devices/door-1")), ""));
    assertThat(getElsewhere.code()).isEqualTo("4.04");
    assertThat(getElsewhere.payload()).contains("/linli/{kind}/{deviceId}");
    Answer proxy =
        device.exchange(
            message(CON, GET, 12, "bb", List.of(Option.text(PROXY_URI, "coap://x/y")), ""));
    assertThat(proxy.code()).isEqualTo("5.05");
    assertThat(gateway.lastDeadLetter().id()).as("nothing was sent to be lost").isEqualTo(letter);
  }

  @Test
  void refusesAnAnnouncedUploadAtItsFirstBlockWithSize1AndADeadLetter() throws IOException {
    Answer answer =
        device.exchange(
            post(
                CON,
                30,
                "cc",
                "/linli/access/large-1",
                "x".repeat(1_024),
                Option.number(BLOCK1, 0x0e),
                Option.number(SIZE1, 10_000_000)));

    assertThat(answer.code()).isEqualTo("4.13");
    assertThat(answer.payload()).contains("10000000 bytes, at most 4096 bytes are taken");
    assertThat(answer.bytes()).as("Size1 4096").containsSequence(0x10, 0x00);
    DeadLetter letter = gateway.lastDeadLetter();
    assertThat(letter.refusal().reason()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(letter.size()).isEqualTo(10_000_000);
    assertThat(letter.sample()).hasSize(1_024).startsWith('x');
  }

  @Test
  void refusesAnUploadThatGrowsTooLargeWithADeadLetterBeforeTheAnswer() throws IOException {
    for (int block = 0; block < 4; block++) {
      assertThat(device.exchange(block(40 + block, "/linli/access/large-2", block)).code())
          .isEqualTo("2.31");
    }
    long before = gateway.lastDeadLetterId();
    gateway.valve().close();
    try {
      device.send(block(44, "/linli/access/large-2", 4));
      assertThat(device.receiveWithin(400)).as("not before the disk has it").isEmpty();
    } finally {
      gateway.valve().open();
    }

    assertThat(device.receive().code()).isEqualTo("4.13");
    DeadLetter letter = gateway.lastDeadLetter();
    assertThat(letter.id()).isEqualTo(before + 1);
    assertThat(letter.size()).isEqualTo(5 * 1_024);
    assertThat(letter.refusal().detail()).contains("more than 5120 bytes, at most 4096");
  }

  @Test
  void keepsNoMoreThanAFewUnfinishedUploads() throws IOException {
    List<RawCoap> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        RawCoap one = new RawCoap(gateway);
        crowd.add(one);
        assertThat(one.exchange(block(50, "/linli/access/crowd-" + i, 0)).code()).isEqualTo("2.31");
      }
      List<String> next = new ArrayList<>();
      for (int i = 0; i < crowd.size(); i++) {
        next.add(crowd.get(i).exchange(block(51, "/linli/access/crowd-" + i, 1)).code());
      }

      assertThat(next).filteredOn("2.31"::equals).hasSizeBetween(10, 20);
      assertThat(next).filteredOn("4.08"::equals).hasSizeBetween(40, 50);
    } finally {
      crowd.forEach(RawCoap::close);
    }
    assertThat(device.exchange(post(CON, 52, "dd", "/linli/access/crowd", OPENED)).code())
        .isEqualTo("2.04");
    AtomicInteger id = new AtomicInteger(1_000);
    await()
        .untilAsserted(
            () -> {
              device.exchange(block(id.incrementAndGet(), "/linli/access/crowd", 0));
              assertThat(device.exchange(block(id.incrementAndGet(), "/linli/access/crowd", 1)))
                  .as("room again once the unfinished ones are given up")
                  .extracting(Answer::code)
                  .isEqualTo("2.31");
            });
  }

  @Test
  void takesALargerDatagramThanItMust() throws IOException {
    String values =
        "{\"type\":\"a\",\"values\":{\"t\":\"%s\",\"u\":\"%s\",\"w\":\"%s\"}}"
            .formatted("x".repeat(1_000), "x".repeat(1_000), "x".repeat(1_000));

    assertThat(device.exchange(post(CON, 53, "dd", "/linli/access/fat-1", values)).code())
        .isEqualTo("2.04");
    Answer tooFat = device.exchange(post(CON, 54, "dd", "/linli/access/fat-1", "x".repeat(5_000)));
    assertThat(tooFat.code()).isEqualTo("4.13");
    assertThat(gateway.lastDeadLetter().size()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "40",
        "ffffffff",
        "4f020001",
        "49020001000102030405060708",
        "4002000140",
        "40020001b5",
        "40020001ff",
        "40020001f0",
        "400200011f",
        "40ff0001",
        "60440001",
        "70000001",
        "4002000100ff00",
      })
  void livesOnAfterWhatIsNoCoap(String hex) throws IOException {
    device.send(HexFormat.of().parseHex(hex));

    // By another, as what is answered to the first may come at any time.
    try (RawCoap other = new RawCoap(gateway)) {
      assertThat(other.exchange(post(CON, 60, "ee", "/linli/access/alive-1", OPENED)).code())
          .isEqualTo("2.04");
    }
  }

  @Test
  void keepsOnlyTheNewestRequestsOfManySources() throws IOException {
    byte[] request = post(CON, 61, "ef", "/linli/access/flood-1", OPENED);
    device.exchange(request);
    for (int i = 0; i < 220; i++) {
      try (RawCoap other = new RawCoap(gateway)) {
        other.exchange(post(CON, 62, "ef", "/linli/access/flood-2", OPENED));
      }
    }

    device.exchange(request);

    await()
        .untilAsserted(
            () ->
                assertThat(gateway.kept("flood-1"))
                    .as("pushed out by others, so that its memory is bounded")
                    .hasSize(2));
  }

  @Test
  void worksWithLibcoapsClient() throws Exception {
    Path client = Path.of("/usr/bin/coap-client-notls");
    assumeThat(Files.isExecutable(client)).isTrue();
    Process process =
        new ProcessBuilder(
                client.toString(),
                "-m",
                "post",
                "-t",
                "application/json",
                "-b",
                "256",
                "-e",
                "{\"type\":\"a\",\"values\":{\"t\":\"%s\"}}".formatted("x".repeat(900)),
                gateway.coap("/linli/access/libcoap-1"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(gateway.kept("libcoap-1")).as(said).hasSize(1);
  }

  private static byte[] block(int id, String path, int number) {
    return post(
        CON,
        id,
        "cc",
        path,
        "x".repeat(1_024),
        Option.number(CONTENT_FORMAT, 50),
        Option.number(BLOCK1, number << 4 | 0x0e));
  }

  @Test
  void listsToAnAddressThatNobodyKnowsAtMostThreeTimesWhatCame() throws IOException {
    try (RawCoap coap = new RawCoap(gateway)) {
      byte[] list =
          RawCoap.message(
              RawCoap.CON,
              RawCoap.GET,
              4_711,
              "",
              List.of(RawCoap.Option.path("/.well-known/core")),
              "");
      assertThat(coap.exchange(list).bytes()).hasSizeLessThanOrEqualTo(3 * list.length);
    }
  }
}

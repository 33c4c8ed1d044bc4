package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.intake.coap.RawCoap.BLOCK1;
import static org.linli.edge.intake.coap.RawCoap.CON;
import static org.linli.edge.intake.coap.RawCoap.CONTENT_FORMAT;
import static org.linli.edge.intake.coap.RawCoap.GET;
import static org.linli.edge.intake.coap.RawCoap.NON;
import static org.linli.edge.intake.coap.RawCoap.PUT;
import static org.linli.edge.intake.coap.RawCoap.message;
import static org.linli.edge.intake.coap.RawCoap.post;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.edge.intake.coap.RawCoap.Option;
import org.linli.program.thread.LivingThreads;

/** Many who send, and a device beside them. */
class CoapFloodTest {

  private static final int CROWD = 200;
  private static final String OPENED = "{\"type\":\"door.opened\"}";

  /** RFC 7252 section 4.8: a device sends a message five times at most. */
  private static final int TRIES = 5;

  private static final int PATIENCE_MILLIS = 2_000;

  private static final LivingThreads LIVING = new LivingThreads(Clock.systemUTC());

  private static RunningGateway gateway;

  @TempDir static Path data;

  private final AtomicInteger ids = new AtomicInteger();

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, new DoorMemory(48L << 20));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void answersADeviceWhileTwoHundredPortsSendMoreThanCanBeRead() throws Exception {
    CoapDoor slow = CoapHeartbeatTest.door(CoapFloodTest::takesSlowly, LIVING);
    slow.start();
    List<RawCoap> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(new RawCoap(slow.port()));
    }
    Thread flood = Thread.ofPlatform().start(() -> floods(crowd));
    try (RawCoap device = new RawCoap(slow.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(asks(device, post(CON, i, "ab", "/linli/access/beside", OPENED)))
            .as("request %d", i)
            .map(Answer::code)
            .contains("2.04");
      }
    } finally {
      flood.interrupt();
      flood.join();
      crowd.forEach(RawCoap::close);
      slow.stop();
    }
  }

  /** Some two thousand a second, by the door's two threads. */
  private static void takesSlowly(Message message) {
    LockSupport.parkNanos(1_000_000);
    message.reply().taken();
  }

  private void floods(List<RawCoap> crowd) {
    byte[] event = post(NON, 0, "cd", "/linli/access/crowd", OPENED);
    int next = 0;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        for (int i = 0; i < 30; i++) {
          int id = ids.incrementAndGet();
          event[2] = (byte) (id >> 8);
          event[3] = (byte) id;
          crowd.get(next++ % CROWD).send(event);
        }
      } catch (IOException closed) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Optional<Answer> asks(RawCoap device, byte[] request) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      device.send(request);
      Optional<Answer> answer = device.receiveWithin(PATIENCE_MILLIS);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  @Test
  void takesAMessageInBlocksBesideManyThatStandStill() throws IOException {
    List<RawCoap> crowd = new ArrayList<>();
    try (RawCoap device = new RawCoap(gateway)) {
      for (int i = 0; i < CROWD; i++) {
        RawCoap one = new RawCoap(gateway);
        crowd.add(one);
        assertThat(one.exchange(block(1, "stands-still", 0, true)).code()).isEqualTo("2.31");
      }
      for (int number = 0; number < 8; number++) {
        assertThat(device.exchange(block(100 + number, "comes-on", number, true)).code())
            .isEqualTo("2.31");
        for (int i = 0; i < 70; i++) {
          RawCoap one = crowd.get((70 * number + i) % CROWD);
          one.exchange(block(200 + number, "another-" + number, 0, true));
        }
      }
      assertThat(device.exchange(block(108, "comes-on", 8, false)).code())
          .as("it is whole, and no JSON")
          .isEqualTo("4.00");
    } finally {
      crowd.forEach(RawCoap::close);
    }
  }

  private static byte[] block(int id, String device, int number, boolean more) {
    return post(
        CON,
        id,
        "cc",
        "/linli/access/" + device,
        "x".repeat(256),
        Option.number(CONTENT_FORMAT, 50),
        Option.number(BLOCK1, number << 4 | (more ? 0x08 : 0) | 0x04));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 8})
  void answersNobodyWithMoreThanThreeTimesWhatCame(int tokenBytes) throws IOException {
    String token = "ab".repeat(tokenBytes);
    List<byte[]> requests =
        List.of(
            message(CON, GET, 1, token, List.of(), ""),
            message(CON, GET, 2, token, path("/x"), ""),
            message(CON, GET, 3, token, path("/linli"), ""),
            message(CON, GET, 4, token, path("/.well-known/core"), ""),
            message(CON, 12, 5, token, List.of(), ""),
            message(NON, GET, 6, token, path("/x"), ""),
            message(CON, PUT, 7, token, List.of(), "x"),
            message(CON, RawCoap.POST, 8, token, List.of(), "x"),
            message(CON, RawCoap.POST, 9, token, path("/linli/x/y"), "x"),
            message(CON, RawCoap.POST, 10, token, path("/linli/access/y"), "x"),
            message(CON, GET, 11, token, List.of(Option.text(2_049, "x")), ""),
            message(CON, GET, 12, token, List.of(Option.text(7, "xxx")), ""),
            message(CON, RawCoap.POST, 13, token, List.of(Option.number(BLOCK1, 0x1c)), "x"),
            message(
                CON,
                RawCoap.POST,
                14,
                token,
                List.of(Option.number(BLOCK1, 0x0c), Option.number(RawCoap.SIZE1, 1 << 30)),
                "x"));
    try (RawCoap coap = new RawCoap(gateway)) {
      for (byte[] request : requests) {
        assertThat(coap.exchange(request).bytes())
            .as("answer to message %d", request[3])
            .hasSizeLessThanOrEqualTo(3 * request.length);
      }
    }
  }

  private static List<Option> path(String path) {
    return List.of(Option.path(path));
  }

  @Test
  void repeatsNoLargeAnswerToASmallRequest() throws IOException {
    byte[] large = message(CON, GET, 77, "", path("/" + "x".repeat(200)), "");
    byte[] small = message(CON, GET, 77, "", List.of(), "");
    try (RawCoap coap = new RawCoap(gateway)) {
      assertThat(coap.exchange(large).bytes()).hasSizeGreaterThan(3 * small.length);
      assertThat(coap.exchange(small).bytes()).hasSizeLessThanOrEqualTo(3 * small.length);
    }
  }
}

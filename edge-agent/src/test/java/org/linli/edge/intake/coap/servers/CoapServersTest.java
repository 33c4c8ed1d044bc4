package org.linli.edge.intake.coap.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.coap.CoapSettings;
import org.linli.program.thread.Farewell;
import org.linli.program.thread.LivingThreads;

/** Against a device of Californium's own server. */
class CoapServersTest {

  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final List<CoapServers> started = new ArrayList<>();
  private volatile boolean diskRefuses;
  private volatile boolean isWaiting;

  /** What is handed on waits for it. */
  private volatile CountDownLatch intake = new CountDownLatch(0);

  private SensorServer device = new SensorServer(0);

  private CoapServers servers(String... settings) {
    return servers(new LivingThreads(Clock.systemUTC()), settings);
  }

  private CoapServers servers(LivingThreads threads, String... settings) {
    CoapServers servers =
        new CoapServers(
            ServerSettings.of(device.uri(), settings),
            ServerSettings.binder(Map.of()).bindOrCreate("linli.coap", CoapSettings.class),
            message -> {
              waitForTheIntake();
              if (diskRefuses) {
                message.reply().unavailable("as the test wants it");
              } else {
                taken.add(message);
                message.reply().taken();
              }
            },
            Clock.systemUTC(),
            threads);
    started.add(servers);
    servers.start();
    return servers;
  }

  private void waitForTheIntake() {
    isWaiting = true;
    try {
      assertThat(intake.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> values() {
    return taken.stream()
        .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
        .map(text -> text.replaceAll(".*\"v\":|}]", ""))
        .toList();
  }

  @BeforeEach
  void isThere() {
    assertThat(device.port).isPositive();
  }

  @AfterEach
  void stop() {
    started.forEach(CoapServers::stop);
    device.server.destroy();
  }

  @Test
  void takesEachChangeThatAnObservedDeviceTells() {
    servers("servers[0].kind=environment");
    await().until(() -> values().contains("0"));
    for (int i = 1; i <= 5; i++) {
      device.say(Integer.toString(i));
      String expected = Integer.toString(i);
      await().until(() -> values().contains(expected));
    }

    assertThat(taken.getFirst().address())
        .isEqualTo(new Address.Device(Format.SENML_JSON, "environment", "box-1"));
    assertThat(taken.getFirst().source()).isEqualTo(device.uri());
  }

  @Test
  void asksAgainWhatIsNoLongerFreshAndSoFindsADeviceThatForgotIt() {
    servers("servers[0].kind=environment");
    await().until(() -> values().contains("0"));
    device.server.destroy();
    device = new SensorServer(device.port);
    device.value = "7";

    await().atMost(Duration.ofSeconds(20)).until(() -> values().contains("7"));
    device.say("8");
    await().until(() -> values().contains("8"));
  }

  @Test
  void pollsWhatCannotBeObserved() {
    device.setObservable(false);
    servers("servers[0].kind=environment", "servers[0].every=100ms");
    await().until(() -> values().size() >= 3);
    device.value = "5";
    await().until(() -> values().contains("5"));
  }

  @Test
  void pollsWhereItIsToldTo() {
    servers("servers[0].profile=boxes", "servers[0].observe=false", "servers[0].every=100ms");
    await().until(() -> values().size() >= 3);

    assertThat(taken.getFirst().address())
        .isEqualTo(new Address.ToProfile("boxes", "box-1", "application/senml+json"));
  }

  @Test
  void triesADeviceAgainThatFails() {
    device.isGone = true;
    CoapServers servers = servers("servers[0].kind=environment");
    await().until(() -> device.asked >= 2);
    assertThat(servers.health().getDetails())
        .containsEntry(device.uri(), "it answers 4.04 NOT_FOUND");
    assertThat(servers.health().getStatus().getDescription())
        .isEqualTo(device.uri() + ": it answers 4.04 NOT_FOUND");

    device.isGone = false;
    await().until(() -> values().contains("0"));
    await().until(() -> servers.health().getDetails().isEmpty());
  }

  @RepeatedTest(4)
  void stopsAtOnceWhateverItWaitsFor() {
    device.isGone = true;
    CoapServers servers =
        servers(
            "servers[0].kind=environment",
            "servers[1].uri=coap://127.0.0.1:9/silent",
            "servers[1].device=box-2",
            "servers[1].kind=environment",
            "first-pause=40s",
            "longest-pause=60s");
    await().until(() -> !servers.health().getDetails().isEmpty());

    assertTimeoutPreemptively(Duration.ofSeconds(3), () -> servers.stop());
  }

  @Test
  void stopsInItsShareOfTheTimeWhileWhatItReadIsNotTaken() {
    intake = new CountDownLatch(1);
    CoapServers servers =
        servers(
            new LivingThreads(
                Clock.systemUTC(),
                System::nanoTime,
                Farewell.within(Duration.ofMillis(300), Duration.ZERO, System::nanoTime)),
            "servers[0].kind=environment");
    await().until(() -> isWaiting);

    try {
      assertTimeoutPreemptively(Duration.ofSeconds(2), () -> servers.stop());
    } finally {
      intake.countDown();
    }
  }

  @Test
  void asksAgainForWhatTheDiskDidNotTake() {
    device.freshFor = 600;
    servers("servers[0].kind=environment");
    await().until(() -> values().contains("0"));
    diskRefuses = true;
    int asked = device.asked;
    device.say("9");
    await().until(() -> device.asked >= asked + 3);
    diskRefuses = false;

    await().until(() -> values().contains("9"));
  }

  @Test
  void takesNothingFromAnybodyWhoWasNotAskedAndNoRequests() throws Exception {
    servers("servers[0].kind=environment");
    await().until(() -> values().contains("0"));
    try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      stranger.setSoTimeout(200);
      byte[] ping = {0x40, 0, 0x12, 0x34};
      InetSocketAddress gateway =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), device.askedFrom);
      stranger.send(new DatagramPacket(ping, ping.length, gateway));
      Request request = Request.newGet().setURI("coap://127.0.0.1:" + device.askedFrom + "/x");
      device.server.getEndpoints().getFirst().sendRequest(request);
      device.say("1");
      await().until(() -> values().contains("1"));

      assertThatThrownBy(() -> stranger.receive(new DatagramPacket(new byte[64], 64)))
          .as("an answer to a stranger")
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(request.isRejected()).as("a request was read").isFalse();
      assertThat(request.getResponse()).isNull();
    }
  }

  @Test
  void holdsAFewAnswersOfADeviceThatTellsMoreThanIsHandedOnAndTakesTheNewest() {
    device.setObserveType(CoAP.Type.NON);
    device.freshFor = 600;
    servers("servers[0].kind=environment");
    await().until(() -> values().contains("0"));
    intake = new CountDownLatch(1);
    int told = 300;
    for (int i = 1; i <= told; i++) {
      int asked = device.asked;
      device.say(Integer.toString(i));
      await().pollInterval(Duration.ofMillis(1)).until(() -> device.asked > asked);
    }
    intake.countDown();

    await().until(() -> values().contains(Integer.toString(told)));
    assertThat(values()).hasSizeLessThan(100);
  }

  @Test
  void isReachedFromThisMachineOnlyWhereAllServersAreOnIt() throws Exception {
    servers("servers[0].kind=environment");
    await().until(() -> values().contains("0"));
    try (DatagramSocket beside =
        new DatagramSocket(new InetSocketAddress("127.0.0.2", device.askedFrom))) {
      assertThat(beside.isBound()).as("the port is free at other addresses").isTrue();
    }
  }

  @Test
  void takesNoMoreInASecondThanItMayFromAServerThatTellsWithoutEnd() throws Exception {
    try (Babbler babbler = new Babbler()) {
      long began = System.nanoTime();
      servers("servers[0].uri=" + babbler.uri(), "servers[0].kind=environment");
      await().until(() -> values().contains("0"));
      int told = 3_000;
      for (int i = 1; i <= told; i++) {
        babbler.tell(i);
      }
      babbler.value = told + 1;
      babbler.tell(told + 1);

      await().until(() -> values().contains(Integer.toString(told + 1)));
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 2;
      assertThat((long) taken.size()).isLessThanOrEqualTo(seconds * Resource.MOST_IN_A_SECOND);
    }
  }

  @Test
  void keepsWhatItCannotReadAsADeadLetter() {
    device.format = 41;
    servers("servers[0].kind=environment");
    await().until(() -> !taken.isEmpty());

    assertThat(Objects.requireNonNull(taken.getFirst().refusal()).reason())
        .isEqualTo(RefusalReason.UNSUPPORTED_FORMAT);
  }
}

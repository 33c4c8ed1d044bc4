package org.linli.sims.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.sims.program.FreePort;

/** A device's side of MQTT against a server that others wrote. */
class MqttLinkTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void anEventIsDoneWhenItsPubackCame(MqttVersion version) throws InterruptedException {
    List<MqttPublishMessage> unanswered = new CopyOnWriteArrayList<>();
    List<MqttEndpoint> endpoints = new CopyOnWriteArrayList<>();
    InetSocketAddress server =
        serve(
            (endpoint, message) -> {
              endpoints.add(endpoint);
              unanswered.add(message);
            });
    try (Link link = link(server, MqttLink.Manner.atLeastOnce(version, 16, 100))) {
      link.send(sending("a"));
      await().until(() -> unanswered.size() == 1);
      assertThat(received).containsExactly("linli/access/door-1 AT_LEAST_ONCE a");
      assertThat(endpoints.getFirst().protocolVersion()).isEqualTo(version.level());
      assertThat(answers).isEmpty();

      endpoints.getFirst().publishAcknowledge(unanswered.getFirst().messageId());

      await().untilAsserted(() -> assertThat(answers).containsExactly("a acknowledged"));
      assertThat(link.trouble()).isEmpty();
    }
  }

  @Test
  void whatWasNotAnsweredGoesOutAgainInOrderAfterTheConnectionBroke() throws InterruptedException {
    InetSocketAddress server =
        serve(
            (endpoint, message) -> {
              if (sessions.get() == 1) {
                if (received.size() == 3) {
                  endpoint.close();
                }
              } else {
                endpoint.publishAcknowledge(message.messageId());
              }
            });
    try (Link link = link(server, MqttLink.Manner.atLeastOnce(MqttVersion.V3_1_1, 16, 100))) {
      link.send(sending("a"));
      link.send(sending("b"));
      link.send(sending("c"));

      await()
          .untilAsserted(
              () ->
                  assertThat(answers)
                      .containsExactly(
                          "a repeated",
                          "b repeated",
                          "c repeated",
                          "a acknowledged",
                          "b acknowledged",
                          "c acknowledged"));
    }
    assertThat(received)
        .extracting(line -> line.substring(line.length() - 1))
        .endsWith("a", "b", "c");
  }

  @Test
  void aReasonAboveEightyIsARefusal() throws InterruptedException {
    InetSocketAddress server =
        serve(
            (endpoint, message) ->
                endpoint.publishAcknowledge(
                    message.messageId(),
                    MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID,
                    MqttProperties.NO_PROPERTIES));
    try (Link link = link(server, MqttLink.Manner.atLeastOnce(MqttVersion.V5, 16, 100))) {
      link.send(sending("a"));
      await()
          .untilAsserted(() -> assertThat(answers).containsExactly("a refused: MQTT reason 0x99"));
    }
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void atQualityOfServiceTwoAnEventIsDoneAtPubrecAndItsPacketIdIsLetGo(MqttVersion version)
      throws InterruptedException {
    List<Integer> released = new CopyOnWriteArrayList<>();
    InetSocketAddress server =
        serve(
            (endpoint, message) -> {
              endpoint.publishReleaseHandler(
                  packetId -> {
                    released.add(packetId);
                    endpoint.publishComplete(packetId);
                  });
              endpoint.publishReceived(message.messageId());
            });
    try (Link link = link(server, new MqttLink.Manner(version, 2, true, 1, 100))) {
      link.send(sending("a"));
      link.send(sending("b"));
      await()
          .untilAsserted(
              () -> assertThat(answers).containsExactly("a acknowledged", "b acknowledged"));
      await().untilAsserted(() -> assertThat(released).hasSize(2));
    }
    assertThat(received).first().isEqualTo("linli/access/door-1 EXACTLY_ONCE a");
  }

  @Test
  void atQualityOfServiceZeroNobodyConfirmsAnything() throws InterruptedException {
    InetSocketAddress server = serve((endpoint, message) -> {});
    try (Link link = link(server, new MqttLink.Manner(MqttVersion.V5, 0, true, 16, 100))) {
      link.send(sending("a"));
      await()
          .untilAsserted(
              () -> assertThat(received).containsExactly("linli/access/door-1 AT_MOST_ONCE a"));
      assertThat(answers).containsExactly("a unconfirmed");
    }
  }

  @Test
  void aDeviceThatDoesNotSendAgainGivesUpWhatGotNoAnswer() throws InterruptedException {
    InetSocketAddress server =
        serve(
            (endpoint, message) -> {
              if (sessions.get() == 1) {
                endpoint.close();
              } else {
                endpoint.publishAcknowledge(message.messageId());
              }
            });
    try (Link link = link(server, new MqttLink.Manner(MqttVersion.V5, 1, false, 16, 100))) {
      link.send(sending("a"));
      await().untilAsserted(() -> assertThat(answers).containsExactly("a unconfirmed"));
      link.send(sending("b"));
      await()
          .untilAsserted(
              () -> assertThat(answers).containsExactly("a unconfirmed", "b acknowledged"));
    }
  }

  @Test
  void devicesConnectOneAfterTheOtherAtTheirPace() {
    List<Long> connected = new CopyOnWriteArrayList<>();
    MqttServer server =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
            .endpointHandler(
                endpoint -> {
                  connected.add(System.nanoTime());
                  endpoint.accept(false);
                })
            .listen()
            .await();
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.actualPort());
    MqttLink.Manner manner = MqttLink.Manner.atLeastOnce(MqttVersion.V5, 1, 1);
    ConnectPace pace = ConnectPace.perSecond(20);
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      links.add(new MqttLink(address, "door-" + i, manner, pace));
    }
    await().until(() -> connected.size() == 10);
    links.forEach(Link::close);
    assertThat(Duration.ofNanos(connected.getLast() - connected.getFirst()))
        .isBetween(Duration.ofMillis(350), Duration.ofSeconds(2));
  }

  @Test
  void noMoreThanTheWindowGoesOutUnanswered() throws InterruptedException {
    List<Integer> unanswered = new CopyOnWriteArrayList<>();
    List<MqttEndpoint> endpoints = new CopyOnWriteArrayList<>();
    InetSocketAddress server =
        serve(
            (endpoint, message) -> {
              endpoints.add(endpoint);
              unanswered.add(message.messageId());
            });
    try (Link link = link(server, MqttLink.Manner.atLeastOnce(MqttVersion.V5, 2, 100))) {
      for (String name : List.of("a", "b", "c")) {
        link.send(sending(name));
      }
      await().until(() -> unanswered.size() == 2);
      endpoints.getFirst().publishAcknowledge(unanswered.getFirst());
      await().until(() -> unanswered.size() == 3);
      assertThat(answers).containsExactly("a acknowledged");
    }
  }

  @Test
  void aGatewayThatIsAwayIsSaidAndFoundLater() throws InterruptedException {
    InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", FreePort.tcp());
    try (Link link = link(nobody, MqttLink.Manner.atLeastOnce(MqttVersion.V5, 16, 100))) {
      link.send(sending("a"));
      await()
          .untilAsserted(
              () ->
                  assertThat(link.trouble())
                      .hasValueSatisfying(text -> assertThat(text).contains("refused")));

      serve(
          nobody.getPort(),
          (endpoint, message) -> endpoint.publishAcknowledge(message.messageId()));

      await().untilAsserted(() -> assertThat(answers).containsExactly("a acknowledged"));
    }
  }

  @ParameterizedTest
  @EnumSource(MqttVersion.class)
  void saysFarewellWhenItIsClosed(MqttVersion version) throws InterruptedException {
    List<String> farewells = new CopyOnWriteArrayList<>();
    InetSocketAddress server =
        serve(
            (endpoint, message) -> {
              endpoint.disconnectHandler(left -> farewells.add("left"));
              endpoint.publishAcknowledge(message.messageId());
            });
    try (Link link = link(server, MqttLink.Manner.atLeastOnce(version, 16, 100))) {
      link.send(sending("a"));
      await().untilAsserted(() -> assertThat(answers).containsExactly("a acknowledged"));
    }
    await().untilAsserted(() -> assertThat(farewells).containsExactly("left"));
  }

  private static Link link(InetSocketAddress server, MqttLink.Manner manner) {
    return new MqttLink(server, "door-1", manner, ConnectPace.unlimited());
  }

  private InetSocketAddress serve(BiConsumer<MqttEndpoint, MqttPublishMessage> onPublish) {
    return serve(0, onPublish);
  }

  private InetSocketAddress serve(
      int port, BiConsumer<MqttEndpoint, MqttPublishMessage> onPublish) {
    MqttServer server =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(port))
            .endpointHandler(
                endpoint -> {
                  sessions.incrementAndGet();
                  endpoint.publishHandler(
                      message -> {
                        received.add(line(message));
                        onPublish.accept(endpoint, message);
                      });
                  endpoint.accept(false);
                })
            .listen()
            .await();
    return new InetSocketAddress("127.0.0.1", server.actualPort());
  }

  private static String line(MqttPublishMessage message) {
    Buffer payload = message.payload();
    MqttQoS qos = message.qosLevel();
    return message.topicName() + " " + qos + " " + payload.toString(StandardCharsets.UTF_8);
  }

  private Sending sending(String name) {
    return new Sending(
        Letter.ofLinli(Kind.ACCESS, new DeviceId("door-1"), name.getBytes(StandardCharsets.UTF_8)),
        new Sending.Answer() {
          @Override
          public void acknowledged() {
            answers.add(name + " acknowledged");
          }

          @Override
          public void refused(String reason) {
            answers.add(name + " refused: " + reason);
          }

          @Override
          public void repeated() {
            answers.add(name + " repeated");
          }

          @Override
          public void unconfirmed() {
            answers.add(name + " unconfirmed");
          }
        });
  }
}

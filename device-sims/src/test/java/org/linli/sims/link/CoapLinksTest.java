package org.linli.sims.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.program.FreePort;

class CoapLinksTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final AtomicReference<ResponseCode> response =
      new AtomicReference<>(ResponseCode.CHANGED);
  private final AtomicBoolean separate = new AtomicBoolean();
  private CoapServer server = new CoapServer(configuration());
  private InetSocketAddress address = new InetSocketAddress(0);

  @BeforeEach
  void start() {
    start(0);
  }

  @AfterEach
  void stop() {
    server.destroy();
  }

  @Test
  void postsJsonToTheDevicesAddressAndIsDoneWithTwoPointZeroFour()
      throws InterruptedException, CannotRunException {
    try (Link link = new CoapLinks(address, true).open("elevator-1", 10)) {
      link.send(sending("{}"));
      await().untilAsserted(() -> assertThat(answers).containsExactly("acknowledged"));
      assertThat(received).containsExactly("linli/elevator/elevator-1 CON 50 {}");
    }
  }

  @Test
  void fourPointZeroZeroIsARefusal() throws InterruptedException, CannotRunException {
    response.set(ResponseCode.BAD_REQUEST);
    try (Link link = new CoapLinks(address, true).open("elevator-1", 10)) {
      link.send(sending("{}"));
      await().untilAsserted(() -> assertThat(answers).containsExactly("refused: CoAP 4.00 why"));
    }
  }

  @Test
  void fivePointZeroThreeIsTriedAgain() throws InterruptedException, CannotRunException {
    response.set(ResponseCode.SERVICE_UNAVAILABLE);
    try (Link link = new CoapLinks(address, true).open("elevator-1", 10)) {
      link.send(sending("{}"));
      await().until(() -> link.trouble().isPresent());
      response.set(ResponseCode.CHANGED);
      await()
          .untilAsserted(() -> assertThat(answers).startsWith("repeated").endsWith("acknowledged"));
    }
  }

  @Test
  void aResponseThatComesSeparatelyIsWaitedForAndAcknowledged()
      throws InterruptedException, CannotRunException {
    separate.set(true);
    try (Link link = new CoapLinks(address, true).open("elevator-1", 10)) {
      link.send(sending("{}"));
      link.send(sending("[]"));
      await()
          .untilAsserted(() -> assertThat(answers).containsExactly("acknowledged", "acknowledged"));
      assertThat(received).hasSize(2);
    }
  }

  @Test
  void aGatewayThatIsAwayIsSaidAndFoundLater() throws InterruptedException, CannotRunException {
    server.destroy();
    try (Link link = new CoapLinks(address, true).open("elevator-1", 10)) {
      link.send(sending("{}"));
      await()
          .untilAsserted(
              () ->
                  assertThat(link.trouble())
                      .hasValueSatisfying(text -> assertThat(text).contains("nobody speaks CoAP")));
      start(address.getPort());
      await()
          .untilAsserted(() -> assertThat(answers).startsWith("repeated").endsWith("acknowledged"));
    }
  }

  @Test
  void aDeviceThatDoesNotSendAgainGivesUpWhatGotNoAnswer()
      throws InterruptedException, CannotRunException {
    response.set(ResponseCode.SERVICE_UNAVAILABLE);
    try (Link link = new CoapLinks(address, false).open("elevator-1", 10)) {
      link.send(sending("{}"));
      await().untilAsserted(() -> assertThat(answers).containsExactly("unconfirmed"));
      response.set(ResponseCode.CHANGED);
      link.send(sending("[]"));
      await()
          .untilAsserted(() -> assertThat(answers).containsExactly("unconfirmed", "acknowledged"));
    }
  }

  @Test
  void aPingTellsWhetherAnybodyIsThere() throws CannotRunException {
    assertThat(new CoapLinks(address, true).answers(Duration.ofSeconds(5))).isTrue();
    InetSocketAddress nobody = new InetSocketAddress("127.0.0.1", FreePort.udp());
    assertThat(new CoapLinks(nobody, true).answers(Duration.ofMillis(500))).isFalse();
  }

  private void start(int port) {
    server = new CoapServer(configuration());
    server.addEndpoint(
        CoapEndpoint.builder()
            .setConfiguration(configuration())
            .setInetSocketAddress(new InetSocketAddress("127.0.0.1", port))
            .build());
    server.add(new Recording());
    server.start();
    address = server.getEndpoints().getFirst().getAddress();
  }

  private Sending sending(String json) {
    return new Sending(
        Letter.ofLinli(
            Kind.ELEVATOR, new DeviceId("elevator-1"), json.getBytes(StandardCharsets.UTF_8)),
        new Sending.Answer() {
          @Override
          public void acknowledged() {
            answers.add("acknowledged");
          }

          @Override
          public void refused(String reason) {
            answers.add("refused: " + reason);
          }

          @Override
          public void repeated() {
            answers.add("repeated");
          }

          @Override
          public void unconfirmed() {
            answers.add("unconfirmed");
          }
        });
  }

  private static Configuration configuration() {
    CoapConfig.register();
    UdpConfig.register();
    return Configuration.createStandardWithoutFile();
  }

  private final class Recording extends CoapResource {

    private Recording() {
      super("linli");
    }

    @Override
    public Resource getChild(String name) {
      return this;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      received.add(
          "%s %s %d %s"
              .formatted(
                  exchange.getRequestOptions().getUriPathString(),
                  exchange.advanced().getRequest().getType(),
                  exchange.getRequestOptions().getContentFormat(),
                  exchange.getRequestText()));
      if (separate.get()) {
        exchange.accept();
      }
      exchange.respond(response.get(), "why");
    }
  }
}

package org.linli.sims.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** A device's side of HTTP against the JDK's own server. */
class HttpLinksTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private HttpServer server;

  HttpLinksTest() throws IOException {
    server = start(0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void postsJsonToTheDevicesAddressAndIsDoneWithTwoHundredAndFour() throws InterruptedException {
    try (HttpLinks links = new HttpLinks(uri(), true);
        Link link = links.open("bay-1", 10)) {
      link.send(sending("a"));
      link.send(sending("b"));
      await()
          .untilAsserted(
              () -> assertThat(answers).containsExactly("a acknowledged", "b acknowledged"));
      assertThat(link.trouble()).isEmpty();
    }
    assertThat(received)
        .containsExactly(
            "POST /linli/parking/bay-1 application/json a",
            "POST /linli/parking/bay-1 application/json b");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 415})
  void whatIsTheDevicesFaultIsARefusalInTheServersWords(int code) throws InterruptedException {
    status.set(code);
    try (HttpLinks links = new HttpLinks(uri(), true);
        Link link = links.open("bay-1", 10)) {
      link.send(sending("a"));
      await()
          .untilAsserted(
              () -> assertThat(answers).containsExactly("a refused: HTTP " + code + " why"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whatCannotBeTakenNowIsSentAgain(int code) throws InterruptedException {
    status.set(code);
    try (HttpLinks links = new HttpLinks(uri(), true);
        Link link = links.open("bay-1", 10)) {
      link.send(sending("a"));
      await()
          .untilAsserted(
              () ->
                  assertThat(link.trouble())
                      .hasValueSatisfying(text -> assertThat(text).contains("HTTP " + code)));
      status.set(204);
      await()
          .untilAsserted(
              () -> assertThat(answers).startsWith("a repeated").endsWith("a acknowledged"));
    }
  }

  @Test
  void aGatewayThatIsAwayIsSaidAndFoundLater() throws InterruptedException, IOException {
    URI address = uri();
    server.stop(0);
    try (HttpLinks links = new HttpLinks(address, true);
        Link link = links.open("bay-1", 10)) {
      link.send(sending("a"));
      await()
          .untilAsserted(
              () ->
                  assertThat(link.trouble())
                      .hasValueSatisfying(text -> assertThat(text).contains("no HTTP answer")));
      server = start(address.getPort());
      await()
          .untilAsserted(
              () -> assertThat(answers).startsWith("a repeated").endsWith("a acknowledged"));
    }
  }

  @Test
  void aDeviceThatDoesNotSendAgainGivesUpWhatGotNoAnswer() throws InterruptedException {
    status.set(503);
    try (HttpLinks links = new HttpLinks(uri(), false);
        Link link = links.open("bay-1", 10)) {
      link.send(sending("a"));
      await().untilAsserted(() -> assertThat(answers).containsExactly("a unconfirmed"));
      status.set(204);
      link.send(sending("b"));
      await()
          .untilAsserted(
              () -> assertThat(answers).containsExactly("a unconfirmed", "b acknowledged"));
      assertThat(received).hasSize(2);
    }
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private HttpServer start(int port) throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    started.createContext("/", this::answer);
    started.start();
    return started;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(
          "%s %s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      if (status.get() == 204) {
        exchange.sendResponseHeaders(204, -1);
      } else {
        exchange.sendResponseHeaders(status.get(), 3);
        exchange.getResponseBody().write("why".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private Sending sending(String name) {
    return new Sending(
        Letter.ofLinli(Kind.PARKING, new DeviceId("bay-1"), name.getBytes(StandardCharsets.UTF_8)),
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

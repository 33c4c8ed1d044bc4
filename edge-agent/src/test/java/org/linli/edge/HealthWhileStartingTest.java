package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** What waits for a gateway (an orchestrator, ./demo) asks how it is before it can be used. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class HealthWhileStartingTest {

  private static final String NOT_READY = "devices cannot reach it at this moment";

  @TempDir private Path data;

  @Test
  void isThatItIsNotReadyWithoutAnyWarning(CapturedOutput console) throws Exception {
    AtomicInteger whileStarting = new AtomicInteger();
    AtomicReference<String> page = new AtomicReference<>("");
    ApplicationListener<WebServerInitializedEvent> atTheFirstMoment =
        event -> {
          whileStarting.set(health(event.getWebServer().getPort()));
          page.set(page(event.getWebServer().getPort()));
        };
    try (ConfigurableApplicationContext running =
        new SpringApplicationBuilder(EdgeAgentApplication.class)
            .listeners(atTheFirstMoment)
            .run(
                "--linli.data=" + data,
                "--server.port=0",
                "--linli.hub-uri=mqtt://127.0.0.1:1",
                "--linli.mqtt.port=0",
                "--linli.coap.port=0")) {
      int port = running.getEnvironment().getRequiredProperty("local.server.port", int.class);
      assertThat(whileStarting).hasValue(503);
      assertThat(page.get()).contains(NOT_READY);
      assertThat(health(port)).isEqualTo(200);
      assertThat(page(port)).contains("<h1>").doesNotContain(NOT_READY);
    }
    assertThat(
            console
                .getAll()
                .lines()
                .filter(line -> line.contains(" WARN "))
                .filter(line -> line.contains("HealthIndicator") || line.contains("Camel")))
        .isEmpty();
  }

  private static int health(int port) {
    return get(port, "/actuator/health").statusCode();
  }

  private static String page(int port) {
    return get(port, "/?lang=en").body();
  }

  private static HttpResponse<String> get(int port, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

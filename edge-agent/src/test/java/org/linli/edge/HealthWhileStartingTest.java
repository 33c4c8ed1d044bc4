package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
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

  @TempDir private Path data;

  @Test
  void isThatItIsNotReadyWithoutAnyWarning(CapturedOutput console) throws Exception {
    AtomicInteger whileStarting = new AtomicInteger();
    ApplicationListener<WebServerInitializedEvent> atTheFirstMoment =
        event -> whileStarting.set(health(event.getWebServer().getPort()));
    try (ConfigurableApplicationContext running =
        new SpringApplicationBuilder(EdgeAgentApplication.class)
            .listeners(atTheFirstMoment)
            .run(
                "--linli.data=" + data,
                "--server.port=0",
                "--linli.hub-uri=mqtt://127.0.0.1:1",
                "--linli.mqtt.port=0",
                "--linli.coap.port=0")) {
      assertThat(whileStarting).hasValue(503);
      assertThat(
              health(running.getEnvironment().getRequiredProperty("local.server.port", int.class)))
          .isEqualTo(200);
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
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

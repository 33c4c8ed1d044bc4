package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.program.thread.LivingThreads;

/** A door that answers nobody is said, whatever it says of itself. */
class HttpHeartbeatTest {

  private static final String SILENT = "http-door has given no sign of life";

  /** More than may pass without a sign, by the clock that signs of life are measured by. */
  private static final Duration LONG = Duration.ofSeconds(40);

  private static final Duration SEVERAL_SIGNS = Duration.ofSeconds(7);

  @TempDir Path data;

  @Test
  void saysThatItAnswersNobody() {
    AtomicLong ahead = new AtomicLong();
    LivingThreads threads =
        new LivingThreads(Clock.systemUTC(), () -> System.nanoTime() + ahead.get());
    try (RunningGateway gateway = RunningGateway.start(data, Map.of("threadsOfTheTest", threads))) {
      Connector connector = gateway.webServer().getTomcat().getConnector();
      connector.pause();
      ahead.addAndGet(LONG.toNanos());

      await()
          .during(SEVERAL_SIGNS)
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(gateway.threads().getStatus().getDescription()).contains(SILENT));
      await()
          .untilAsserted(
              () ->
                  assertThat(threads.untold())
                      .anySatisfy(told -> assertThat(told.thread()).isEqualTo("http-door")));

      connector.resume();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(gateway.threads().getStatus().getDescription())
                      .doesNotContain(SILENT));
    }
  }
}

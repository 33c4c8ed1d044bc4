package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;

/** Pages of the history share a part of the heap. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class PageBudgetTest {

  private static final List<String> PATHS =
      List.of("/api/v1/events", "/api/v1/devices/door-1/series?metric=t");

  private final RunningHub hub;
  private final Semaphore pages;

  PageBudgetTest(RunningHub hub) {
    this.hub = hub;
    this.pages = hub.bean(PageBudget.class).pages();
  }

  @Test
  void tellsWhoFindsNoTurnToComeAgain() {
    int all = pages.drainPermits();
    try {
      for (String path : PATHS) {
        HttpResponse<String> answer = hub.api(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(RunningHub.read(answer).get("detail").asString())
            .startsWith("Too many pages of the history");
      }
      assertThat(hub.api("/api/v1/alerts").statusCode()).as("others").isEqualTo(200);
    } finally {
      pages.release(all);
    }
    assertThat(all).isBetween(2, 32);
  }

  @Test
  void givesEveryTurnBack() {
    int all = pages.availablePermits();
    IntStream.range(0, all + 3)
        .parallel()
        .forEach(
            _ -> {
              assertThat(hub.api("/api/v1/events").statusCode()).isEqualTo(200);
              assertThat(hub.api("/api/v1/events?limit=0").statusCode()).isEqualTo(400);
            });
    await().until(() -> pages.availablePermits() == all);
  }
}
